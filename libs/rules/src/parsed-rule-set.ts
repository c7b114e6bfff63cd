import type { TableService } from '@domeinbrug/terms';
import type { Path, Positions, RuleSetProblem } from './problem.js';
import type { AssumedUse, Cell, Parameter, Price, Provenance, RuleSetStatus, Window } from './rule-set.js';

/** A name of a rule set; `version: null` means the latest. */
export interface RuleSetReference {
  id: string;
  version: string | null;
}

/**
 * One text as read: only what it says itself, nothing of its base and no defaults. It becomes a `RuleSet` through
 * `resolveRuleSet`.
 */
export interface ParsedRuleSet {
  id: string;
  version: string;
  title: string;
  status: RuleSetStatus;
  publishedOn: string | null;
  source: string;
  base: RuleSetReference | null;
  parameters: Record<string, ParameterPatch>;
  cover: Partial<Record<TableService, Cell[]>>;
  windows: WindowPatch[];
  assumedUse: Record<string, Partial<AssumedUse>>;
  prices: Record<string, PricePatch>;
  examples: unknown[];
  provenance: Record<string, Provenance>;
  positions: Positions;
  /** What was refused for its form, and the parts left out for it; both empty in what `parseRuleSet` gives. */
  problems: readonly RuleSetProblem[];
  removed: readonly Path[];
}

/** What a text says of a parameter; unit and allowed may be the base's. */
export type ParameterPatch = Pick<Parameter, 'national' | 'local'> &
  Partial<Pick<Parameter, 'unit' | 'allowed'>>;
export type PricePatch = Pick<Price, 'national' | 'local'> & Partial<Pick<Price, 'unit'>>;

/** What a text says of a window, by id: its keys replace the base's, one by one. */
export type WindowPatch = { id: string; remove: boolean; keys: Partial<Omit<Window, 'id'>>; place: number };

/** `six-weeks` or `six-weeks@2026.1`. */
export function parseReference(text: string): RuleSetReference {
  const [id, version] = text.split('@');
  return { id: id!, version: version ?? null };
}

export function formatReference({ id, version }: RuleSetReference): string {
  return version === null ? id : `${id}@${version}`;
}

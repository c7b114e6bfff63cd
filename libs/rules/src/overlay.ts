import type { TableService } from '@domeinbrug/terms';
import { own } from './names.js';
import type { ParameterPatch, ParsedRuleSet, PricePatch, WindowPatch } from './parsed-rule-set.js';
import { localLevels, mergeDated, noLocalValues, placedValues } from './read-dated-values.js';
import type { AssumedUse, Cell, Parameter, Price, Provenance, RuleSet, Window } from './rule-set.js';

/** A window of which keys may still be missing, because neither the text nor its base wrote them. */
export type DraftWindow = Pick<Window, 'id'> &
  Omit<Window, NeededWindowKey> &
  Partial<Pick<Window, NeededWindowKey>>;

/** What every window must say for itself; the rest has a default. */
export const neededWindowKeys = ['kind', 'trigger', 'length', 'services', 'phases'] as const;
export type NeededWindowKey = (typeof neededWindowKeys)[number];

/** A parameter or price of which the unit may be missing. A price has no `allowed`. */
export type DraftValues = Pick<Parameter, 'national' | 'local'> &
  Partial<Pick<Parameter, 'unit' | 'allowed'>>;

/** A text laid over its base, before it is checked. */
export interface Overlaid {
  parameters: Record<string, DraftValues>;
  cover: Partial<Record<TableService, Cell[]>>;
  windows: DraftWindow[];
  assumedUse: Record<string, Partial<AssumedUse>>;
  prices: Record<string, DraftValues>;
  provenance: Record<string, Provenance>;
}

function newWindow({ id, keys }: WindowPatch): DraftWindow {
  return {
    id,
    source: null,
    side: 'after',
    starts: 'trigger-day',
    requires: {},
    payer: 'per-day',
    parametersAs: 'at-trigger',
    cutBy: [],
    repeat: 'once',
    cap: null,
    ...keys,
  };
}

/**
 * Parameters and prices merge value by value, windows and assumed use by id and key by key, rows of the table are
 * replaced whole (`docs/coverage.md`, section 6).
 */
export function overlay(over: ParsedRuleSet, base: RuleSet | null): Overlaid {
  const removed = new Set(over.windows.filter(({ remove }) => remove).map(({ id }) => id));
  return {
    parameters: mergeRecords(base?.parameters ?? {}, over.parameters, mergeParameter),
    cover: { ...base?.cover, ...over.cover },
    windows: mergeWindows(base?.windows ?? [], over.windows),
    assumedUse: mergeRecords(
      withoutKeys(base?.assumedUse ?? {}, (id) => removed.has(id)),
      over.assumedUse,
      (under, use): Partial<AssumedUse> => ({ ...under, ...use }),
    ),
    prices: mergeRecords(base?.prices ?? {}, over.prices, mergeValues),
    provenance: mergeProvenance(base?.provenance ?? {}, over, removed),
  };
}

function mergeRecords<Under extends Merged, Over, Merged>(
  under: Readonly<Record<string, Under>>,
  over: Readonly<Record<string, Over>>,
  merge: (under: Under | undefined, over: Over) => Merged,
): Record<string, Merged> {
  const merged = Object.entries(over).map(([key, value]) => [key, merge(own(under, key), value)] as const);
  return { ...under, ...Object.fromEntries(merged) };
}

function mergeParameter(under: Parameter | undefined, over: ParameterPatch): DraftValues {
  return { ...mergeValues(under, over), allowed: over.allowed ?? under?.allowed ?? null };
}

function mergeValues(under: Parameter | Price | undefined, over: ParameterPatch | PricePatch): DraftValues {
  const local = noLocalValues();
  for (const level of localLevels) {
    local[level] = { ...under?.local[level] };
    for (const [code, values] of Object.entries(over.local[level])) {
      local[level][code] = mergeDated(own(local[level], code) ?? [], values);
    }
  }
  const unit = over.unit ?? under?.unit;
  return {
    ...(unit && { unit }),
    national: mergeDated(under?.national ?? [], over.national),
    local,
  };
}

/** The base's windows in their order, then the new ones in theirs. */
function mergeWindows(base: readonly Window[], patches: readonly WindowPatch[]): DraftWindow[] {
  const kept = base
    .filter(({ id }) => !patches.some((patch) => patch.remove && patch.id === id))
    .map((window) => ({ ...window, ...patches.find(({ id }) => id === window.id)?.keys }));
  const added = patches
    .filter((patch) => !patch.remove && !base.some(({ id }) => id === patch.id))
    .map(newWindow);
  return [...kept, ...added];
}

/** Where a replaced part came from no longer counts. */
function mergeProvenance(
  base: Readonly<Record<string, Provenance>>,
  over: ParsedRuleSet,
  removed: ReadonlySet<string>,
): Record<string, Provenance> {
  const replaced = new Set([
    ...replacedValues('parameters', over.parameters),
    ...replacedValues('prices', over.prices),
  ]);
  const rows = Object.keys(over.cover);
  const kept = withoutKeys(base, (path) => {
    const [section, name] = path.split('.');
    if (section === 'cover') return rows.includes(name!);
    return section === 'windows' ? removed.has(name!) : replaced.has(path);
  });
  return { ...kept, ...over.provenance };
}

function replacedValues(
  section: string,
  patches: Record<string, Pick<Parameter, 'national' | 'local'>>,
): string[] {
  return Object.entries(patches).flatMap(([name, patch]) =>
    placedValues(patch).map(({ path }) => [section, name, ...path].join('.')),
  );
}

function withoutKeys<T>(
  record: Readonly<Record<string, T>>,
  drop: (key: string) => boolean,
): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => !drop(key)));
}

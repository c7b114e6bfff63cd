import { formatInstant, tryParseInstant } from '@domeinbrug/calendar';
import type { EventLogReader } from '@domeinbrug/event-store';
import type { ServiceEnvelope } from '@domeinbrug/intake';
import type { Viewpoint } from '@domeinbrug/portfolio';
import type { Funder } from '@domeinbrug/terms';
import canonicalize from 'canonicalize';
import { createHash } from 'node:crypto';
import type { Rules } from '../stores/rules.js';
import { coordinatesOf, type Coordinates } from './funder-page.js';

export const closingStream = 'reference-closings';

/** What a closing freezes: days, as they were known at a position, under one version of a rule set. */
export interface ClosingContent extends Coordinates {
  funder: Funder;
  /** Unique for the funder. */
  name: string;
  /** Both days inclusive. */
  period: { firstDay: string; lastDay: string };
}

export interface Closing extends ClosingContent {
  /** SHA-256 (hex) of the content in the form of RFC 8785: the same closing has the same id everywhere. */
  id: string;
}

export function closingOf(content: Omit<ClosingContent, keyof Coordinates> & { view: Viewpoint }): Closing {
  const { view, funder, name, period } = content;
  const frozen: ClosingContent = { funder, name, period, ...coordinatesOf(view) };
  return { id: createHash('sha256').update(canonicalize(frozen)!).digest('hex'), ...frozen };
}

/** Every closing, the first made first. */
export async function readClosings(log: Pick<EventLogReader, 'readStream'>): Promise<Closing[]> {
  const stored = await log.readStream(closingStream);
  return stored.map(({ content }) => (content as ServiceEnvelope).data as unknown as Closing);
}

/**
 * What a closing is seen from. The rule set must be the one that was frozen: the log keeps what was published, but a
 * file that came with the product can be taken away.
 *
 * @returns `undefined` when there is no such rule set any more
 */
export function viewOfClosing(rules: Rules, { knownAt, position, ruleSet }: Closing): Viewpoint | undefined {
  const found = rules.find(`${ruleSet.id}@${ruleSet.version}`);
  if (found?.hash !== ruleSet.hash) return undefined;
  return { at: { instant: tryParseInstant(knownAt)!, position }, ruleSet: found };
}

/** Whether two closings freeze the same, whatever position the moment was found to stand for. */
export function freezesTheSame(closing: Closing, { name, period, view }: ClosingAsked): boolean {
  return (
    closing.name === name &&
    closing.period.firstDay === period.firstDay &&
    closing.period.lastDay === period.lastDay &&
    closing.knownAt === formatInstant(view.at.instant) &&
    closing.ruleSet.hash === view.ruleSet.hash &&
    closing.ruleSet.id === view.ruleSet.id &&
    closing.ruleSet.version === view.ruleSet.version
  );
}

export interface ClosingAsked {
  funder: Funder;
  name: string;
  period: { firstDay: string; lastDay: string };
  view: Viewpoint;
}

import type { Day, Instant } from '@domeinbrug/calendar';
import type { EventKey } from './event-catalogue.js';

/** Codes of organisations that merge, by the kind of organisation. */
export const codeLevels = ['municipality', 'insurer', 'care-office'] as const;
export type CodeLevel = (typeof codeLevels)[number];

/** From `firstDay` on, who held `code` holds `by`: a merger, without an event per resident. */
export interface CodeSuccession extends EventKey {
  level: CodeLevel;
  /** The digits as a number, as in every fact: `0363` = 363. */
  code: number;
  by: number;
  firstDay: Day;
  recordedAt: Instant;
}

/** The codes there are, of each level; `null` where no complete list exists, so that only the form is checked. */
export type CodeTables = Record<CodeLevel, ReadonlySet<number> | null>;

/** A source and id of this client's that lies in the stream of somebody else too. */
export interface SharedKey extends EventKey {
  /** When the first event with this key was recorded in another stream. */
  recordedAt: Instant;
}

/**
 * What is known beside a client's own events. Left out, nothing is: no code has a successor, none is looked up.
 * As with events, what was recorded after the moment asked about takes no part.
 */
export interface Reference {
  successions: readonly CodeSuccession[];
  codes: CodeTables | null;
  /** Of the client asked about; absent = not looked for. */
  sharedKeys?: readonly SharedKey[];
}

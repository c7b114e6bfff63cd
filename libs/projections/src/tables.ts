import type { Kysely } from 'kysely';

/** The read models for questions; `views-writer.ts` writes them. */
export type ViewsDatabase = Kysely<ViewsTables>;

/**
 * The tables of `views.db`. Everything in it is derived from the log and may be thrown away.
 *
 * Days are `YYYY-MM-DD`, inclusive, `null` = open. Positions are written by {@link positionKey}, so that the
 * order of the texts is the order of the log. Columns that end in `_json` hold JSON.
 */
export interface ViewsTables {
  checkpoint: CheckpointTable;
  timelines: TimelinesTable;
  portfolio: PortfolioTable;
  portfolio_gaps: PortfolioGapsTable;
  minutes: MinutesTable;
  findings: FindingsTable;
  event_keys: EventKeysTable;
  changes: ChangesTable;
  parked: ParkedTable;
}

/** How far the log has been read; one row. */
export interface CheckpointTable {
  id: 1;
  position: string;
  /** Milliseconds since 1970 of the event at `position`; 0 before the first. */
  recorded_at: number;
  /** What the rows were made with, see `identityOf`. Rows of another identity are of no use. */
  identity: string;
  /** Where the feed begins: the activation that started it, or the start of the log. */
  feed_since: string;
  /** The activation that has ended the feed since; entries after it are those of another feed. `null` = it goes on. */
  feed_until: string | null;
  /** Entries up to here are still to be filled in behind the other tables; `null` = none are missing. */
  feed_missing: string | null;
}

/** One row per client: its coverage under the active rule set. */
export interface TimelinesTable {
  client: string;
  /** Of the client's last event that took part. */
  position: string;
  recorded_at: number;
  timeline_json: string;
}

/** The cover rows of all clients, by who pays. */
export interface PortfolioTable {
  client: string;
  /** The row's place in the client's timeline. */
  ordinal: number;
  funder: string;
  service: string;
  kind: string;
  rule: string;
  first_day: string;
  last_day: string | null;
  share: number;
  law: string | null;
  provider: string | null;
  because_json: string;
}

/** The gaps of all clients, by who would pay if the client had no Wlz. */
export interface PortfolioGapsTable {
  client: string;
  ordinal: number;
  funder: string;
  law: string;
  service: string;
  first_day: string;
  last_day: string | null;
  reason: string;
  because_json: string;
}

/** Recorded minutes of all clients, split over what pays them. */
export interface MinutesTable {
  client: string;
  /** The row's place in the client's timeline. */
  ordinal: number;
  provider: string;
  service: string;
  day: string;
  subject: string;
  funded: number;
  over_cap: number;
  outside: number;
  /** Why there are minutes outside; `null` when there are none. */
  reason: string | null;
}

/** What contradicts what, one row for each organisation that sent one of the events. */
export interface FindingsTable {
  client: string;
  ordinal: number;
  code: string;
  text: string;
  /** `urn:nld:agb:65656055`: the source without the system. */
  organisation: string;
  events_json: string;
}

/** The sources and ids of all clients' events, in order of the log for each: who else has an event with this key? */
export interface EventKeysTable {
  /** 16 bytes that stand for source and id, see `keyOf`. */
  key: Uint8Array;
  position: string;
  client: string;
  /** 1 when another client's stream holds the key too, whether or not they are one person. */
  shared: number;
}

/** What each event changed in the cover rows; only ever added to. */
export interface ChangesTable {
  position: string;
  client: string;
  /** 1 for the first change that the event at `position` made for the client. */
  ordinal: number;
  funder: string;
  provider: string | null;
  /** The provider before, when the change took the row from it. */
  former_provider: string | null;
  recorded_at: number;
  caused_by_json: string;
  change: string;
  before_json: string | null;
  after_json: string | null;
}

/** Clients whose last events could not be folded; their other rows are of before. */
export interface ParkedTable {
  client: string;
  /** Of the event at which it went wrong for the first time since it last went well. */
  position: string;
  recorded_at: number;
  reason: string;
}

const positionDigits = 20;

/** A position as text whose order is that of the log. */
export function positionKey(position: string): string {
  return position.padStart(positionDigits, '0');
}

/** The position that {@link positionKey} wrote. */
export function positionOf(key: string): string {
  return key.replace(/^0+(?=\d)/, '');
}

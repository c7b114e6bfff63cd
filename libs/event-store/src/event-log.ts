/**
 * The port of the event log: events are opaque to it. Five things can be done: append with an exact expected
 * revision, read one stream, read everything after a position, name the streams of a category, and be told of more. Every store behind the port
 * passes the suite in `contract/event-log-contract.ts`.
 */

/** Where an event lies in the whole log. Decimal text; ordered by {@link comparePositions}, gaps allowed. */
export type Position = string;

/** The position before the first event. */
export const START: Position = '0';

/**
 * An event to store. `content`, `personal` and `metadata` are plain JSON values; stream names, ids and types are
 * well-formed text of 1 character to 1,000 bytes of UTF-8, without U+0000.
 */
export interface NewEvent {
  /** Unique in its stream, derived by the caller from what was sent: the same event has the same id. */
  id: string;
  type: string;
  /** SHA-256 of the content, 64 lower-case hex digits: same id and same hash = known, other hash = conflict. */
  contentHash: string;
  /** What may stay for ever. */
  content: unknown;
  /** What tells something of a person and stands in a column of its own; `null` when there is nothing. */
  personal: unknown;
  /** Who sent it, envelope, correlation and causation. */
  metadata: unknown;
}

export interface RecordedEvent extends NewEvent {
  stream: string;
  /** 0 for the first event of the stream. */
  revision: number;
  position: Position;
  /** Milliseconds since 1970; never decreases along the log. */
  recordedAt: number;
  /** SHA-256 (hex) over the previous event's digest and this content hash, see `nextDigest`. */
  digest: string;
}

export interface Append {
  stream: string;
  /** Where the stream must be: the revision of its last event, `'no-stream'`, or `'any'` for wherever it is. */
  expectedRevision: number | 'no-stream' | 'any';
  /** One or more; all or none are stored. */
  events: NewEvent[];
  /**
   * Only for a first load of history: the moments to record (ms since 1970), one per event. They must not decrease
   * and not lie before the log's last; those of events already known are passed over.
   */
  recordedAt?: number[];
}

/**
 * What became of an append. The checks come in this order: other content (`conflict`), everything known (`known`),
 * the expected revision (`wrong-revision`), the moments (`too-late`).
 *
 * An append of which some ids are known with the same content and others are new is what a retry with another
 * grouping looks like. Its expected revision must match; then only the new events are stored, in their order, and
 * the answer names the places of all. An id that occurs twice in one append counts as known the second time.
 *
 * With `'any'` only ids and hashes decide. That is for facts of others, which are stored whatever else is; what was
 * decided by reading the stream wants the revision that was read.
 */
export type AppendResult =
  /**
   * Stored. `revision` is that of the stream's last event; positions, moments and whether it is this append that
   * stored it are one per event, in order.
   */
  | { status: 'appended'; revision: number; positions: Position[]; recordedAt: number[]; fresh: boolean[] }
  /** Every event was in the stream already with the same content, whatever revision was expected: nothing was stored. */
  | { status: 'known'; revision: number; positions: Position[]; recordedAt: number[] }
  /** Somebody appended in between: read the stream again. `revision` is where the stream is. */
  | { status: 'wrong-revision'; revision: number | 'no-stream' }
  /** These ids are in the stream (or earlier in this append) with other content; nothing was stored. */
  | { status: 'conflict'; ids: string[] }
  /** `recordedAt` was given and decreases or lies before the log's last event; nothing was stored. */
  | { status: 'too-late'; lastRecordedAt: number };

/**
 * Where a log lies, in plain values: a data folder, a schema of a PostgreSQL database, or EventStoreDB / KurrentDB, of which
 * a data folder may hold an index.
 */
export type LogPlace =
  | { kind: 'folder'; dataDir: string }
  | { kind: 'postgres'; url: string; schema: string }
  | { kind: 'kurrentdb'; url: string; dataDir?: string };

/** The reading half of the log. */
export interface EventLogReader {
  /** What another thread or process opens the same log with, see `openEventLogReader`. */
  readonly place: LogPlace;
  /** The stream's events in order of revision, up to and including `upTo` when given. Unknown stream: none. */
  readStream(stream: string, upTo?: Position): Promise<RecordedEvent[]>;
  /** Events after a position (exclusive) in log order, at most `limit` (1 or more). */
  readAll(after: Position, limit: number): Promise<RecordedEvent[]>;
  /**
   * The names of all streams that begin with `<category>-`, in the order of their code points. A category is what
   * stands before a stream's first hyphen, so it has none itself; for categories of a few streams, not for one per client.
   */
  streamsOf(category: string): Promise<string[]>;
  /**
   * The streams of a category with their events up to and including `upTo`, in the order of {@link streamsOf}: at most
   * `limit` (1 or more) of them, from just after a name (`null` = from the first). For reading a whole log stream by
   * stream; a stream that has no events yet at `upTo` comes without.
   */
  readStreams(category: string, after: string | null, limit: number, upTo?: Position): Promise<ReadStream[]>;
  /** Position, moment and digest of the last event; START, 0 and 64 zeros for an empty log. */
  head(): Promise<LogHead>;
  /**
   * The greatest position whose event was recorded at or before the moment (ms since 1970); START when there is
   * none. For the present moment ask {@link head}: an event may still be recorded in this very millisecond.
   */
  positionAt(recordedAt: number): Promise<Position>;
  /** How far whoever has read up to a position is behind; the place of an event, or START. */
  lag(position: Position): Promise<LogLag>;
  /** Releases everything; may be called twice. Reads after it reject with {@link LogClosed}. */
  close(): Promise<void>;
}

export interface ReadStream {
  stream: string;
  events: RecordedEvent[];
}

export interface EventLog extends EventLogReader {
  /**
   * Resolves once the outcome is durable. Rejects with {@link InvalidAppend} when the append is malformed,
   * {@link LogBusy} when the queue is full, {@link LogClosed} after `close` and {@link AppendFailed} when the store
   * fails. After any rejection the same append may be tried again: known ids are never stored twice.
   */
  append(append: Append): Promise<AppendResult>;
  /**
   * Calls `listener` after each commit that stored something (never before it), with the new head; returns the way
   * to stop. One call may stand for many appends.
   */
  subscribe(listener: (head: LogHead) => void): () => void;
  /** Takes no more appends, finishes those taken, then releases everything; may be called twice. */
  close(): Promise<void>;
}

export interface LogLag {
  /** How many events lie after the position. */
  events: number;
  /** Milliseconds since 1970: when the first of them was recorded; `null` when there is none. */
  since: number | null;
}

export interface LogHead {
  position: Position;
  recordedAt: number;
  digest: string;
}

/** Too many appends wait already. Nothing was stored; try again later. */
export class LogBusy extends Error {
  override readonly name = 'LogBusy';
}

export class LogClosed extends Error {
  override readonly name = 'LogClosed';
}

/** There is no log where one was to be read. */
export class LogNotFound extends Error {
  override readonly name = 'LogNotFound';
}

/** The store does not answer, or not in time. Nothing is wrong with what was asked: ask again later. */
export class LogUnreachable extends Error {
  override readonly name = 'LogUnreachable';

  /** @param passes whether it may come back by itself; where it refuses whoever asks, the settings have to be changed */
  constructor(
    message: string,
    readonly passes = true,
  ) {
    super(message);
  }
}

/** The append cannot be stored as it is; `problems` names all that is wrong with it. */
export class InvalidAppend extends Error {
  override readonly name = 'InvalidAppend';

  constructor(readonly problems: string[]) {
    super(`The append was refused: ${problems.join(' ')}`);
  }
}

/** The store failed (disk full, file damaged, writer gone). `unknown` = the append may or may not have been stored. */
export class AppendFailed extends Error {
  override readonly name = 'AppendFailed';

  constructor(
    message: string,
    readonly outcome: 'not-stored' | 'unknown',
  ) {
    super(message);
  }
}

/** Negative when `a` lies before `b` in the log. */
export function comparePositions(a: Position, b: Position): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}

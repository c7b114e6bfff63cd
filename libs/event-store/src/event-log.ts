/**
 * The port of the event log: events are opaque to it. Four things can be done: append with an exact expected
 * revision, read one stream, read everything after a position, and be told of more.
 */

/** Where an event lies in the whole log. Decimal text; ordered by {@link comparePositions}, gaps allowed. */
export type Position = string;

/** The position before the first event. */
export const START: Position = '0';

/** An event to store. `content`, `personal` and `metadata` are plain JSON values. */
export interface NewEvent {
  /** Unique in its stream, derived by the caller from what was sent: the same event has the same id. */
  id: string;
  type: string;
  /** Hex SHA-256 of the content: same id and same hash = known, same id and other hash = conflict. */
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
  /** Hex SHA-256 over the previous event's digest and this content hash. */
  digest: string;
}

export interface Append {
  stream: string;
  /** The revision of the stream's last event, or `'no-stream'`. */
  expectedRevision: number | 'no-stream';
  /** One or more; all or none are stored. */
  events: NewEvent[];
  /** Only for a first load of history: the moments to record, one per event, not before the log's last. */
  recordedAt?: number[];
}

export type AppendResult =
  /** Stored; positions of the events in order. */
  | { status: 'appended'; revision: number; positions: Position[]; recordedAt: number[] }
  /** Every event was in the stream already with the same content: nothing was stored. */
  | { status: 'known'; revision: number; positions: Position[]; recordedAt: number[] }
  /** Somebody appended in between; read the stream again. */
  | { status: 'wrong-revision'; revision: number | 'no-stream' }
  /** An id is in the stream already with other content. */
  | { status: 'conflict'; ids: string[] }
  /** `recordedAt` was given and lies before the log's last event. */
  | { status: 'too-late'; lastRecordedAt: number };

export interface EventLog {
  /** Resolves once the outcome is durable. Rejects with {@link LogBusy} when the queue is full, {@link LogClosed} after `close`. */
  append(append: Append): Promise<AppendResult>;
  /** The stream's events in order of revision, up to and including `upTo` when given. Unknown stream: none. */
  readStream(stream: string, upTo?: Position): Promise<RecordedEvent[]>;
  /** Events after a position in log order, at most `limit`. */
  readAll(after: Position, limit: number): Promise<RecordedEvent[]>;
  /** Position, moment and digest of the last event; START, 0 and 64 zeros for an empty log. */
  head(): Promise<LogHead>;
  /** The greatest position whose event was recorded at or before the moment; START when there is none. */
  positionAt(recordedAt: number): Promise<Position>;
  /** Calls `listener` after each commit (never before it), with the new head; returns the way to stop. */
  subscribe(listener: (head: LogHead) => void): () => void;
  /** Takes no more appends, finishes those taken, releases everything. */
  close(): Promise<void>;
}

export interface LogHead {
  position: Position;
  recordedAt: number;
  digest: string;
}

export class LogBusy extends Error {
  override readonly name = 'LogBusy';
}

export class LogClosed extends Error {
  override readonly name = 'LogClosed';
}

export function comparePositions(a: Position, b: Position): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}

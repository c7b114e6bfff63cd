import { START, type LogHead, type LogLag, type RecordedEvent } from './event-log.js';
import { EMPTY_LOG_DIGEST } from './log-digest.js';

/** An event as an SQL store gives it. Whole numbers of 64 bits come as numbers or as decimal text. */
export interface EventRow {
  stream: string;
  position: number | string;
  revision: number;
  id: string;
  type: string;
  contentHash: Buffer;
  /** JSON text, like `personal` and `metadata`. */
  content: string;
  personal: string | null;
  metadata: string;
  /** ms since 1970. */
  recordedAt: number | string;
  digest: Buffer;
}

export type HeadRow = Pick<EventRow, 'position' | 'recordedAt' | 'digest'>;

export function recordedEvent(row: EventRow): RecordedEvent {
  return {
    stream: row.stream,
    position: String(row.position),
    revision: row.revision,
    id: row.id,
    type: row.type,
    contentHash: row.contentHash.toString('hex'),
    content: JSON.parse(row.content) as unknown,
    personal: row.personal === null ? null : (JSON.parse(row.personal) as unknown),
    metadata: JSON.parse(row.metadata) as unknown,
    recordedAt: Number(row.recordedAt),
    digest: row.digest.toString('hex'),
  };
}

/** The last event's place, moment and digest; of an empty log those before the first event. */
export function headOf(row: HeadRow | undefined): LogHead {
  if (!row) return { position: START, recordedAt: 0, digest: EMPTY_LOG_DIGEST };
  return {
    position: String(row.position),
    recordedAt: Number(row.recordedAt),
    digest: row.digest.toString('hex'),
  };
}

/** Of a store that counts events from 1 without gaps. */
export interface LagRow {
  /** The last event's position; `null` in an empty log. */
  head: number | string | null;
  position: number | string;
  since: number | string | null;
}

export function lagOf({ head, position, since }: LagRow): LogLag {
  return since === null
    ? { events: 0, since: null }
    : { events: Number(head) - Number(position), since: Number(since) };
}

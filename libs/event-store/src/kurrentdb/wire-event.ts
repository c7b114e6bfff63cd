import { v5 as uuidV5 } from 'uuid';
import type { WrittenEvent } from '../written-append.js';

/**
 * What the server keeps beside an event's content: the port's envelope, as plain JSON. `$correlationId` and
 * `$causationId` are the server's own keys, by which its tools find what belongs together.
 */
export interface Envelope {
  $correlationId?: string;
  $causationId?: string;
  /** The event's own id; the server's is a UUID derived from it. */
  id: string;
  contentHash: string;
  /** The moment to record: given with a history, else the reading of the writer's clock. ms since 1970. */
  moment: number;
  /** Names the append that stored it, so that its writer can tell after a lost answer that it was its own. */
  append: string;
  personal: unknown;
  metadata: unknown;
}

/** An event as it goes to the server. */
export interface WireEvent {
  id: string;
  type: string;
  data: unknown;
  metadata: Envelope;
}

/** UUIDv5 name space of event ids, drawn once; another one would make every known event new. */
const EVENT_IDS = '6d1c0b6e-0f0e-4f5c-9d27-0b0a4c1c7f52';

/** The same event of the same stream has the same id on the server, in every process and for ever. */
export function wireId(stream: string, id: string): string {
  return uuidV5(JSON.stringify([stream, id]), EVENT_IDS);
}

/**
 * Puts an event into the server's form. Its parts were turned into text before and are read from there: what JSON has
 * no text for (`undefined`, a `BigInt`) can no longer be in it, and would leave the client waiting for ever.
 * @param moment ms since 1970
 * @param append name of the append
 */
export function toWire(stream: string, event: WrittenEvent, moment: number, append: string): WireEvent {
  const metadata: unknown = JSON.parse(event.metadata);
  return {
    id: wireId(stream, event.id),
    type: event.type,
    data: JSON.parse(event.content) as unknown,
    metadata: {
      ...reservedKeys(metadata),
      id: event.id,
      contentHash: event.contentHash,
      moment,
      append,
      personal: event.personal === null ? null : (JSON.parse(event.personal) as unknown),
      metadata,
    },
  };
}

/** Bytes that the server counts of an event: data, metadata, and two for each character of the type. */
export function wireSize({ type, data, metadata }: WireEvent): number {
  return (
    Buffer.byteLength(JSON.stringify(data)) + Buffer.byteLength(JSON.stringify(metadata)) + 2 * type.length
  );
}

/** The envelope in stored metadata; `undefined` when the event was not written by this adapter. */
export function envelopeOf(metadata: unknown): Envelope | undefined {
  const { id, contentHash, moment, append } = (metadata ?? {}) as Partial<Envelope>;
  const ours =
    typeof id === 'string' &&
    typeof contentHash === 'string' &&
    /^[0-9a-f]{64}$/.test(contentHash) &&
    Number.isSafeInteger(moment) &&
    typeof append === 'string';
  return ours ? (metadata as Envelope) : undefined;
}

function reservedKeys(metadata: unknown): Pick<Envelope, '$correlationId' | '$causationId'> {
  const { correlationId, causationId } = (metadata ?? {}) as Record<string, unknown>;
  return {
    ...(typeof correlationId === 'string' && { $correlationId: correlationId }),
    ...(typeof causationId === 'string' && { $causationId: causationId }),
  };
}

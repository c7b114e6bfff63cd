import { hash } from 'node:crypto';
import { formatInstant, tryParseInstant } from '@domeinbrug/calendar';
import { splitPersonal, streamOfClient, wireTypeOf } from '@domeinbrug/journey';
import canonicalize from 'canonicalize';
import { parse as uuidBytes, v5 as uuidv5 } from 'uuid';
import type { IdentifiedEvent } from './accepted-event.js';

/** Namespace of the ids of stored events; a fixed choice, so that the same event has the same id everywhere. */
const storedEventNamespace = uuidBytes('6d1b2f0a-3a52-5c0e-9a44-1f6c2b7e8d90');

/** Who brought an event in, and what it followed from. */
export interface Sender {
  /** The organisation in the token, such as `provider:65656055`, or `import` for a file. */
  organisation: string;
  /** A supplier that acted for the organisation (`act.sub`). */
  actedBy?: string;
  correlationId?: string;
  causationId?: string;
}

/** What the event log takes: one event, opaque to it. */
export interface EventToStore {
  id: string;
  type: string;
  contentHash: string;
  content: unknown;
  personal: unknown;
  metadata: unknown;
}

/**
 * Hex SHA-256 of the RFC 8785 form of what counts as an event's content: type, source, id, time as an instant,
 * and data with the pseudonym. Extension attributes, dataschema and datacontenttype do not count.
 */
export function contentHashOf(event: IdentifiedEvent): string {
  const data = canonicalize({ ...event.data, clientId: event.clientId })!;
  const [id, source, time, type] = [
    event.id,
    event.source,
    formatInstant(tryParseInstant(event.time)!),
    wireTypeOf(event.type),
  ].map((text) => JSON.stringify(text));
  // Its members in the order of RFC 8785; only data has members that are not known beforehand.
  return hash(
    'sha256',
    `{"data":${data},"id":${id},"source":${source},"time":${time},"type":${type}}`,
    'hex',
  );
}

/** The id of an event in its stream: the same stream, source and event id always give the same one. */
export function storedIdOf(event: Pick<IdentifiedEvent, 'clientId' | 'source' | 'id'>): string {
  return storedIdIn(streamOfClient(event.clientId), event.source, event.id);
}

/** The same for any stream. @param id the envelope's */
export function storedIdIn(stream: string, source: string, id: string): string {
  return uuidv5(Buffer.from(JSON.stringify([stream, source, id])), storedEventNamespace);
}

/**
 * The event as the log keeps it: the envelope in `content` with the data that may stay for ever, personal fields
 * apart. The stream says who the client is, so the data does not.
 */
export function toNewEvent(event: IdentifiedEvent, sender: Sender): EventToStore {
  const { data, personal } = splitPersonal(event.type, event.data);
  return {
    id: storedIdOf(event),
    type: event.type,
    contentHash: contentHashOf(event),
    content: {
      ...event.extensions,
      specversion: '1.0',
      id: event.id,
      source: event.source,
      type: wireTypeOf(event.type),
      time: event.time,
      datacontenttype: 'application/json',
      ...(event.dataschema === undefined ? {} : { dataschema: event.dataschema }),
      data,
    },
    personal,
    metadata: sender,
  };
}

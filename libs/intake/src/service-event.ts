import { formatInstant } from '@domeinbrug/calendar';
import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { storedIdIn, type EventToStore, type Sender } from './event-to-store.js';

/** The source of what the service itself records, such as which rule set is in force. */
export const serviceSource = 'urn:domeinbrug';

/** An event in a stream that is no client's: of the service's own, or loaded by its operator. No sender can send it. */
export interface ServiceEvent {
  /** Without prefix and version: `rule-set-published`. */
  type: string;
  /** {@link serviceSource} when left out. */
  source?: string;
  /** Unique for the source, so that a change can name it as its cause. */
  id: string;
  /** When it happened by our clock; ms since 1970. */
  time: number;
  data: Record<string, unknown>;
}

/** The envelope of a {@link ServiceEvent} as the log keeps it: the one of every other event. */
export interface ServiceEnvelope {
  specversion: '1.0';
  id: string;
  source: string;
  type: string;
  time: string;
  datacontenttype: 'application/json';
  data: Record<string, unknown>;
}

/** The event as the log keeps it. @param sender on whose behalf the service did it */
export function serviceEvent(
  stream: string,
  { type, source = serviceSource, id, time, data }: ServiceEvent,
  sender: Sender,
): EventToStore {
  const content: ServiceEnvelope = {
    specversion: '1.0',
    id,
    source,
    type: `nl.domeinbrug.${type}.v1`,
    time: formatInstant(time),
    datacontenttype: 'application/json',
    data,
  };
  return {
    id: storedIdIn(stream, source, id),
    type,
    contentHash: serviceContentHash(content),
    content,
    personal: null,
    metadata: sender,
  };
}

/** Whether a stored event that {@link serviceEvent} made still says what it said. */
export function isServiceEventAsStored(stored: {
  stream: string;
  id: string;
  contentHash: string;
  content: unknown;
}): boolean {
  const content = stored.content as ServiceEnvelope;
  return (
    stored.contentHash === serviceContentHash(content) &&
    stored.id === storedIdIn(stored.stream, content.source, content.id)
  );
}

/** Hex SHA-256 of the RFC 8785 form of the whole envelope: nothing in it is another's. */
function serviceContentHash(content: ServiceEnvelope): string {
  return createHash('sha256').update(canonicalize(content)!).digest('hex');
}

import { hash } from 'node:crypto';
import type { Position, RecordedEvent } from '@domeinbrug/event-store';
import { erasureType } from '@domeinbrug/privacy';
import { clientOfStream } from './client-stream.js';

/** A client's stream that holds an event with a key, and where. A stream holds a key at most once. */
export interface KeyHolder {
  /** See {@link keyOf}. */
  key: string;
  position: Position;
  client: string;
}

/**
 * Of each key that the streams of some clients share with others, the first event with it in another stream. The
 * clients asked about are whoever was ever one person.
 */
export type HoldersBeside = (clients: readonly string[]) => KeyHolder[] | Promise<KeyHolder[]>;

/** For where keys are not looked at: facts and rows that no finding takes part in. */
export const noOneBeside: HoldersBeside = () => [];

/** Short enough for a row per event, long enough that two keys never meet in one: 16 bytes, as hexadecimal digits. */
const digits = 32;

/** What an event's source and id come to; `null` for one that has none, which nobody can read either. */
export function keyOf({ content }: Pick<RecordedEvent, 'content'>): string | null {
  const { source, id } = (content ?? {}) as { source?: unknown; id?: unknown };
  if (typeof source !== 'string' || typeof id !== 'string') return null;
  return hash('sha256', `${source}\n${id}`).slice(0, digits);
}

/** The keys of the clients' events among these, in the same order. */
export function keyHolders(events: readonly RecordedEvent[]): KeyHolder[] {
  return events.flatMap((event) => {
    const client = event.type === erasureType ? null : clientOfStream(event.stream);
    const key = client === null ? null : keyOf(event);
    return client === null || key === null ? [] : [{ key, position: event.position, client }];
  });
}

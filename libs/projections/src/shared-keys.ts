import {
  comparePositions,
  type EventLogReader,
  type Position,
  type RecordedEvent,
} from '@domeinbrug/event-store';
import type { SharedKey } from '@domeinbrug/journey';
import { streamOfClient } from './client-stream.js';
import { keyOf, type HoldersBeside } from './event-keys.js';
import type { ReferenceAt } from './reference-book.js';

/**
 * Of each key that the clients share with others the first event of others, in log order and up to a position. With it
 * begins the finding; whoever brings the key after that changes nothing for them.
 */
export async function eventsBeside(
  log: Pick<EventLogReader, 'readStream'>,
  holdersBeside: HoldersBeside,
  clients: readonly string[],
  upTo: Position,
): Promise<RecordedEvent[]> {
  const holders = (await holdersBeside(clients)).filter(
    ({ position }) => comparePositions(position, upTo) <= 0,
  );
  const sought = new Set(holders.map(({ position }) => position));
  const others = [...new Set(holders.map(({ client }) => client))];
  const streams = await Promise.all(others.map((client) => log.readStream(streamOfClient(client), upTo)));
  return streams
    .flat()
    .filter(({ position }) => sought.has(position))
    .sort((a, b) => comparePositions(a.position, b.position));
}

/**
 * What is known beside a client's events at a position, with the keys that it then shares with somebody else: also with
 * one that was the same person before, or is since.
 *
 * @param own of the client and of whoever was ever one person with it
 * @param beside as {@link eventsBeside} gives them
 */
export function withSharedKeys(
  known: ReferenceAt,
  client: string,
  own: readonly RecordedEvent[],
  beside: readonly RecordedEvent[],
  position: Position,
): ReferenceAt {
  const isShared = (event: RecordedEvent): boolean => comparePositions(event.position, position) <= 0;
  const shared = [...ofOthers(known, client, own), ...beside].filter(isShared);
  if (shared.length === 0) return known;
  return { ...known, reference: { ...known.reference, sharedKeys: shared.map(sharedKeyOf) } };
}

/** The fold finds out which of these keys the client has too. */
function ofOthers(known: ReferenceAt, client: string, own: readonly RecordedEvent[]): RecordedEvent[] {
  const members = new Set(known.membersOf(client).map(streamOfClient));
  return own.filter((event) => !members.has(event.stream) && keyOf(event) !== null);
}

function sharedKeyOf({ content, recordedAt }: RecordedEvent): SharedKey {
  const { source, id } = content as { source: string; id: string };
  return { source, id, recordedAt };
}

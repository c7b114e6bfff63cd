import {
  comparePositions,
  type EventLogReader,
  type Position,
  type RecordedEvent,
} from '@domeinbrug/event-store';
import { journeyEventOf, type Journey } from '@domeinbrug/journey';
import { historyOf, isOfPerson } from './client-history.js';
import { clientOfStream } from './client-stream.js';
import { noOneBeside, type HoldersBeside } from './event-keys.js';
import type { ReferenceAt, ReferenceBook } from './reference-book.js';

type StreamSource = Pick<EventLogReader, 'readStream'>;

/** All that is known of a client, asked as of any position up to the one it was read for. */
export class Person {
  constructor(
    readonly clientId: string,
    private readonly stored: readonly RecordedEvent[],
    private readonly known: (position: Position) => ReferenceAt,
  ) {}

  /** The events that count as the client's at a position, in log order: its own and those of ids merged into it. */
  eventsAt(position: Position): RecordedEvent[] {
    const persons = this.known(position);
    return this.stored.filter(
      (event) => comparePositions(event.position, position) <= 0 && isOfPerson(persons, this.clientId, event),
    );
  }

  journeyAt(position: Position): Journey {
    const events = this.eventsAt(position).map(journeyEventOf);
    return { clientId: this.clientId, events, reference: this.known(position).reference };
  }

  /** The id under which the client is read at a position; `null` = its own. */
  mergedIntoAt(position: Position): string | null {
    return this.known(position).mergedInto(this.clientId);
  }

  membersAt(position: Position): string[] {
    return this.known(position).membersOf(this.clientId);
  }
}

/**
 * @param upTo the last position that will be asked about
 * @param holdersBeside who else has the person's keys; left out, nothing is told of keys that clients share
 */
export async function readPerson(
  log: StreamSource,
  book: ReferenceBook,
  clientId: string,
  upTo: Position,
  holdersBeside: HoldersBeside = noOneBeside,
): Promise<Person> {
  const mergers = await book.readUpTo(upTo);
  const { relatives, events, at } = await historyOf(log, mergers, clientId, upTo, holdersBeside);
  const own = events.filter(({ stream }) => relatives.includes(clientOfStream(stream) ?? ''));
  return new Person(clientId, own, at);
}

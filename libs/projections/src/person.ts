import {
  comparePositions,
  type EventLogReader,
  type Position,
  type RecordedEvent,
} from '@domeinbrug/event-store';
import { journeyEventOf, type Journey } from '@domeinbrug/journey';
import { eventsOfClients, isOfPerson } from './client-history.js';
import type { Mergers, ReferenceBook } from './reference-book.js';

type StreamSource = Pick<EventLogReader, 'readStream'>;

/** All that is known of a client, asked as of any position up to the one it was read for. */
export class Person {
  constructor(
    readonly clientId: string,
    private readonly stored: readonly RecordedEvent[],
    private readonly mergers: Mergers,
  ) {}

  /** The events that count as the client's at a position, in log order: its own and those of ids merged into it. */
  eventsAt(position: Position): RecordedEvent[] {
    const persons = this.mergers.at(position);
    return this.stored.filter(
      (event) => comparePositions(event.position, position) <= 0 && isOfPerson(persons, this.clientId, event),
    );
  }

  journeyAt(position: Position): Journey {
    const events = this.eventsAt(position).map(journeyEventOf);
    return { clientId: this.clientId, events, reference: this.mergers.at(position).reference };
  }

  /** The id under which the client is read at a position; `null` = its own. */
  mergedIntoAt(position: Position): string | null {
    return this.mergers.at(position).mergedInto(this.clientId);
  }

  membersAt(position: Position): string[] {
    return this.mergers.at(position).membersOf(this.clientId);
  }
}

/** @param upTo the last position that will be asked about */
export async function readPerson(
  log: StreamSource,
  book: ReferenceBook,
  clientId: string,
  upTo: Position,
): Promise<Person> {
  const mergers = await book.readUpTo(upTo);
  const stored = await eventsOfClients(log, mergers.relativesOf(clientId), upTo);
  return new Person(clientId, stored, mergers);
}

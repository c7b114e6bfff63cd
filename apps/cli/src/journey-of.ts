import type { EventLogReader, Position } from '@domeinbrug/event-store';
import type { Journey } from '@domeinbrug/journey';
import { readPerson, ReferenceBook, type Person } from '@domeinbrug/projections';
import { ProblemFound } from './refusal.js';

/**
 * What is told of a client up to a position; one of whom only later events tell is known all the same.
 * @throws ProblemFound for a client that is not known, or has become another
 */
export async function journeyOf(log: EventLogReader, clientId: string, upTo: Position): Promise<Journey> {
  const person = await personOf(log, clientId, upTo);
  const { position: now } = await log.head();
  if (person.eventsAt(now).length > 0 || person.eventsAt(upTo).length > 0) return person.journeyAt(upTo);
  throw unknownClient(clientId);
}

/** Whoever the client is, known or not. @throws ProblemFound for one that has become another by the position */
export async function personOf(log: EventLogReader, clientId: string, upTo: Position): Promise<Person> {
  const { position: now } = await log.head();
  const person = await readPerson(log, new ReferenceBook(log), clientId, now);
  const into = person.mergedIntoAt(upTo);
  if (into === null) return person;
  throw new ProblemFound(
    `Client ${clientId} turned out to be the same person as client ${into}; ask for that one.`,
  );
}

export function unknownClient(clientId: string): ProblemFound {
  return new ProblemFound(
    `Nothing is known of a client ${clientId}. Check the id and the data folder; ids are case-sensitive.`,
  );
}

import { comparePositions, type EventLogReader, type Position } from '@domeinbrug/event-store';
import { foldJourney } from '@domeinbrug/journey';
import type { ClientThen, Portfolio } from '@domeinbrug/portfolio';
import { readPerson, type ReferenceBook } from '@domeinbrug/projections';

/** Clients read from the log at a time. */
const slice = 100;

/** Every client of a log, folded from its events: slow over many, and true by definition. */
export function logPortfolio(log: EventLogReader, references: ReferenceBook): Portfolio {
  return {
    async *candidates(_funder, moments, after = '') {
      const streams = await log.streamsOf('journey');
      const last = latest(moments.map(({ position }) => position));
      const mergers = await references.readUpTo(last);
      const told = [...streams.map((stream) => stream.slice('journey-'.length)), ...mergers.clients()];
      const clients = [...new Set(told)].filter((id) => id > after).sort();
      for (let at = 0; at < clients.length; at += slice) {
        const read = clients.slice(at, at + slice).map(async (clientId): Promise<ClientThen> => {
          const person = await readPerson(log, references, clientId, last);
          const facts = moments.map(({ position, instant }) => {
            const { events, reference } = person.journeyAt(position);
            return foldJourney(events, instant, reference);
          });
          return { clientId, facts };
        });
        yield await Promise.all(read);
      }
    },
  };
}

function latest(positions: readonly Position[]): Position {
  return positions.reduce((last, each) => (comparePositions(each, last) > 0 ? each : last));
}

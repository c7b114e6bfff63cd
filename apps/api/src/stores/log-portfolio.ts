import { comparePositions, type EventLogReader, type Position } from '@domeinbrug/event-store';
import { streamOf } from '@domeinbrug/intake';
import { foldJourney, journeyEventOf } from '@domeinbrug/journey';
import type { ClientThen, Portfolio } from '@domeinbrug/portfolio';

/** Clients read from the log at a time. */
const slice = 100;

/** Every client of a log, folded from its events: slow over many, and true by definition. */
export function logPortfolio(log: EventLogReader): Portfolio {
  return {
    async *candidates(_funder, moments, after = '') {
      const streams = await log.streamsOf('journey');
      const clients = streams.map((stream) => stream.slice('journey-'.length)).filter((id) => id > after);
      const last = latest(moments.map(({ position }) => position));
      for (let at = 0; at < clients.length; at += slice) {
        const read = clients.slice(at, at + slice).map(async (clientId): Promise<ClientThen> => {
          const stored = await log.readStream(streamOf(clientId), last);
          const facts = moments.map(({ position, instant }) => {
            const known = stored.filter((event) => comparePositions(event.position, position) <= 0);
            return foldJourney(known.map(journeyEventOf), instant);
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

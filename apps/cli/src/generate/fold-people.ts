import { packHistories, type ClientHistory, type PackedHistories } from '@domeinbrug/archive';
import { eventTypeOf, foldJourney, type JourneyEvent } from '@domeinbrug/journey';
import type { Period, Told } from './diary.js';
import { tellPerson } from './population.js';

/** Which people of which population. */
export interface PeopleToFold {
  seed: number;
  period: Period;
  /** Numbers of people; `until` is exclusive. */
  from: number;
  until: number;
}

/** The facts of some invented people after each event that is told of them. */
export function foldPeople({ seed, period, from, until }: PeopleToFold): PackedHistories {
  function* histories(): Generator<ClientHistory> {
    for (let number = from; number < until; number++) {
      const told = tellPerson(seed, number, period).told.map(eventOf);
      if (told[0])
        yield historyOf(
          told[0].client,
          told.map(({ event }) => event),
        );
    }
  }
  return packHistories(histories());
}

function historyOf(client: string, events: readonly JourneyEvent[]): ClientHistory {
  const steps = events.map(({ recordedAt }, at) => ({
    recordedAt,
    facts: foldJourney(events.slice(0, at + 1), recordedAt),
  }));
  return { client, steps };
}

function eventOf({ recordedAt, line }: Told): { client: string; event: JourneyEvent } {
  const { source, id, type, data } = JSON.parse(line) as {
    source: string;
    id: string;
    type: string;
    data: { clientId: string };
  };
  const event = { source, id, type: eventTypeOf(type), recordedAt, data } as unknown as JourneyEvent;
  return { client: data.clientId, event };
}

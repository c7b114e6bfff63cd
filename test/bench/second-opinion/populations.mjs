// The people that are put to both: generated ones, those of the demo, and the random histories of the laws.
import { ArchiveReader, ArchiveWriter } from '../../../dist/libs/archive/src/index.js';
import { parseDay } from '../../../dist/libs/calendar/src/index.js';
import { eventTypeOf, foldJourney } from '../../../dist/libs/journey/src/index.js';
import { population } from '../../../dist/apps/cli/src/demo/fill-folder.js';
import { historyOf } from '../../../dist/apps/cli/src/demo/person.js';
import { tellPerson } from '../../../dist/apps/cli/src/generate/population.js';
import { pseudonym } from '../invented-people.mjs';
import { lawHistories } from './law-histories.mjs';

const told = { firstDay: parseDay('2022-01-01'), lastDay: parseDay('2025-12-31') };
const lawSeed = 20240304;

/** An archive of `count` generated people, as all is known of them; client numbers follow their order. */
export function generatedPeople(count) {
  return archiveOf(count, (number) => {
    const events = tellPerson(1, number, told).told.map(({ recordedAt, line }) =>
      eventOf(JSON.parse(line), recordedAt),
    );
    return foldJourney(events, latest(events));
  });
}

export function demoPeople() {
  const journeys = population.map((person) =>
    historyOf([person]).map((envelope) => eventOf(envelope, Date.parse(envelope.recordedat))),
  );
  return archiveOf(journeys.length, (number) => foldJourney(journeys[number], latest(journeys[number])));
}

/** Overlaps, contradictions, pools, mergers of everything at once: what no generator of likely people makes. */
export async function peopleOfTheLaws(count) {
  const histories = await lawHistories(count, lawSeed);
  return archiveOf(count, (number) => {
    const [{ events, knownAt }, successions] = histories[number];
    return foldJourney(events, knownAt, { successions, codes: null });
  });
}

function eventOf({ source, id, type, data }, recordedAt) {
  return { source, id, type: eventTypeOf(type), recordedAt, data };
}

function latest(events) {
  return Math.max(...events.map(({ recordedAt }) => recordedAt));
}

function archiveOf(count, factsOf) {
  const writer = ArchiveWriter.empty();
  const moment = (number) => ({ position: String(number + 1), recordedAt: number + 1 });
  for (let number = 0; number < count; number++)
    writer.apply(moment(number), pseudonym(number), factsOf(number));
  writer.commit(moment(count));
  return new ArchiveReader(writer.shared());
}

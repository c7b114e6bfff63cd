import { setImmediate as nextTurn } from 'node:timers/promises';
import { overlaps, type DayRange } from '@domeinbrug/calendar';
import { ArchiveReader } from '@domeinbrug/archive';
import type { JourneyFacts, StateStretch } from '@domeinbrug/journey';
import { funderKinds } from '@domeinbrug/terms';
import type { ArchiveAt } from './archive-at.js';
import type { Population, ReplayQuestion } from './replay-question.js';

/** Whether a client takes part in a replay over a period. */
export type TakesPart = (facts: JourneyFacts) => boolean;

export function takesPartIn(population: Population, period: DayRange): TakesPart {
  const { municipality, careOffice, insurer, profile, birthYear } = population;
  const wanted = { municipality, careOffice, insurer, profile };
  const conditions = (Object.entries(wanted) as [keyof typeof wanted, string | undefined][]).flatMap(
    ([field, code]) => (code === undefined ? [] : [{ field, code: Number(code) }]),
  );
  const meetsAll = (stretch: StateStretch): boolean =>
    overlaps(stretch, period) && conditions.every(({ field, code }) => stretch[field] === code);
  return (facts) =>
    isBornIn(facts, birthYear) &&
    (conditions.length === 0 || facts.state.some((stretch) => meetsAll(stretch)));
}

/** Clients looked at before other work of the thread gets a turn. */
const slice = 1_000;

/** Whether any client takes part in a replay: looks no further than the first. */
export async function findsAnyone(
  archive: ArchiveAt,
  { population, period }: Pick<ReplayQuestion, 'population' | 'period'>,
): Promise<boolean> {
  const reader = new ArchiveReader(archive.shared);
  const takesPart = takesPartIn(population, period);
  let seen = 0;
  for (const client of likelyFirst(reader, population)) {
    if (takesPart(reader.factsAt(client, archive.event))) return true;
    if (++seen % slice === 0) await nextTurn();
  }
  return false;
}

/** All clients; first those of the organisation that was named. Where codes merged, others may have become its. */
function* likelyFirst(
  reader: ArchiveReader,
  { municipality, insurer, careOffice }: Population,
): Generator<number> {
  const code = municipality ?? insurer ?? careOffice;
  const levels = { municipality, insurer, 'care-office': careOffice } as const;
  const level = funderKinds.find((kind) => kind !== 'pool' && levels[kind] === code);
  if (code !== undefined && level) yield* reader.candidates({ level, code: Number(code) });
  for (let client = 0; client < reader.clients; client++) yield client;
}

function isBornIn({ birthYear }: JourneyFacts, years: Population['birthYear']): boolean {
  if (!years) return true;
  return birthYear >= (years.min ?? 0) && birthYear <= (years.max ?? Infinity) && birthYear > 0;
}

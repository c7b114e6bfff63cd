import { setImmediate as nextTurn } from 'node:timers/promises';
import { ArchiveReader } from '@domeinbrug/archive';
import type { DayRange } from '@domeinbrug/calendar';
import type { ArchiveAt } from './archive-at.js';
import { takesPartIn } from './population.js';
import type { Population } from './replay-question.js';

/** Clients looked at before other work gets a turn. */
const slice = 2_000;

/** Whether a replay over a period would have anybody in it; ends at the first who takes part. */
export async function matchesAnybody(
  { shared, event }: ArchiveAt,
  population: Population,
  period: DayRange,
): Promise<boolean> {
  const reader = new ArchiveReader(shared);
  const takesPart = takesPartIn(population, period);
  for (let client = 0; client < reader.clients; client++) {
    if (takesPart(reader.factsAt(client, event))) return true;
    if (client % slice === slice - 1) await nextTurn();
  }
  return false;
}

import { ArchiveBuilder, type ArchiveSize, type PackedHistories } from '@domeinbrug/archive';
import { foldVersion } from '@domeinbrug/projections';
import { createHash } from 'node:crypto';
import { on } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { WrongUse } from '../refusal.js';
import type { Period } from './diary.js';
import type { PeopleToFold } from './fold-people.js';

/** The invented people of an archive. */
export interface Population {
  clients: number;
  seed: number;
  period: Period;
}

/** What a folder says of the archive in it that no log stands behind. */
export interface GeneratedArchive extends Population {
  events: number;
  facts: number;
  superseded: number;
  /** In place of a log's digest: the same for the same people, folded by the same version. */
  digest: string;
}

const nameOfDescription = 'generated.json';
/** Few enough that rows wait in little memory, enough that threads seldom wait for one another. */
const peopleAtATime = 2_000;

/**
 * Writes the archive of invented people to a folder of its own: what a data folder would hold once all their events
 * had gone through the log, the log itself and the read models apart. Folding is divided over the processors.
 *
 * @param tell called with the number of people that are in it
 * @throws WrongUse when the folder holds anything
 */
export async function generateArchive(
  folder: string,
  population: Population,
  tell: (people: number) => void,
): Promise<GeneratedArchive> {
  refuseOccupied(folder);
  const builder = new ArchiveBuilder();
  let people = 0;
  let events = 0;
  for await (const packed of foldedInOrder(population)) {
    builder.add(packed);
    events += packed.recordedAt.length;
    people = Math.min(people + peopleAtATime, population.clients);
    tell(people);
  }
  const size = await builder.finish({ dataDir: folder, foldVersion });
  const described = describe(population, events, size);
  // Last: a folder without it holds an archive that was not finished.
  writeFileSync(join(folder, nameOfDescription), `${JSON.stringify(described, null, 2)}\n`);
  return described;
}

/** What a folder holds by {@link generateArchive}; `null` when it holds something else, or nothing. */
export function readGeneratedArchive(folder: string): GeneratedArchive | null {
  try {
    return JSON.parse(readFileSync(join(folder, nameOfDescription), 'utf8')) as GeneratedArchive;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

function describe(population: Population, events: number, size: ArchiveSize): GeneratedArchive {
  const { facts, superseded } = size;
  const said = { ...population, events, facts, superseded };
  const digest = createHash('sha256')
    .update(JSON.stringify({ ...said, foldVersion }))
    .digest('hex');
  return { ...said, digest };
}

function refuseOccupied(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const there = readdirSync(folder);
  if (there.length === 0) return;
  throw new WrongUse(
    `--archive: ${folder} holds ${there.slice(0, 5).join(', ')}; an archive is generated into an empty folder. ` +
      'Name another one.',
  );
}

/** Folding makes much that is dropped at once; with room for it less time goes into collecting it. In MB. */
const resourceLimits = { maxYoungGenerationSizeMb: 128 };

/** Parts that a thread has been asked for: one that it is at, and one to go on with. */
const partsAhead = 2;

/** In order of the people, however the threads get on: part after part from each in turn. */
async function* foldedInOrder({ clients, seed, period }: Population): AsyncGenerator<PackedHistories> {
  const script = new URL('./fold-people.worker.js', import.meta.url);
  const workers = Array.from(
    { length: availableParallelism() },
    () => new Worker(script, { resourceLimits }),
  );
  const answers = workers.map(
    (worker) => on(worker, 'message') as AsyncIterator<[PackedHistories], undefined>,
  );
  let asked = 0;
  const askNext = (): void => {
    const from = asked * peopleAtATime;
    const people: PeopleToFold = { seed, period, from, until: Math.min(from + peopleAtATime, clients) };
    if (from < clients) workers[asked % workers.length]!.postMessage(people);
    asked++;
  };
  try {
    while (asked < workers.length * partsAhead) askNext();
    for (let part = 0; part * peopleAtATime < clients; part++) {
      const { value } = await answers[part % workers.length]!.next();
      askNext();
      yield value![0];
    }
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

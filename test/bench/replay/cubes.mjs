// The cube of funder, service, kind and month with distinct clients, and nothing else: days of one rule set, or of two.
import { performance } from 'node:perf_hooks';
import { cellsOf, defaultDimensions, ReplayThreads } from '../../../dist/libs/replay/src/index.js';
import { period, periodWords } from './archive.mjs';
import { named, shipped, withOverrides } from './rule-sets.mjs';
import { bestOfFive, report, tellMemory } from './timing.mjs';

const threadCount = 2;

/** What a slice is asked for the cube alone. */
export function cubeQuestion({ event }, baseline, alternative = baseline) {
  return {
    baseline,
    alternative,
    period,
    event,
    lastKnownDay: period.until,
    population: {},
    by: defaultDimensions,
    figures: false,
    mostCells: 1_000_000,
    mostRows: Infinity,
  };
}

/** The cells of a run over all clients, and how long it took to make a table of what the threads booked. */
export async function cubeOf(archive, threads, question) {
  const slices = await threads.run(archive.shared, 'replay', question);
  const started = performance.now();
  const { rows } = cellsOf(slices, { by: defaultDimensions, period, pools: archive.reader.pools });
  return { rows, tableSeconds: (performance.now() - started) / 1_000 };
}

/** Each shipped rule set against itself, which is one evaluation, and one that is hard to read. */
export async function cubes(archive) {
  const seconds = {};
  console.log(`${periodWords}, ${threadCount} threads; one rule set each`);
  await withThreads(async (threads) => {
    const measure = async (name, ruleSet, aim) => {
      const timing = await bestOfFive(() => cubeOf(archive, threads, cubeQuestion(archive, ruleSet)));
      const { rows, tableSeconds } = timing.found;
      report(
        `${name}, ${rows.length} cells`,
        timing,
        archive.clients,
        `table ${tableSeconds.toFixed(2)} s; ${aim}`,
      );
      seconds[name] = timing.median;
    };
    for (const ruleSet of shipped) await measure(ruleSet.id, ruleSet, 'aim 2.0 s for 2,000,000');
    await measure('overrides and both', withOverrides(), 'aim 3.0 s for 2,000,000');
  });
  tellMemory();
  return seconds;
}

/** What a second rule set adds to the first: only whom it can concern is looked at again. */
export async function secondRuleSet(archive) {
  const [sharp, six] = [named('sharp-cut'), named('six-weeks')];
  return withThreads(async (threads) => {
    const [one, two] = [
      await bestOfFive(() => cubeOf(archive, threads, cubeQuestion(archive, sharp))),
      await bestOfFive(() => cubeOf(archive, threads, cubeQuestion(archive, sharp, six))),
    ];
    report('sharp-cut alone', one, archive.clients);
    report('sharp-cut and six-weeks', two, archive.clients);
    console.log(`both are ${(two.best / one.best).toFixed(2)} times one (aim 1.3)`);
    return { 'two rule sets': two.median };
  });
}

export async function withThreads(work, count = threadCount) {
  const threads = new ReplayThreads(count);
  try {
    return await work(threads);
  } finally {
    await threads.close();
  }
}

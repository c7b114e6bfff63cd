import { performance } from 'node:perf_hooks';

const rounds = 5;

/** Seconds of five rounds after one untimed: the best, the middle, and what the last one gave. */
export async function bestOfFive(work) {
  const [timing] = await bestOfFiveEach([work]);
  return timing;
}

/** As {@link bestOfFive} of several, turn by turn, so that none has the machine, or the compiler, to itself. */
export async function bestOfFiveEach(works) {
  const timings = works.map(() => ({ all: [], found: undefined }));
  for (const work of works) await work();
  for (let round = 0; round < rounds; round++) {
    for (const [at, work] of works.entries()) {
      const started = performance.now();
      timings[at].found = await work();
      timings[at].all.push((performance.now() - started) / 1_000);
    }
  }
  return timings.map(({ all, found }) => {
    all.sort((a, b) => a - b);
    return { best: all[0], median: all[Math.floor(rounds / 2)], found };
  });
}

export function report(what, { best, median }, clients, aim = '') {
  const rate = Math.round(clients / best).toLocaleString('en');
  console.log(
    `${what.padEnd(42)} best ${best.toFixed(3)} s, median ${median.toFixed(3)} s, ${rate.padStart(10)} clients/s${aim && `  (${aim})`}`,
  );
}

export function tellMemory() {
  const { rss, arrayBuffers } = process.memoryUsage();
  console.log(
    `resident ${(rss / 1e6).toFixed(0)} MB, ${(arrayBuffers / 1e6).toFixed(0)} MB of it in buffers; most so far ${(process.resourceUsage().maxRSS / 1e3).toFixed(0)} MB`,
  );
}

/** The value below which that part of them lies. */
export function quantile(values, part) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
}

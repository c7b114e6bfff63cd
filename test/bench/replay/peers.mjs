// Databases on the same facts with the same answer, beside the engine.
import { peerRun } from '../second-opinion/peer-run.mjs';
import { period } from './archive.mjs';
import { cubeOf, cubeQuestion, withThreads } from './cubes.mjs';
import { named } from './rule-sets.mjs';
import { bestOfFive, quantile, report } from './timing.mjs';

const aims = { duckdb: 25, postgres: 100 };
const ruleSet = 'six-weeks';
/** No further question once those before took so long together: PostgreSQL at the large size takes minutes for one. */
const mostSeconds = 120;

export async function peers(archive, { engines }) {
  const ours = await withThreads((threads) =>
    bestOfFive(() => cubeOf(archive, threads, cubeQuestion(archive, named(ruleSet)))),
  );
  report(`this engine, ${ruleSet}`, ours, archive.clients);
  for (const engine of engines) {
    const { exportSeconds, loadSeconds, querySeconds, cube } = await peerRun({
      archive: archive.shared,
      period,
      ruleSet,
      engine,
      mostSeconds,
    });
    const best = Math.min(...querySeconds);
    report(
      `${engine}, ${querySeconds.length} rounds`,
      { best, median: quantile(querySeconds, 0.5) },
      archive.clients,
    );
    const loaded = loadSeconds + best;
    console.log(
      `${engine}: ${(best / ours.best).toFixed(0)} times as long (aim ${aims[engine]}); loading ${loadSeconds.toFixed(1)} s ` +
        `(exporting ${exportSeconds.toFixed(1)} s), together ${(loaded / ours.best).toFixed(0)} times; ${sameAnswer(ours.found, cube)}`,
    );
  }
}

/** Days and clients over all cells: each cell is compared by npm run check:second-opinion. */
function sameAnswer({ rows }, cube) {
  const sumOf = (cells, of) => cells.reduce((sum, cell) => sum + of(cell), 0);
  const [days, clients] = ['days', 'clients'].map((name) => [
    sumOf(rows, ({ baseline }) => baseline[name]),
    sumOf([...cube.values()], (cell) => cell[name]),
  ]);
  const same = rows.length === cube.size && days[0] === days[1] && clients[0] === clients[1];
  return same ? `the same ${cube.size} cells` : `OTHER: ${rows.length} and ${cube.size} cells, ${days} days`;
}

// One thread against the least that anything could do with the facts: read every column of them once.
import { Generation } from '../../../dist/libs/archive/src/generation.js';
import { cubeOf, cubeQuestion, withThreads } from './cubes.mjs';
import { named } from './rule-sets.mjs';
import { bestOfFive, report } from './timing.mjs';

export async function oneThread(archive) {
  const bare = await bestOfFive(() => readColumns(archive.shared));
  report('bare pass over every column', bare, archive.clients);
  const one = await withThreads(
    (threads) => bestOfFive(() => cubeOf(archive, threads, cubeQuestion(archive, named('six-weeks')))),
    1,
  );
  report('six-weeks on one thread', one, archive.clients);
  console.log(`the replay is ${(bare.best / one.best).toFixed(3)} times as fast as the bare pass (aim 0.15)`);
  return { 'one thread': one.median };
}

/** A sum, so that nothing of the reading can be left out. */
function readColumns(shared) {
  const generation = new Generation(shared);
  const rows = generation.used('facts');
  let sum = 0;
  for (const column of Object.values(generation.tables.facts)) {
    for (let row = 0; row < rows; row++) sum += column[row];
  }
  return sum;
}

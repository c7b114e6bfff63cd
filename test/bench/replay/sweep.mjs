// A sweep of 27 lengths of the handover beside one replay.
import { cubeOf, cubeQuestion, withThreads } from './cubes.mjs';
import { period } from './archive.mjs';
import { named } from './rule-sets.mjs';
import { bestOfFive, report } from './timing.mjs';

const lengths = Array.from({ length: 27 }, (_, at) => at * 7);

export async function sweep(archive) {
  const [baseline, alternative] = [named('sharp-cut'), named('six-weeks')];
  const vary = { parameter: 'handoverLength', values: lengths };
  const { event } = archive;
  const asked = { baseline, alternative, period, event, population: {}, vary };
  return withThreads(async (threads) => {
    const one = await bestOfFive(() =>
      cubeOf(archive, threads, cubeQuestion(archive, baseline, alternative)),
    );
    const all = await bestOfFive(() => threads.run(archive.shared, 'sweep', asked));
    report('one replay, cube alone', one, archive.clients);
    report(`sweep of ${lengths.length} lengths`, all, archive.clients);
    console.log(`the sweep is ${(all.best / one.best).toFixed(2)} times one replay (aim 1.2)`);
    return { sweep: all.median };
  });
}

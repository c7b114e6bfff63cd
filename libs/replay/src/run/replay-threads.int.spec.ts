import { createHash } from 'node:crypto';
import { ArchiveReader } from '@domeinbrug/archive';
import {
  cellsOf,
  defaultDimensions,
  figuresOf,
  ReplayFailed,
  ReplayStopped,
  ReplayThreads,
  type SliceQuestion,
  type SliceState,
} from '@domeinbrug/replay';
import { archiveOf, people, period, shipped, told } from '../../../../test/replayed-people.js';

jest.setTimeout(300_000);

function questionOf(changes: Partial<SliceQuestion> = {}): SliceQuestion {
  return {
    baseline: shipped('sharp-cut'),
    alternative: shipped('six-weeks-with-aftercare'),
    period,
    event: people,
    lastKnownDay: told.lastDay,
    population: {},
    by: defaultDimensions,
    figures: true,
    mostCells: 100_000,
    mostRows: Infinity,
    ...changes,
  };
}

function digestOf(slices: SliceState[], question: SliceQuestion): string {
  const cells = cellsOf(slices, { ...question, pools: [] });
  const figures = figuresOf(slices, question);
  expect(cells.rows.length).toBeGreaterThan(1_000);
  expect(figures.counts.differing).toBeGreaterThan(20);
  return createHash('sha256')
    .update(JSON.stringify([cells, figures]))
    .digest('hex');
}

describe('threads that replay', () => {
  const inOrder = Array.from({ length: people }, (_, number) => number);
  const shared = archiveOf(inOrder);
  const threads = new ReplayThreads(2);
  afterAll(() => threads.close());

  it('give the same bytes on one thread, on three, and for clients in another order', async () => {
    const question = questionOf();
    const two = digestOf(await threads.run(shared, 'replay', question), question);
    const shuffled = archiveOf(inOrder.toSorted((a, b) => ((a * 7919) % people) - ((b * 7919) % people)));
    for (const [count, archive] of [
      [1, shared],
      [3, shared],
      [3, shuffled],
    ] as const) {
      const others = new ReplayThreads(count);
      expect(digestOf(await others.run(archive, 'replay', question), question)).toBe(two);
      await others.close();
    }
  });

  it('say how far they are, up to the last client', async () => {
    const seen: number[] = [];
    await threads.run(shared, 'replay', questionOf(), { progress: (done) => seen.push(done) });
    expect(seen.at(-1)).toBe(new ArchiveReader(shared).clients);
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
  });

  it('stop when nobody waits any more, and go on with the next run', async () => {
    const abort = new AbortController();
    const first = threads.run(shared, 'replay', questionOf(), {
      progress: () => abort.abort(),
      signal: abort.signal,
    });
    const second = threads.run(shared, 'replay', questionOf());
    await expect(first).rejects.toThrow(ReplayStopped);
    expect(await second).toHaveLength(2);
  });

  it.each([{ mostCells: 5 }, { mostRows: 5 }])('fail with a sentence beyond %p, and go on', async (most) => {
    const first = threads.run(shared, 'replay', questionOf(most));
    const second = threads.run(shared, 'replay', questionOf());
    await expect(first).rejects.toThrow(/more than 5 cells; ask for fewer dimensions/);
    expect(await second).toHaveLength(2);
  });

  it('fail with their reason when they die, while others go on', async () => {
    const small = new ReplayThreads(2, { maxOldGenerationSizeMb: 8 });
    await expect(small.run(shared, 'replay', questionOf())).rejects.toThrow(/thread of the replay died/);
    await expect(small.run(shared, 'replay', questionOf())).rejects.toThrow(ReplayFailed);
    await small.close();
    expect(await threads.run(shared, 'replay', questionOf())).toHaveLength(2);
  });
});

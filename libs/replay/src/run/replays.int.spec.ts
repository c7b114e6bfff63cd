import { Buffer } from 'node:buffer';
import { Replays, ReplayStopped, type ReplayQuestion } from '@domeinbrug/replay';
import { archiveOf, people, period, shipped, told } from '../../../../test/replayed-people.js';

jest.setTimeout(300_000);

describe('cells by another grouping', () => {
  const shared = archiveOf(Array.from({ length: people }, (_, number) => number));
  const question: ReplayQuestion = {
    baseline: shipped('sharp-cut'),
    alternative: shipped('six-weeks'),
    period,
    knownAt: { instant: told.lastDay, position: String(people) },
    digest: 'of this log',
    population: {},
    vary: null,
    privacy: 'k10',
  };
  const replays = new Replays({ folder: null, archive: () => shared, pseudonymKey: Buffer.alloc(32, 1) });
  const { id } = replays.ask(question).status;
  beforeAll(() => replays.ended(id));
  afterAll(() => replays.close());

  it('are computed on for who stays when another leaves', async () => {
    const leaving = new AbortController();
    const both = [replays.cells(id, ['region'], leaving.signal), replays.cells(id, ['region'])];
    leaving.abort();
    const [first, second] = await Promise.all(both);
    expect(first).toBe(second);
    expect(second!.rows.length).toBeGreaterThan(1);
  });

  it('are computed no further once all have left, and anew for who comes then', async () => {
    const leaving = new AbortController();
    const left = replays.cells(id, ['provider'], leaving.signal);
    leaving.abort();
    const come = replays.cells(id, ['provider']);
    await expect(left).rejects.toThrow(ReplayStopped);
    expect((await come).rows.length).toBeGreaterThan(1);
    expect(replays.knownCells(id, ['provider'])).toBe(await come);
  });

  it('are not begun for who has left already', async () => {
    await expect(replays.cells(id, ['service'], AbortSignal.abort())).rejects.toThrow(ReplayStopped);
    expect(replays.knownCells(id, ['service'])).toBeUndefined();
  });
});

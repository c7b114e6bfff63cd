import { existsSync, readFileSync } from 'node:fs';
import { domeinbrug, scratchFolder, type Ended } from './run-domeinbrug.js';

// Each command is a process of its own, on a machine that may have others to run.
jest.setTimeout(300_000);

const folder = scratchFolder();
afterAll(() => folder.remove());

const dataDir = folder.path('people');
const year = ['--first-day', '2024-01-01', '--last-day', '2024-12-31'];

const replay = (...args: string[]): Promise<Ended> => domeinbrug(['replay', ...args, '--data-dir', dataDir]);
const asked = (...more: string[]): Promise<Ended> => replay('sharp-cut', 'six-weeks', ...year, ...more);

interface Answer {
  id: string;
  sameMeaning: boolean;
  counts: Record<string, number | null>;
  sweep: { method: string; points: { values: number[] }[] } | null;
  results: { dimensions: string[]; rows: { labels: string[]; change: { days: number } | null }[] };
}
const answerOf = ({ out }: Ended): Answer => JSON.parse(out) as Answer;
const changedDays = ({ results }: Answer): number =>
  results.rows.reduce((sum, { change }) => sum + (change?.days ?? 0), 0);

beforeAll(async () => {
  const people = folder.path('people.ndjson');
  await domeinbrug(['generate', '--clients', '3,000', '--seed', '3', '--out', people]);
  const imported = await domeinbrug(['import', people, '--history', '--data-dir', dataDir]);
  expect(imported.code).toBe(0);
});

describe('a replay from the command line', () => {
  it('tells what would have changed, keeps the answer and gives it again', async () => {
    const first = await asked();
    expect(first).toMatchObject({ code: 0, err: '' });
    const id = /^id ([0-9a-f]{64})$/m.exec(first.out)![1]!;
    expect(first.out).toContain('Replay of sharp-cut@2026.1 → six-weeks@2026.1');
    expect(first.out).toMatch(/ {2}insurer +district-nursing +[\d,]+ +[\d,]+ +0\n/);
    expect(first.out).toContain('What this does not know');
    expect(existsSync(`${dataDir}/replays/${id}.json`)).toBe(true);
    expect(existsSync(`${dataDir}/archive`)).toBe(true);
    expect((await asked()).out).toBe(first.out);
  });

  it('hides the few from all but an auditor', async () => {
    const [hidden, whole] = [
      answerOf(await asked('--json')),
      answerOf(await asked('--json', '--privacy', 'none')),
    ];
    expect(whole.id).not.toBe(hidden.id);
    expect(whole.results.rows.every(({ change }) => change !== null)).toBe(true);
    expect(hidden.results.rows.some(({ change }) => change === null)).toBe(true);
    expect(hidden.results.rows).toHaveLength(whole.results.rows.length);
    expect(changedDays(whole)).toBeGreaterThan(0);
    expect(changedDays(whole)).toBe(whole.counts['daysGained']);
  });

  it('repeats a kept answer, and its file, byte for byte', async () => {
    const [csv, again] = [folder.path('a.csv'), folder.path('b.csv')];
    const by = ['--by', 'service,funder'];
    const { id } = answerOf(await asked('--json', '--out', csv, ...by));
    const repeated = await replay('--repeat', id, '--out', again, '--threads', '3', ...by);
    expect(repeated).toMatchObject({ code: 0, err: '' });
    expect(repeated.out).toContain('The same answer, byte for byte');
    expect(readFileSync(again)).toEqual(readFileSync(csv));
    expect(readFileSync(csv, 'utf8')).toContain(`# replay: ${id}\r\n`);
    expect(readFileSync(csv, 'utf8')).toMatch(/^funder,service,suppressed,baselineDays,/m);
  });

  it('says so when the answer is another one than was kept', async () => {
    const { id } = answerOf(await asked('--json', '--insurer', '3311'));
    const path = `${dataDir}/replays/${id}.json`;
    const kept = JSON.parse(readFileSync(path, 'utf8')) as { figures: { counts: { clients: number } } };
    kept.figures.counts.clients += 1;
    folder.write(`people/replays/${id}.json`, JSON.stringify(kept));
    const repeated = await replay('--repeat', id, '--json');
    expect(repeated.code).toBe(1);
    expect(JSON.parse(repeated.out)).toMatchObject({ id, same: false });
    expect(await replay('--repeat', '0'.repeat(64))).toMatchObject({
      code: 2,
      err: expect.stringContaining('no answer with the id'),
    });
  });

  it('sweeps a parameter of the alternative', async () => {
    const swept = answerOf(
      await asked('--json', '--privacy', 'none', '--vary', 'handoverLength=0..42 step 14'),
    );
    expect(swept.sweep!.points.flatMap(({ values }) => values)).toEqual([0, 14, 28, 42]);
    expect((await asked('--vary', 'handoverLength=0..42 step 14')).out).toContain('At each handoverLength');
  });

  it('writes Dutch CSV, Parquet and JSON by the name of the file', async () => {
    const [dutch, parquet, json] = ['a.nl.csv', 'a.parquet', 'a.json'].map(folder.path);
    for (const file of [dutch!, parquet!, json!]) expect((await asked('--out', file)).code).toBe(0);
    expect(readFileSync(dutch!, 'utf8')).toMatch(/^\uFEFF# doorrekening: /);
    expect(readFileSync(parquet!).subarray(0, 4).toString()).toBe('PAR1');
    expect(JSON.parse(readFileSync(json!, 'utf8'))).toMatchObject({ privacy: 'k10' });
  });

  it('says before it runs that nothing can differ', async () => {
    const same = await replay('six-weeks', 'six-weeks@2026.1', ...year, '--json');
    expect(same.err).toContain('mean the same');
    expect(answerOf(same)).toMatchObject({ sameMeaning: true, counts: { differing: 0 } });
  });

  it('splits the difference between two kept answers', async () => {
    const ids = await Promise.all(
      [['--known-at', '2025-01-31'], []].map(
        async (more) => answerOf(await asked('--json', '--privacy', 'none', ...more)).id,
      ),
    );
    const { split } = JSON.parse((await replay('--split', ...ids, '--json')).out) as {
      split: Record<string, Record<string, number>>;
    };
    expect(split['rules']!['days']).toBe(0);
    expect(split['corrections']!['days']).not.toBe(0);
    expect(split['total']!['days']).toBe(split['to']!['days']! - split['from']!['days']!);
    const { id } = answerOf(await asked('--json'));
    expect(await replay('--split', ids[0]!, id)).toMatchObject({
      code: 2,
      err: expect.stringContaining('days, people and privacy'),
    });
  });

  it('seals what may leave a place, and adds up what places have sealed', async () => {
    const swept = ['--vary', 'handoverLength=0..42 step 14'];
    const [north, south, both] = ['north.json', 'south.json', 'both.json'].map(folder.path);
    for (const [place, file] of [
      ['north', north!],
      ['south', south!],
    ] as const)
      expect((await asked('--sealed', place, ...swept, '--by', 'service', '--out', file)).code).toBe(0);
    const merged = await domeinbrug(['replay', '--merge', north!, south!, '--out', both!]);
    expect(merged).toMatchObject({ code: 0, err: '' });
    expect(merged.out).toContain('Replays of sharp-cut → six-weeks in north, south');
    expect(merged.out).toContain('At each handoverLength');
    expect(JSON.parse(readFileSync(both!, 'utf8'))).toMatchObject({ format: 'domeinbrug/merged-replay/1' });
    const twice = await domeinbrug(['replay', '--merge', north!, north!]);
    expect(twice).toMatchObject({ code: 1, err: expect.stringContaining('north is there more than once') });
    expect(await asked('--sealed', 'north')).toMatchObject({
      code: 2,
      err: expect.stringContaining('--out'),
    });
  });

  it('tells everything that is wrong at once', async () => {
    const wrong = ['--first-day', '2024-12-31', '--last-day', '2024-01-01', '--municipality', '36'];
    const more = [
      '--vary',
      'handoverLength=0..9999 step 7',
      '--by',
      'colour',
      '--threads',
      '0',
      '--out',
      'x.txt',
    ];
    const { code, out, err } = await replay('nothere', 'six-weeks', ...wrong, ...more);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err.trim().split('\n')).toHaveLength(7);
    for (const part of ['"nothere"', 'turn them round', '36', '400', 'colour', '1 to 64', 'x.txt'])
      expect(err).toContain(part);
    expect(await replay('sharp-cut')).toMatchObject({ code: 2, err: expect.stringContaining('--first-day') });
  });

  it('refuses to replay nobody', async () => {
    const { code, err } = await asked('--municipality', '9999');
    expect(code).toBe(2);
    expect(err).toContain('in this on any day of the period: municipality 9999.');
  });
});

describe('a replay over an archive without a log', () => {
  const archive = folder.path('archive');

  it('gives the same answer at any moment of knowledge, however many threads', async () => {
    await domeinbrug(['generate', '--clients', '2,000', '--seed', '3', '--archive', archive]);
    const over = (...more: string[]): Promise<Ended> =>
      domeinbrug(['replay', 'sharp-cut', 'six-weeks', ...year, '--archive', archive, '--json', ...more]);
    const now = answerOf(await over());
    const repeated = await domeinbrug(['replay', '--repeat', now.id, '--archive', archive, '--threads', '1']);
    expect(repeated.out).toContain('The same answer');
    const before = answerOf(await over('--known-at', '2024-06-30'));
    expect(before.id).not.toBe(now.id);
    expect(before.results).not.toEqual(now.results);
    expect(await over('--known-at', '99999999')).toMatchObject({ code: 2 });
  });

  it('refuses a folder without one', async () => {
    const { code, err } = await domeinbrug([
      'replay',
      'sharp-cut',
      'six-weeks',
      ...year,
      '--archive',
      folder.path('none'),
    ]);
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining('holds no archive') });
  });
});

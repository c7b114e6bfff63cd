import { ArchiveReader, readArchive } from '@domeinbrug/archive';
import { foldVersion } from '@domeinbrug/projections';
import { existsSync, readFileSync } from 'node:fs';
import { domeinbrug, scratchFolder } from './run-domeinbrug.js';

// Each command is a process of its own, on a machine that may have others to run.
jest.setTimeout(120_000);

const folder = scratchFolder();
afterAll(() => folder.remove());

describe('generating a population', () => {
  const file = folder.path('people.ndjson');

  it('writes a history that an empty folder takes in whole', async () => {
    const generated = await domeinbrug([
      'generate',
      '--clients',
      '2,000',
      '--seed',
      '3',
      '--out',
      file,
      '--json',
    ]);
    const { events, clients } = JSON.parse(generated.out) as { events: number; clients: number };
    expect(clients).toBe(2_000);
    const imported = await domeinbrug([
      ...['import', file, '--history', '--json'],
      ...['--data-dir', folder.path('people')],
    ]);
    expect(imported.code).toBe(0);
    expect(JSON.parse(imported.out)[0].counts).toMatchObject({ recorded: events, known: 0, rejected: 0 });
    expect(existsSync(`${file}.reject.ndjson`)).toBe(false);
  });

  it('writes the same to standard output, and of fewer people the same lines', async () => {
    const written = readFileSync(file, 'utf8');
    const again = await domeinbrug(['generate', '--clients', '2000', '--seed', '3']);
    expect(again.out).toBe(written);
    const fewer = (await domeinbrug(['generate', '--clients', '500', '--seed', '3'])).out.split('\n');
    const lines = new Set(written.split('\n'));
    expect(fewer.every((line) => lines.has(line))).toBe(true);
  });

  it('writes the archive that the log would have led to, into an empty folder only', async () => {
    const to = ['--archive', folder.path('archived'), '--json'];
    const generated = await domeinbrug(['generate', '--clients', '2,100', '--seed', '3', ...to]);
    expect(generated).toMatchObject({ code: 0 });
    const said = JSON.parse(generated.out) as { events: number; facts: number };
    const reader = new ArchiveReader(readArchive({ dataDir: folder.path('archived'), foldVersion })!);
    expect(reader.upTo.position).toBe(String(said.events));
    expect(reader.size().facts).toBe(said.facts);
    expect(said.facts / 2_100).toBeGreaterThan(6);
    const kept = readFileSync(folder.path('archived/generated.json'), 'utf8');
    expect(said).toMatchObject(JSON.parse(kept) as object);
    const again = await domeinbrug(['generate', '--clients', '10', ...to]);
    expect(again).toMatchObject({ code: 2, err: expect.stringContaining('empty folder') });
  });

  it('says what it needs', async () => {
    const ended = async (...args: string[]) => domeinbrug(['generate', ...args]);
    expect(await ended('--clients', 'many')).toMatchObject({
      code: 2,
      err: expect.stringContaining('--clients'),
    });
    expect(await ended('--clients', '10', '--until', '2021-12-31')).toMatchObject({
      code: 2,
      err: expect.stringContaining('later day than --from'),
    });
    expect(await ended('--clients', '10', '--until', '2999-12-31')).toMatchObject({
      code: 2,
      err: expect.stringContaining('has yet to end'),
    });
  });
});

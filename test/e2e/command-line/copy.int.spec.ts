import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { domeinbrug, scratchFolder, type Ended } from './run-domeinbrug.js';

jest.setTimeout(120_000);

const scratch = scratchFolder();
const [source, target] = [scratch.path('source'), scratch.path('target')];
const copy = (...more: string[]): Promise<Ended> =>
  domeinbrug(['copy', '--from', source, '--to', target, ...more]);

beforeAll(async () => {
  expect((await domeinbrug(['demo', '--data-dir', source])).code).toBe(0);
});
afterAll(() => scratch.remove());
afterEach(() => rmSync(target, { recursive: true, force: true }));

const coverage = (dataDir: string): Promise<Ended> =>
  domeinbrug(['coverage', 'DemoLateAdmission', '--json', '--data-dir', dataDir]);

it('copies a store, compares it, and gives the same answers from the copy', async () => {
  const file = scratch.path('positions.csv');
  const first = await copy('--json', '--positions', file);
  expect(first).toMatchObject({ code: 0, err: '' });
  const told = JSON.parse(first.out) as { copied: number; events: number; position: string };
  expect(told.copied).toBe(told.events);
  expect(readFileSync(file, 'utf8').trim().split('\n')).toHaveLength(told.copied);
  expect((await coverage(target)).out).toBe((await coverage(source)).out);
  const verified = await domeinbrug(['verify', '--json', '--data-dir', target]);
  expect(JSON.parse(verified.out)).toMatchObject({ log: { events: told.events, broken: [], changed: [] } });
  expect((await copy()).out).toContain('0 events copied');
});

it('goes on with a copy, and says of all events where they lie', async () => {
  const people = scratch.path('more.ndjson');
  const [from, file] = [scratch.path('growing'), scratch.path('all-positions.csv')];
  await domeinbrug(['generate', '--clients', '3', '--out', people]);
  await domeinbrug(['import', people, '--history', '--data-dir', from]);
  const again = (...more: string[]): Promise<Ended> =>
    domeinbrug(['copy', '--from', from, '--to', target, '--json', ...more]);
  const before = JSON.parse((await again()).out) as { events: number };
  await domeinbrug(['generate', '--clients', '5', '--seed', '7', '--out', people]);
  await domeinbrug(['import', people, '--data-dir', from]);
  const after = JSON.parse((await again('--positions', file)).out) as { events: number; copied: number };
  expect(after.copied).toBe(after.events - before.events);
  expect(after.copied).toBeGreaterThan(0);
  const places = readFileSync(file, 'utf8').trim().split('\n');
  expect(places).toEqual(Array.from({ length: after.events }, (_, at) => `${at + 1},${at + 1}`));
});

it('refuses a store that holds others, one that is not there, and the same one', async () => {
  const people = scratch.path('people.ndjson');
  await domeinbrug(['generate', '--clients', '3', '--out', people]);
  await domeinbrug(['import', people, '--history', '--data-dir', target]);
  const keys = readFileSync(join(target, 'keys', 'clients.key'));
  expect(await copy()).toMatchObject({ code: 1, err: expect.stringContaining('Copy into an empty one') });
  expect(readFileSync(join(target, 'keys', 'clients.key'))).toEqual(keys);
  expect(await domeinbrug(['copy', '--from', scratch.path('nowhere'), '--to', target])).toMatchObject({
    code: 2,
    err: expect.stringContaining('nowhere'),
  });
  expect(await domeinbrug(['copy', '--from', source, '--to', source])).toMatchObject({ code: 2 });
});

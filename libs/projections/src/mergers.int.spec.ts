import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { EventLog } from '@domeinbrug/event-store';
import {
  catchUp,
  changesAfter,
  coverageUnder,
  deriveViews,
  fromTheStart,
  storedTimeline,
  verifyViews,
  viewsPath,
  type ChangesOf,
  type ViewsDatabase,
} from '@domeinbrug/projections';
import {
  asking,
  dropFolder,
  dump,
  guidance,
  openFolder,
  record,
  registered,
  shipped,
  viewsIn,
  writing,
} from '../../../test/build/log-folder.js';

const coverage = coverageUnder(fromTheStart(shipped('six-weeks')));
let dataDir: string;
let log: EventLog;

beforeEach(async () => {
  ({ dataDir, log } = await openFolder());
});

afterEach(() => dropFolder({ dataDir, log }));

const project = (): Promise<unknown> => writing(viewsPath(dataDir), (views) => catchUp(views, log, coverage));
const withViews = <T>(ask: (db: ViewsDatabase) => Promise<T>): Promise<T> => asking(viewsPath(dataDir), ask);

async function load(stream: string, type: string, data: Record<string, string>): Promise<void> {
  const stored = await log.readStream(stream);
  const id = `${type} ${stored.length}`;
  const outcome = await log.append({
    stream,
    expectedRevision: stored.at(-1)?.revision ?? 'no-stream',
    events: [
      {
        id,
        type,
        contentHash: createHash('sha256').update(id).digest('hex'),
        content: { specversion: '1.0', source: 'urn:domeinbrug', id, data },
        personal: null,
        metadata: {},
      },
    ],
  });
  expect(outcome.status).toBe('appended');
}
const merger = (code: string, by: string, firstDay: string): Promise<void> =>
  load('reference-codes', 'code-succeeded', { level: 'municipality', code, by, firstDay });
const merge = (type: 'client-merged' | 'client-unmerged', from: string, into: string): Promise<void> =>
  load('reference-clients', type, { from, into, day: '2024-06-01' });

const changesOf = (of: ChangesOf) =>
  withViews(async (db) =>
    (await changesAfter(db, null, 100, of)).map(({ clientId, change, causedBy, after }) => [
      clientId,
      change,
      causedBy[0]!.type,
      ...(after ? [after.firstDay, after.lastDay] : []),
    ]),
  );
const guidanceOf = (client: string) =>
  withViews(async (db) => (await storedTimeline(db, client))?.cover.map(({ funder }) => funder) ?? null);

async function expectAsDerived(): Promise<void> {
  const fresh = join(dataDir, 'fresh.db');
  await deriveViews(viewsIn(dataDir), 'fresh.db', log, coverage);
  expect(dump(viewsPath(dataDir))).toBe(dump(fresh));
  expect(await verifyViews(viewsIn(dataDir), join(dataDir, 'scratch'), log, coverage)).toMatchObject({
    differing: 0,
  });
}

test('a merger of municipalities moves portfolios on its first day, and the feed names it', async () => {
  await record(log, 'CLIENT0A', registered(), guidance);
  await record(log, 'CLIENT0B', registered());
  await project();
  await merger('0363', '1999', '2025-01-01');
  await project();
  expect(await changesOf({ funder: 'municipality:1999' })).toEqual([
    ['CLIENT0A', 'added', 'code-succeeded', '2025-01-01', null],
  ]);
  expect(await changesOf({ funder: 'municipality:0363' })).toEqual([
    ['CLIENT0A', 'added', 'wmo-decision-issued', '2023-05-01', null],
    ['CLIENT0A', 'changed', 'code-succeeded', '2023-05-01', '2024-12-31'],
  ]);
  expect(await guidanceOf('CLIENT0A')).toEqual(['municipality:0363', 'municipality:1999']);
  await expectAsDerived();
});

test('a merger reaches those that an earlier one led to, and who comes after it', async () => {
  await record(log, 'CLIENT0A', registered(), guidance);
  await merger('0363', '1999', '2025-01-01');
  await project();
  await merger('1999', '1998', '2026-01-01');
  await record(log, 'CLIENT0B', registered(), guidance);
  await project();
  const all = ['municipality:0363', 'municipality:1998', 'municipality:1999'];
  expect((await guidanceOf('CLIENT0A'))?.sort()).toEqual(all);
  expect((await guidanceOf('CLIENT0B'))?.sort()).toEqual(all);
  await expectAsDerived();
});

test('two clients that are one person are read under one id, until they are separated', async () => {
  await record(log, 'CLIENT0A', registered());
  await record(log, 'CLIENT0B', guidance);
  await project();
  await merge('client-merged', 'CLIENT0B', 'CLIENT0A');
  await project();
  expect(await guidanceOf('CLIENT0A')).toEqual(['municipality:0363']);
  expect(await guidanceOf('CLIENT0B')).toEqual([]);
  await record(log, 'CLIENT0B', {
    ...registered('more'),
    type: 'client-moved',
    data: { municipality: '0344', firstDay: '2024-01-01' },
  });
  await project();
  expect(await guidanceOf('CLIENT0A')).toEqual(['municipality:0363', 'municipality:0344']);
  await expectAsDerived();
  await merge('client-unmerged', 'CLIENT0B', 'CLIENT0A');
  await project();
  expect(await guidanceOf('CLIENT0A')).toEqual([]);
  expect(await guidanceOf('CLIENT0B')).toEqual(['municipality:0344']);
  expect((await changesOf({ client: 'CLIENT0A' })).map(([, change, type]) => [change, type])).toEqual([
    ['added', 'client-merged'],
    ['changed', 'client-moved'],
    ['added', 'client-moved'],
    ['withdrawn', 'client-unmerged'],
    ['withdrawn', 'client-unmerged'],
  ]);
  await expectAsDerived();
});

test('a merge that comes before the first event of either is a merge all the same', async () => {
  await merge('client-merged', 'CLIENT0B', 'CLIENT0A');
  await record(log, 'CLIENT0B', registered(), guidance);
  await project();
  expect(await guidanceOf('CLIENT0A')).toEqual(['municipality:0363']);
  await expectAsDerived();
});

import { createHash } from 'node:crypto';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { EventLog } from '@domeinbrug/event-store';
import {
  catchUp,
  coverageUnder,
  deriveViews,
  fromTheStart,
  holdersBesideIn,
  readPerson,
  rebuildViews,
  ReferenceBook,
  storedTimeline,
  verifyViews,
  viewsPath,
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
  source,
  writing,
} from '../../../test/build/log-folder.js';

const inForce = fromTheStart(shipped('six-weeks'));
const coverage = coverageUnder(inForce);
let dataDir: string;
let log: EventLog;

beforeEach(async () => {
  ({ dataDir, log } = await openFolder());
});

afterEach(() => dropFolder({ dataDir, log }));

const project = (): Promise<unknown> => writing(viewsPath(dataDir), (views) => catchUp(views, log, coverage));
/** The ids of the events whose key is shared, in the stored timeline. */
const sharedBy = (client: string): Promise<string[]> =>
  asking(viewsPath(dataDir), async (db) =>
    ((await storedTimeline(db, client))?.findings ?? [])
      .filter(({ code }) => code === 'duplicate-key')
      .flatMap(({ events }) => events.map(({ id }) => id)),
  );

async function merge(type: 'client-merged' | 'client-unmerged', from: string, into: string): Promise<void> {
  const stored = await log.readStream('reference-clients');
  const id = `${type} ${stored.length}`;
  const contentHash = createHash('sha256').update(id).digest('hex');
  const content = {
    specversion: '1.0',
    source: 'urn:domeinbrug',
    id,
    data: { from, into, day: '2024-06-01' },
  };
  await log.append({
    stream: 'reference-clients',
    expectedRevision: 'any',
    events: [{ id, type, contentHash, content, personal: null, metadata: {} }],
  });
}

/** Event by event, in batches, derived and rebuilt all the same, and verified. */
async function expectTheSame(): Promise<void> {
  const stored = dump(viewsPath(dataDir));
  const fresh = join(dataDir, 'fresh.db');
  await writing(fresh, (views) => catchUp(views, log, coverage));
  expect(dump(fresh)).toBe(stored);
  await deriveViews(viewsIn(dataDir), 'fresh.db', log, coverage);
  expect(dump(fresh)).toBe(stored);
  expect(await verifyViews(viewsIn(dataDir), join(dataDir, 'scratch'), log, coverage)).toMatchObject({
    differing: 0,
  });
  await rebuildViews(viewsIn(dataDir), log, inForce);
  expect(dump(viewsPath(dataDir))).toBe(stored);
}

test('a key that a second client brings is found with both, and a third changes nothing for them', async () => {
  await record(log, 'CLIENT0B', registered('one'), guidance);
  await project();
  expect(await sharedBy('CLIENT0B')).toEqual([]);
  await record(log, 'CLIENT0A', registered('one'));
  await project();
  expect([await sharedBy('CLIENT0A'), await sharedBy('CLIENT0B')]).toEqual([['one'], ['one']]);
  await record(log, 'CLIENT0C', registered('one'));
  await project();
  expect(await sharedBy('CLIENT0C')).toEqual(['one']);
  await asking(viewsPath(dataDir), async (db) => {
    expect((await storedTimeline(db, 'CLIENT0B'))?.position).toBe('3');
    const rows = await db
      .selectFrom('findings')
      .select(['client', 'organisation'])
      .orderBy('client')
      .execute();
    expect(rows).toEqual(
      ['CLIENT0A', 'CLIENT0B', 'CLIENT0C'].map((client) => ({
        client,
        organisation: 'urn:nld:agb:65656055',
      })),
    );
  });
  await expectTheSame();
});

test('ids that are one person share nothing with each other, before and after that they do', async () => {
  await record(log, 'CLIENT0A', registered('one'));
  await record(log, 'CLIENT0B', registered('one'), guidance);
  await project();
  expect(await sharedBy('CLIENT0A')).toEqual(['one']);
  await merge('client-merged', 'CLIENT0B', 'CLIENT0A');
  await project();
  expect([await sharedBy('CLIENT0A'), await sharedBy('CLIENT0B')]).toEqual([[], []]);
  await expectTheSame();
  await record(log, 'CLIENT0C', guidance);
  await project();
  expect(await sharedBy('CLIENT0A')).toEqual([guidance.id]);
  expect(await sharedBy('CLIENT0C')).toEqual([guidance.id]);
  await merge('client-unmerged', 'CLIENT0B', 'CLIENT0A');
  await project();
  expect(await sharedBy('CLIENT0A')).toEqual(['one']);
  expect(await sharedBy('CLIENT0B')).toEqual(['one', guidance.id]);
  await expectTheSame();
});

test('an event that cannot be read parks its own client, and not the other that has its key', async () => {
  await record(log, 'CLIENT0A', registered('one'));
  await record(log, 'CLIENT0B', registered(), { type: 'no-such-event', id: 'one', data: {} });
  await project();
  expect(await sharedBy('CLIENT0A')).toEqual(['one']);
  expect(await sharedBy('CLIENT0B')).toEqual([]);
  await expectTheSame();
});

test('a live answer says what the table says, and at an earlier position what was known there', async () => {
  await record(log, 'CLIENT0A', registered('one'));
  await record(log, 'CLIENT0B', registered('one'));
  await project();
  await asking(viewsPath(dataDir), async (db) => {
    const beside = holdersBesideIn({ views: () => db });
    const person = await readPerson(log, new ReferenceBook(log), 'CLIENT0A', '2', beside);
    expect(person.journeyAt('1').reference?.sharedKeys).toBeUndefined();
    expect(person.journeyAt('2').reference?.sharedKeys).toMatchObject([{ source, id: 'one' }]);
  });
});

test('verify names a key that was tampered with', async () => {
  await record(log, 'CLIENT0A', registered('one'));
  await project();
  const file = new Database(viewsPath(dataDir));
  file.exec('update event_keys set shared = 1');
  file.close();
  expect(await verifyViews(viewsIn(dataDir), join(dataDir, 'scratch'), log, coverage)).toMatchObject({
    differing: 1,
    differences: [{ table: 'event_keys', difference: 'different', columns: ['shared'] }],
  });
});

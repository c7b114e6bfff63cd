import { statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import Database from 'better-sqlite3';
import type { EventLog } from '@domeinbrug/event-store';
import {
  catchUp,
  changesAfter,
  clientsFoldedAfter,
  coverageUnder,
  deriveViews,
  feedOf,
  findingCounts,
  fromTheStart,
  funderPage,
  parkedClients,
  rebuildViews,
  startProjections,
  storedTimeline,
  verifyViews,
  viewsPath,
  type ClientCoverage,
  type Projections,
  type ViewsDatabase,
} from '@domeinbrug/projections';
import type { RuleSet } from '@domeinbrug/rules';
import * as folder from '../../../test/build/log-folder.js';
import {
  admission,
  asking,
  caseManagement,
  dropFolder,
  guidance,
  indication,
  openFolder,
  registered,
  shipped,
  viewsIn,
  source,
  writing,
  type Sent,
} from '../../../test/build/log-folder.js';

const rules = shipped('six-weeks');
const coverage = coverageUnder(fromTheStart(rules));
let dataDir: string;
let log: EventLog;

beforeEach(async () => {
  ({ dataDir, log } = await openFolder());
});

afterEach(() => dropFolder({ dataDir, log }));

const record = (client: string, ...events: Sent[]): Promise<void> => folder.record(log, client, ...events);
const recordThree = (): Promise<void> => folder.recordThree(log);
const withViews = <T>(ask: (db: ViewsDatabase) => Promise<T>): Promise<T> => asking(viewsPath(dataDir), ask);
const project = (by: ClientCoverage = coverage): Promise<unknown> =>
  writing(viewsPath(dataDir), (views) => catchUp(views, log, by));
const dump = (path = viewsPath(dataDir)): string => folder.dump(path);

test('each event has its own changes, also when all were folded in one batch', async () => {
  await recordThree();
  await project();
  await withViews(async (db) => {
    const changes = await changesAfter(db, null, 100, { client: 'CLIENT0A' });
    expect(
      changes.map(({ position, ordinal, change, funder, before, after }) => [
        `${position}.${ordinal}`,
        change,
        funder,
        before && `${before.rule} ${before.firstDay}..${before.lastDay ?? ''}`,
        after && `${after.rule} ${after.firstDay}..${after.lastDay ?? ''}`,
      ]),
    ).toEqual([
      ['3.1', 'added', 'insurer:3311', null, 'table 2023-06-01..'],
      ['11.1', 'changed', 'insurer:3311', 'table 2023-06-01..', 'table 2023-06-01..2024-03-03'],
      ['11.2', 'added', 'insurer:3311', null, 'handover 2024-03-04..2024-04-14'],
      ['11.3', 'added', 'care-office:5515', null, 'table 2024-03-04..'],
    ]);
    expect(changes.at(-1)).toMatchObject({
      clientId: 'CLIENT0A',
      causedBy: [{ source, id: 'adm', type: 'client-admitted' }],
    });
    expect(await changesAfter(db, changes[2]!, 100, { client: 'CLIENT0A' })).toEqual(changes.slice(3));
    expect(await feedOf(db)).toEqual({ since: '0', complete: true });
    const seen = await changesAfter(db, null, 100, { funder: 'care-office:5515' });
    expect(seen.map(({ clientId }) => clientId)).toEqual(['CLIENT0C', 'CLIENT0A']);
  });
});

test('event by event, in batches and rebuilt give the same rows, changes and positions', async () => {
  await record('CLIENT0B', registered());
  await project();
  await record('CLIENT0A', registered(), caseManagement);
  await project();
  await record('CLIENT0B', guidance);
  await record('CLIENT0A', indication);
  await record('CLIENT0C', registered(), guidance, caseManagement, indication, admission);
  await project();
  await record('CLIENT0A', admission);
  await record('CLIENT0B', indication);
  await project();
  const bitByBit = dump();
  const fresh = join(dataDir, 'fresh.db');
  await writing(fresh, (views) => catchUp(views, log, coverage));
  expect(dump(fresh)).toBe(bitByBit);
  await rebuildViews(viewsIn(dataDir), log, fromTheStart(rules));
  expect(dump()).toBe(bitByBit);
});

test('findings are counted as they come and go', async () => {
  const keptUp = await writing(viewsPath(dataDir), async (views) => {
    const awaitDelivery = async (): Promise<number | undefined> => {
      await catchUp(views, log, coverage);
      return views.findings['delivery-unknown'];
    };
    await record('CLIENT0A', registered(), indication);
    await record('CLIENT0B', registered(), indication);
    expect(await awaitDelivery()).toBe(2);
    await record('CLIENT0A', admission);
    expect(await awaitDelivery()).toBe(1);
    await record('CLIENT0B', admission);
    expect(await awaitDelivery()).toBeUndefined();
    await record('CLIENT0C', registered(), indication);
    expect(await awaitDelivery()).toBe(1);
    return views.findings;
  });
  expect(await withViews(findingCounts)).toEqual(keptUp);
  await writing(viewsPath(dataDir), (views) => Promise.resolve(expect(views.findings).toEqual(keptUp)));
});

test('what is derived up to a position is what was known there', async () => {
  await recordThree();
  await project();
  const early = join(dataDir, 'early.db');
  await deriveViews(viewsIn(dataDir), 'early.db', log, coverage, { position: '4', recordedAt: 0 });
  await asking(early, async (db) => {
    expect(await storedTimeline(db, 'CLIENT0C')).toBeNull();
    expect((await storedTimeline(db, 'CLIENT0B'))?.cover).toMatchObject([
      { service: 'guidance', lastDay: null },
    ]);
  });
});

test('a funder’s page has its rows and gaps of the days asked', async () => {
  await recordThree();
  await project();
  await withViews(async (db) => {
    const question = { funder: 'municipality:0363', firstDay: '2024-02-01', lastDay: '2024-02-01' } as const;
    const first = await funderPage(db, question, '', 1);
    expect(first).toMatchObject({
      more: true,
      clients: [
        {
          clientId: 'CLIENT0B',
          cover: [],
          gaps: [{ service: 'guidance', reason: 'excluded-by-wlz', law: 'wmo' }],
        },
      ],
    });
    expect((await funderPage(db, question, 'CLIENT0B', 1)).more).toBe(false);
    const insurer = { funder: 'insurer:3311', firstDay: '2024-03-04', lastDay: '2024-03-04' } as const;
    expect((await funderPage(db, insurer, '', 9)).clients.flatMap(({ cover }) => cover)).toMatchObject([
      { service: 'case-management', kind: 'handover' },
      { service: 'case-management', kind: 'handover' },
    ]);
    expect((await funderPage(db, { ...insurer, kinds: ['regular'] }, '', 9)).clients).toEqual([]);
    // The last because the event at 11 has the source and id of one of its own.
    expect(await clientsFoldedAfter(db, '10', '', null)).toEqual(['CLIENT0A', 'CLIENT0B', 'CLIENT0C']);
  });
});

test('verify finds nothing in sound read models and names each row that was tampered with', async () => {
  await recordThree();
  await project();
  const scratch = join(dataDir, 'scratch');
  const sound = (await verifyViews(viewsIn(dataDir), scratch, log, coverage))!;
  expect(sound).toMatchObject({ differing: 0, differences: [], refused: null, position: '12' });
  expect(sound.rows['changes']).toBeGreaterThan(5);

  const file = new Database(viewsPath(dataDir));
  file.exec("update portfolio set share = 50 where client = 'CLIENT0A' and ordinal = 0");
  file.exec("delete from changes where position like '%11' and ordinal = 2");
  file.exec("insert into parked values ('CLIENT0Z', '1', 1, 'made up')");
  file.close();
  const found = (await verifyViews(viewsIn(dataDir), scratch, log, coverage))!;
  expect(found.differing).toBe(3);
  expect(found.differences).toEqual([
    { table: 'portfolio', row: 'client CLIENT0A, ordinal 0', difference: 'different', columns: ['share'] },
    { table: 'changes', row: 'position 11, ordinal 2', difference: 'missing', columns: [] },
    { table: 'parked', row: 'client CLIENT0Z', difference: 'unexpected', columns: [] },
  ]);
});

test('verify refuses read models of other rules instead of calling them wrong', async () => {
  await recordThree();
  await project({ ...coverage, identity: 'of other rules' });
  const result = await verifyViews(viewsIn(dataDir), join(dataDir, 'scratch'), log, coverage);
  expect(result?.refused).toContain('of other rules');
});

test('a poison event parks its client and nobody else', async () => {
  await record('CLIENT0A', registered(), caseManagement);
  await record('CLIENT0A', { type: 'no-such-event', id: 'poison', data: {} });
  await record('CLIENT0A', admission);
  await record('CLIENT0B', registered(), guidance);
  await project();
  await withViews(async (db) => {
    expect(await parkedClients(db)).toMatchObject([{ clientId: 'CLIENT0A', position: '3' }]);
    expect((await storedTimeline(db, 'CLIENT0A'))?.position).toBe('2');
    expect((await storedTimeline(db, 'CLIENT0B'))?.cover).toHaveLength(1);
  });
  const before = dump();
  await rebuildViews(viewsIn(dataDir), log, fromTheStart(rules));
  expect(dump()).toBe(before);
});

async function feedCompleted(projections: Projections): Promise<void> {
  let told: () => void = () => undefined;
  const stop = projections.subscribe(() => told());
  for (;;) {
    const next = new Promise<void>((resolve) => (told = resolve));
    if ((await feedOf(projections.views())).complete) break;
    await next;
  }
  stop();
}

test('the projector’s thread follows the log, resumes after it was stopped, and rebuilds for other rules', async () => {
  const first = startProjections({ dataDir, inForce: fromTheStart(rules), log });
  await record('CLIENT0A', registered(), caseManagement);
  expect(await first.reached('2', 10_000)).toBe(true);
  expect(await first.status()).toMatchObject({
    state: 'current',
    position: '2',
    lag: { events: 0 },
    parked: [],
  });
  expect(await first.reached('3', 0)).toBe(false);
  await first.close();

  await record('CLIENT0A', indication, admission);
  const second = startProjections({ dataDir, inForce: fromTheStart(rules), log });
  expect(await second.reached('4', 10_000)).toBe(true);
  expect((await storedTimeline(second.views(), 'CLIENT0A'))?.cover.map(({ rule }) => rule)).toContain(
    'handover',
  );
  await second.close();

  const plain: RuleSet = { ...rules, windows: [], hash: '0'.repeat(64) };
  const third = startProjections({ dataDir, inForce: fromTheStart(plain), log });
  expect(await third.reached('4', 10_000)).toBe(true);
  expect((await storedTimeline(third.views(), 'CLIENT0A'))?.cover.map(({ rule }) => rule)).not.toContain(
    'handover',
  );
  await feedCompleted(third);
  expect(await changesAfter(third.views(), null, 100, { client: 'CLIENT0A' })).toHaveLength(3);
  await third.close();
});

test('a journal that a reader kept from being cut off is cut off after the reader, though nothing more comes in', async () => {
  const projections = startProjections({ dataDir, inForce: fromTheStart(rules), log });
  const journal = (): number => statSync(`${viewsPath(dataDir)}-wal`).size;
  try {
    await record('CLIENT0A', registered(), guidance);
    expect(await projections.reached('2', 10_000)).toBe(true);
    const reader = new Database(viewsPath(dataDir), { readonly: true });
    reader.exec('BEGIN');
    reader.prepare('SELECT count(*) FROM changes').get();
    await record('CLIENT0A', { type: 'client-erased', id: 'erasure', data: { day: '2025-03-04' } });
    expect(await projections.reached('3', 10_000)).toBe(true);
    // Long enough for the projector to wait for events again; it has to come back to the journal by itself.
    await setTimeout(2_000);
    expect(journal()).toBeGreaterThan(0);
    reader.close();
    for (const began = Date.now(); journal() > 0 && Date.now() - began < 10_000;) await setTimeout(50);
    expect(journal()).toBe(0);
  } finally {
    await projections.close();
  }
});

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { changeColumns } from '../change-rows.js';
import { coverageUnder } from '../client-coverage.js';
import type { Value } from '../client-rows.js';
import type { RulesInForce } from '../rules-in-force.js';
import type { Checkpoint } from '../checkpoint.js';
import { findingCounts } from '../status.js';
import type { ViewsDatabase } from '../tables.js';
import type { ClientUpdate, ViewsBatch } from '../views-writer.js';
import { answersOf } from './answers.js';
import { sampleHistory } from './sample-history.js';
import { ViewsUnderTest, type Place, type Told } from './views-under-test.js';

/** Registers, as Jest tests, everything that a place for read models promises; every adapter runs the same suite. */
export function describeViews(
  name: string,
  openPlace: () => Promise<Place>,
  openLog: () => Promise<Told>,
  inForce: RulesInForce,
): void {
  describe(`read models in ${name}`, () => {
    let views: ViewsUnderTest;

    beforeEach(async () => {
      views = new ViewsUnderTest(await openPlace(), await openLog(), coverageUnder(inForce));
    });

    afterEach(() => views.discard());

    describeGenerations(() => views);
    describeRows(() => views);
    describeErasures(() => views);
    describeBatches(() => views);
  });
}

function describeGenerations(views: () => ViewsUnderTest): void {
  test('nothing is in force before something was put there', async () => {
    const { store } = views();
    expect(await store.current()).toBeNull();
    const first = await store.next();
    await (await store.openForWriting(first)).close();
    await store.putInForce(first);
    expect(await store.current()).toBe(first);
    expect(await store.next()).not.toBe(first);
  });

  test('how far a building is can be read until it has ended', async () => {
    const { store } = views();
    const told = { generation: await store.next(), since: 1_000, toldAt: 2_000, share: 0.5 };
    expect(await store.building()).toBeNull();
    await store.tellBuilding({ ...told, share: 0.25 });
    await store.tellBuilding(told);
    expect(await store.building()).toEqual(told);
    await views().rebuild();
    expect(await store.building()).toBeNull();
  });

  test('an answer goes on in the generation that it began in', async () => {
    await views().record(sampleHistory);
    await views().project();
    await views().reading(async (former) => {
      const before = await answersOf(former);
      await views().rebuild();
      expect(await answersOf(former)).toEqual(before);
    });
    await views().store.dropFormer();
    expect(await views().verified()).toMatchObject({ differing: 0 });
  });
}

function describeRows(views: () => ViewsUnderTest): void {
  test('event by event, in batches and rebuilt give what the log gives, and the same answers', async () => {
    for (const [turn, step] of sampleHistory.entries()) {
      await views().record([step]);
      if (turn % 3 === 0) await views().project();
    }
    await views().project();
    const kept = await views().verified();
    expect(kept).toMatchObject({ differing: 0, refused: null });
    expect(Object.entries(kept.rows).filter(([, rows]) => rows === 0)).toEqual([]);
    const answers = await views().reading(answersOf);
    expect(answers).toEqual(await views().answersOfDerived());
    await views().rebuild();
    expect(await views().verified()).toEqual(kept);
    expect(await views().reading(answersOf)).toEqual(answers);
  });
}

function describeErasures(views: () => ViewsUnderTest): void {
  test('of clients who were erased nothing is left, and a key that one shared is the other’s alone', async () => {
    await views().record(sampleHistory);
    await views().project();
    const before = await views().reading(heldOf);
    const erased = ['CLIENT0A', 'CLIENT0B', 'CLIENT0E'];
    expect(before.clients).toEqual([...erased, 'CLIENT0C', 'CLIENT0D'].sort());
    expect(before.sharedAlone).toEqual([]);
    await views().writing(async (writer) => {
      const findings = await views().reading(findingCounts);
      expect(writer.findings).toEqual(findings);
      const at = (await writer.checkpoint())!;
      await writer.storeBatch({ ...nothingMore(at), erased });
      expect(writer.findings).toEqual(await views().reading(findingCounts));
    });
    const after = await views().reading(heldOf);
    expect(after.clients).toEqual(['CLIENT0C', 'CLIENT0D']);
    expect(after.sharedAlone).toEqual([]);
  });

  test('what was read for the feed before an erasure is not filled in after it', async () => {
    await views().record(sampleHistory);
    await views().project();
    await views().writing(async (writer) => {
      const at = (await writer.checkpoint())!;
      await writer.storeBatch({ ...nothingMore(at), erased: ['CLIENT0A'] });
      const entryOf = (client: string): Value[] =>
        changeColumns.map((column) => (column === 'client' ? client : column === 'ordinal' ? 900 : '1'));
      await writer.addChanges([entryOf('CLIENT0A'), entryOf('CLIENT0C')]);
    });
    const feedOfClient = (client: string) =>
      views().reading((db) =>
        db.selectFrom('changes').select('ordinal').where('client', '=', client).execute(),
      );
    expect(await feedOfClient('CLIENT0A')).toEqual([]);
    expect(await feedOfClient('CLIENT0C')).toContainEqual({ ordinal: 900 });
  });
}

function describeBatches(views: () => ViewsUnderTest): void {
  test('a batch that cannot be stored leaves nothing behind', async () => {
    await views().record(sampleHistory.slice(0, 6));
    await views().project();
    const before = await views().reading(answersOf);
    await views().writing(async (writer) => {
      const at = (await writer.checkpoint())!;
      const findings = { ...writer.findings };
      const batch = { ...nothingMore(at), clients: [endingBeforeItBegins] };
      const fails = { message: expect.stringContaining('portfolio_days') };
      await expect(writer.storeBatch(batch)).rejects.toMatchObject(fails);
      expect(writer.findings).toEqual(findings);
      expect(await writer.checkpoint()).toEqual(at);
    });
    expect(await views().reading(answersOf)).toEqual(before);
  });

  test('a batch may concern more clients and keys than a statement takes values', async () => {
    await views().record(sampleHistory.slice(0, 6));
    await views().project();
    await views().writing(async (writer) => {
      const at = (await writer.checkpoint())!;
      const parked = { position: '7', recordedAt: 1, reason: 'a test' };
      const clients = Array.from({ length: 66_000 }, (_, number) => `MANY${number}`);
      const keys = clients.map((_, number) => number.toString(16).padStart(64, '0'));
      const holders = clients.map((client, number) => ({ client, key: keys[number]!, position: '7' }));
      const updates = clients.map((client) => ({ client, rows: null, before: null, parked }));
      const first = nothingMore(at);
      await writer.storeBatch({ ...first, clients: updates, holders, sharedKeys: keys });
      expect((await writer.storedClients(clients)).get(clients.at(-1)!)?.parked).toEqual(parked);
      expect(await writer.keys.firstHolders(keys)).toHaveLength(keys.length);
      expect(await writer.keys.sharersAmong(clients)).toHaveLength(clients.length);
      const next = { ...nothingMore(first.to), from: first.to.position, to: { ...at, position: '1000' } };
      await writer.storeBatch({ ...next, clients: updates.map((update) => ({ ...update, parked: null })) });
      await writer.reread();
      expect((await writer.storedClients(clients)).get(clients.at(-1)!)?.parked).toBeNull();
    });
  }, 60_000);

  test('findings are counted of what was stored, also when filling in the feed fails at the same moment', async () => {
    await views().record(sampleHistory.slice(0, 6));
    await views().project();
    await views().writing(async (writer) => {
      const rows = { ...endingBeforeItBegins.rows!, portfolio: [] };
      const batch = {
        ...nothingMore((await writer.checkpoint())!),
        clients: [{ ...endingBeforeItBegins, rows }],
      };
      const ofNobody = changeColumns.map((column) => (column === 'client' ? null : '1'));
      const outcomes = await Promise.allSettled([writer.storeBatch(batch), writer.addChanges([ofNobody])]);
      expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
      expect(writer.findings).toMatchObject({ 'after-death': 1 });
    });
  });

  test('a batch that does not begin where the read models are is refused, and changes nothing', async () => {
    await views().record(sampleHistory.slice(0, 6));
    await views().project();
    await views().writing(async (writer) => {
      const at = (await writer.checkpoint())!;
      const parked = { position: '7', recordedAt: 1, reason: 'a test' };
      const clients = [{ client: 'CLIENT0Z', rows: null, before: null, parked }];
      const elsewhere = { ...nothingMore(at), clients, from: '5' };
      await expect(writer.storeBatch(elsewhere)).rejects.toMatchObject({ name: 'ViewsMoved' });
      expect(await writer.checkpoint()).toEqual(at);
      const stored = await writer.storedClients(['CLIENT0Z']);
      expect(stored.get('CLIENT0Z')).toEqual({ timeline: null, parked: null });
    });
  });
}

/** A batch of events that concern nobody. */
function nothingMore(at: Checkpoint): ViewsBatch {
  const to = { ...at, position: '999' };
  return { erased: [], clients: [], holders: [], sharedKeys: [], changes: [], from: at.position, to };
}

const tables = [
  'timelines',
  'portfolio',
  'portfolio_gaps',
  'minutes',
  'findings',
  'event_keys',
  'changes',
  'parked',
] as const;

/** Of whom any table tells, and keys that are said to be shared and have one holder. */
async function heldOf(db: ViewsDatabase): Promise<{ clients: string[]; sharedAlone: unknown[] }> {
  const clients = new Set<string>();
  for (const table of tables)
    for (const { client } of await db.selectFrom(table).select('client').execute()) clients.add(client);
  const { rows } = await sql`
    select key from event_keys group by key having count(*) = 1 and max(shared) = 1`.execute(db);
  return { clients: [...clients].sort(), sharedAlone: rows };
}

const days = ['2024-02-01', '2024-01-01'];

const endingBeforeItBegins: ClientUpdate = {
  client: 'CLIENT0Z',
  rows: {
    timelines: [['CLIENT0Z', '1', 1, '{}']],
    portfolio: [
      ['CLIENT0Z', 0, 'insurer:3311', 'guidance', 'regular', 'table', ...days, 100, null, null, '{}'],
    ],
    portfolio_gaps: [],
    minutes: [],
    findings: [['CLIENT0Z', 0, 'after-death', 'text', 'urn:nld:agb:1', '[]']],
  },
  before: null,
  parked: null,
};

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { openViewsStore, type ViewsStore } from '@domeinbrug/projections';
import { FaultyProxy } from '../../../../test/servers/faulty-proxy.js';
import { describeWithPostgres } from '../../../../test/servers/postgres-server.js';
import { until } from '../../../../test/servers/under-faults.js';

describeWithPostgres('read models behind a bad network', (server) => {
  let dataDir: string;
  let schema: string;
  let proxy: FaultyProxy;
  let opened: ViewsStore[];

  beforeEach(async () => {
    [dataDir, schema, opened] = [mkdtempSync(join(tmpdir(), 'domeinbrug-views-')), server().newSchema(), []];
    proxy = await FaultyProxy.before(Number(new URL(server().url).port || 5432));
  });

  afterEach(async () => {
    proxy.release();
    for (const store of opened) await store.close();
    await proxy.close();
    await server().dropSchemas(schema);
    rmSync(dataDir, { recursive: true });
  });

  /** @param settings of the driver, as an address may have them */
  const openBehind = (settings: Record<string, string> = {}): ViewsStore => {
    const url = new URL(server().url);
    [url.hostname, url.port] = ['127.0.0.1', String(proxy.port)];
    for (const [name, value] of Object.entries(settings)) url.searchParams.set(name, value);
    return open(url.href);
  };
  const open = (url = server().url): ViewsStore => {
    const store = openViewsStore({ kind: 'postgres', url, schema, dataDir });
    opened.push(store);
    return store;
  };
  const connections = async (purpose: string, more = ''): Promise<number> => {
    const rows = await server().query(
      `SELECT FROM pg_stat_activity WHERE application_name = 'domeinbrug views ${purpose}' ${more}`,
    );
    return rows.length;
  };

  it('a connection that died without a word is given up after one question, and after one transaction', async () => {
    const store = openBehind({ query_timeout: '500' });
    await store.claim(() => undefined);
    const writer = await store.openForWriting(await store.next());
    proxy.forget();
    await expect(store.heldBy()).rejects.toThrow('timeout');
    expect(await store.heldBy()).toContain(`process ${process.pid}`);
    const before = Date.now();
    await expect(writer.emptyFeed('1')).rejects.toThrow();
    expect(Date.now() - before).toBeLessThan(950); // one question's time: to roll back would take as long again
    await writer.emptyFeed('1');
    await writer.close();
  });

  it('following needs one connection, however long connecting takes, and none afterwards', async () => {
    const store = openBehind();
    await store.claim(() => undefined);
    proxy.slowDown(700); // to be let in takes several times as long, and a look is taken each second
    let looks = 0;
    const stop = store.follow(() => looks++);
    await until(async () => looks > 3 && (await connections('listen')) === 1);
    await stop();
    proxy.slowDown(0);
    await until(async () => (await connections('listen')) === 0);
  });

  it('following that ends while it connects leaves no connection', async () => {
    proxy.slowDown(300);
    await openBehind().follow(() => undefined)();
    proxy.slowDown(0);
    await until(async () => (await connections('listen')) === 0);
  });

  it('the server gives up a statement of a process that is gone, and lets the next one take over', async () => {
    const [gone, next] = [openBehind(), open()];
    await gone.claim(() => undefined);
    const generation = await gone.next();
    const writer = await gone.openForWriting(generation);
    await holding(`LOCK TABLE ${generation}.changes`, async () => {
      const waiting = writer.emptyFeed('1').catch((error: unknown) => error);
      await until(async () => (await connections('write', "AND wait_event_type = 'Lock'")) === 1);
      proxy.refuse(true);
      await waiting;
      await until(async () => (await connections('write')) === 0);
      await until(() => next.claim(() => undefined));
    });
    await writer.close();
  });

  it('whoever takes over waits for nothing that the former holder builds', async () => {
    const [former, next] = [open(), open()];
    await former.claim(() => undefined);
    const current = await former.next();
    await (await former.openForWriting(current)).close();
    const built = await former.next();
    let addKeys: () => void = () => undefined;
    const mayAdd = new Promise<void>((resolve) => (addKeys = resolve));
    let made = Promise.resolve();
    const isFilling = new Promise<void>((filling) => {
      made = former.make(built, async (views) => {
        await views.addClients([]);
        filling();
        await mayAdd;
        await views.addCollectedKeys();
      });
    });
    await isFilling;
    await holding(`LOCK TABLE ${built}.event_keys`, async () => {
      addKeys();
      await until(async () => (await connections('build', "AND wait_event_type = 'Lock'")) === 1);
      await until(async () => {
        await expire();
        return next.claim(() => undefined);
      });
    });
    await made.catch(() => undefined);
  });

  it('nor for the indexes that it makes', async () => {
    const [former, next] = [open(), open()];
    await former.claim(() => undefined);
    const current = await former.next();
    await (await former.openForWriting(current)).close();
    const built = await former.next();
    let release: () => Promise<void> = () => Promise.resolve();
    const made = former.make(built, async () => {
      release = await held(`LOCK TABLE ${built}.timelines`);
    });
    await until(async () => (await connections('build', "AND wait_event_type = 'Lock'")) === 1);
    const before = Date.now();
    const writer = await next.openForWriting(current);
    expect(Date.now() - before).toBeLessThan(5_000);
    await writer.close();
    await release();
    await made;
  });

  /** As if its holder had been paused for that long. */
  const expire = (): Promise<unknown> =>
    server().query(`UPDATE ${schema}_views.lease SET expires_at = '-infinity'`);

  /** Holds a lock, over a connection of its own; returns the way to let go. */
  async function held(lock: string): Promise<() => Promise<void>> {
    const client = new Client({ connectionString: server().url });
    await client.connect();
    await client.query(`BEGIN; ${lock}`);
    return () => client.end();
  }

  async function holding(lock: string, work: () => Promise<void>): Promise<void> {
    const release = await held(lock);
    try {
      await work();
    } finally {
      await release();
    }
  }
});

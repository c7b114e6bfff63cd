import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import {
  catchUp,
  coverageUnder,
  fromTheStart,
  openViewsStore,
  verifyViews,
  type ViewsStore,
} from '@domeinbrug/projections';
import { dropFolder, openFolder, recordThree, shipped } from '../../../../test/build/log-folder.js';
import { describeWithPostgres, type PostgresServer } from '../../../../test/servers/postgres-server.js';
import { until } from '../../../../test/servers/under-faults.js';

const coverage = coverageUnder(fromTheStart(shipped('six-weeks')));

describeWithPostgres('the lease on read models', (server) => {
  let dataDir: string;
  let schema: string;
  let opened: ViewsStore[];

  beforeEach(() => {
    [dataDir, schema, opened] = [mkdtempSync(join(tmpdir(), 'domeinbrug-lease-')), server().newSchema(), []];
  });

  afterEach(async () => {
    for (const store of opened) await store.close();
    await server().dropSchemas(schema);
    rmSync(dataDir, { recursive: true });
  });

  const open = (): ViewsStore => {
    const store = openViewsStore({ kind: 'postgres', url: server().url, schema, dataDir });
    opened.push(store);
    return store;
  };

  /** As if the holder had been paused for that long. */
  const expire = (of: PostgresServer): Promise<unknown> =>
    of.query(`UPDATE ${schema}_views.lease SET expires_at = clock_timestamp() - interval '1 s'`);

  it('is held by one, and had by the next as soon as that one closes', async () => {
    const [first, second] = [open(), open()];
    const claims = await Promise.all([first.claim(() => undefined), second.claim(() => undefined)]);
    expect(claims.filter((isMine) => isMine)).toHaveLength(1);
    expect(await second.heldBy()).toContain(`process ${process.pid} `);
    await (claims[0] ? first : second).close();
    expect(await (claims[0] ? second : first).claim(() => undefined)).toBe(true);
  });

  it('is told to whoever has lost it, who writes nothing from then on', async () => {
    const folder = await openFolder();
    const [paused, next] = [open(), open()];
    let tellLost: () => void = () => undefined;
    const isLost = new Promise<void>((resolve) => (tellLost = resolve));
    await paused.claim(tellLost);
    const generation = await paused.next();
    const former = await paused.openForWriting(generation);
    await recordThree(folder.log);
    await catchUp(former, folder.log, coverage, undefined, ({ position }) => position !== '0');
    await paused.putInForce(generation);

    await until(async () => {
      await expire(server()); // the holder, which is not paused in truth, may renew it in between
      return next.claim(() => undefined);
    });
    await isLost;
    const lost = { name: 'ClaimLost' };
    const at = (await former.checkpoint())!;
    const nothing = {
      erased: [],
      clients: [],
      holders: [],
      sharedKeys: [],
      changes: [],
      from: at.position,
      to: { ...at, position: '999' },
    };
    await expect(former.storeBatch(nothing)).rejects.toMatchObject(lost);
    await expect(former.emptyFeed('999')).rejects.toMatchObject(lost);
    await expect(paused.putInForce(generation)).rejects.toMatchObject(lost);

    const writer = await next.openForWriting((await next.current())!);
    await catchUp(writer, folder.log, coverage);
    const found = await verifyViews(next, join(dataDir, 'scratch'), folder.log, coverage);
    expect(found).toMatchObject({ differing: 0, position: '12' });
    await writer.close();
    await former.close();
    await dropFolder(folder);
  });

  it('gives out no token a second time that a failover has lost', async () => {
    const [former, next] = [open(), open()];
    await former.claim(() => undefined);
    const writer = await former.openForWriting(await former.next());
    await server().query(`UPDATE ${schema}_views.lease SET token = 0, expires_at = '-infinity'`);
    expect(await next.claim(() => undefined)).toBe(true);
    await expect(writer.emptyFeed('999')).rejects.toMatchObject({ name: 'ClaimLost' });
    await writer.close();
  });

  it('is taken over only after a transaction that had begun, and by one that is stuck in it for some seconds', async () => {
    const [former, next] = [open(), open()];
    await former.claim(() => undefined);
    await former.close();
    const [lease] = await server().query<{ token: string }>(`SELECT token FROM ${schema}_views.lease`);
    const transaction = new Client({ connectionString: server().url });
    transaction.on('error', () => undefined);
    await transaction.connect();
    await transaction.query("SET idle_in_transaction_session_timeout = '1s'");
    await transaction.query('BEGIN');
    await transaction.query(`SELECT FROM ${schema}_views.lease WHERE token = $1 FOR KEY SHARE`, [
      lease!.token,
    ]);
    // To renew goes on beside it, since that changes no key.
    await server().query(`UPDATE ${schema}_views.lease SET expires_at = clock_timestamp()`);
    const began = Date.now();
    expect(await next.claim(() => undefined)).toBe(true);
    expect(Date.now() - began).toBeGreaterThan(500);
    await transaction.end();
  });
});

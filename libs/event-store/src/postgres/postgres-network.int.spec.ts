import { LogUnreachable, openPostgresEventLog } from '@domeinbrug/event-store';
import type { EventLog, LogHead } from '@domeinbrug/event-store';
import { setTimeout as pause } from 'node:timers/promises';
import { FaultyProxy } from '../../../../test/servers/faulty-proxy.js';
import { describeWithPostgres } from '../../../../test/servers/postgres-server.js';
import { persist, seeded, until } from '../../../../test/servers/under-faults.js';

const { everything, idsOf, sampleAppend } = jest.requireActual<typeof import('../contract/sample-events.js')>(
  '../../../../dist/libs/event-store/src/contract/sample-events.js',
);

const timing = { connect: 1_500, statement: 1_000, answer: 1_500, close: 200, look: 100 };
/** The longest that anything of this log takes with these limits: answer, close and connect, with room for a busy machine. */
const bounded = 8_000;

describeWithPostgres('the PostgreSQL log behind a bad network', (server) => {
  let schema: string;
  let proxy: FaultyProxy;
  let opened: EventLog[];
  let failures: Error[];

  const open = async (limits: Partial<typeof timing> = timing): Promise<EventLog> => {
    const url = new URL(server().url);
    url.hostname = '127.0.0.1';
    url.port = String(proxy.port);
    const log = await openPostgresEventLog({
      url: url.href,
      schema,
      timing: limits,
      onFailure: (error) => failures.push(error),
    });
    opened.push(log);
    return log;
  };
  /** The same log by a way without faults. */
  const openBeside = async (): Promise<EventLog> => {
    const log = await openPostgresEventLog({ url: server().url, schema });
    opened.push(log);
    return log;
  };

  beforeEach(async () => {
    schema = server().newSchema();
    proxy = await FaultyProxy.before(Number(new URL(server().url).port || 5432));
    [opened, failures] = [[], []];
  });
  afterEach(async () => {
    proxy.release();
    await Promise.all(opened.map((log) => log.close()));
    await proxy.close();
    await server().dropSchema(schema);
  });

  it('loses and doubles nothing when connections are cut while appending', async () => {
    const log = await open();
    const random = seeded(20_241_129);
    let appending = true;
    const acknowledged: string[] = [];
    const writers = Array.from({ length: 8 }, async (_, writer) => {
      for (let number = 0; appending; number++) {
        const id = `${writer}, ${number}`;
        await persist(log, sampleAppend(`journey-${writer}`, 'any', id));
        acknowledged.push(id);
      }
    });
    for (let cuts = 0; cuts < 20 || acknowledged.length < 100; cuts++) {
      await pause(20 + 100 * random());
      proxy.cut();
    }
    appending = false;
    await Promise.all(writers);
    expect(idsOf(await everything(log)).toSorted()).toEqual(acknowledged.toSorted());
  });

  it('stores what was sent over a slow network in few round trips', async () => {
    const log = await open({});
    proxy.slowDown(100);
    await log.append(sampleAppend('journey-0', 'any', 'first')); // makes the connection
    const ids = Array.from({ length: 200 }, (_, index) => `${index}`);
    const before = Date.now();
    const results = await Promise.all(
      ids.map((id) => log.append(sampleAppend(`journey-${Number(id) % 7}`, 'any', id))),
    );
    expect(Date.now() - before).toBeLessThan(bounded); // one by one they would take 40 seconds
    expect(results.every(({ status }) => status === 'appended')).toBe(true);
    expect(idsOf(await everything(log))).toEqual(['first', ...ids]);
  });

  it.each(['everything', 'answers'] as const)(
    'ends what it was asked when nothing comes back (%s), and goes on by itself afterwards',
    async (held) => {
      const log = await open();
      const told: LogHead[] = [];
      log.subscribe((head) => told.push(head));
      await log.append(sampleAppend('journey-one', 'no-stream', 'a'));
      proxy.hold(held);

      const [b, c] = ['b', 'c'].map((id) => sampleAppend('journey-one', 'any', id));
      expect(await inTime(log.append(b!))).toMatchObject({ name: 'AppendFailed', outcome: 'unknown' });
      expect(await inTime(log.append(c!))).toMatchObject({ name: 'AppendFailed', outcome: 'not-stored' });
      for (const asked of [log.head(), log.readStream('journey-one'), log.readAll('0', 10)]) {
        expect(await inTime(asked)).toBeInstanceOf(LogUnreachable);
      }
      await until(() => failures.length === 1);

      proxy.release(); // what was sent and held back arrives now, after others were told that it failed
      expect([await persist(log, b!), await persist(log, c!)]).toEqual([
        expect.objectContaining({ status: expect.stringMatching(/^(appended|known)$/) }),
        expect.objectContaining({ status: 'appended' }),
      ]);
      const stored = await everything(log);
      expect(idsOf(stored)).toEqual(['a', 'b', 'c']);
      await until(() => told.at(-1)?.position === stored.at(-1)!.position);
    },
  );

  it('is notified again after its connections died without a word', async () => {
    const log = await open();
    const beside = await openBeside();
    const told: LogHead[] = [];
    log.subscribe((head) => told.push(head));
    await beside.append(sampleAppend('journey-one', 'no-stream', 'a'));
    await until(() => told.length === 1);
    const listening = await listeners();
    proxy.forget();
    await beside.append(sampleAppend('journey-one', 0, 'b'));
    await until(() => told.length === 2);
    await until(async () => (await listeners()) > listening); // the server does not know of the dead one
    expect(await persist(log, sampleAppend('journey-one', 1, 'c'))).toMatchObject({ status: 'appended' });
    await until(() => told.length === 3);
  });

  it('closes within its time in a black hole', async () => {
    const log = await open();
    log.subscribe(() => undefined);
    await log.append(sampleAppend('journey-one', 'no-stream', 'a'));
    proxy.hold();
    expect(await inTime(log.close())).toBeUndefined();
  });

  async function listeners(): Promise<number> {
    const rows = await server().query(
      "SELECT 1 FROM pg_stat_activity WHERE application_name = 'domeinbrug listen'",
    );
    return rows.length;
  }
});

/** What it resolves to or rejects with, which may not take longer than the limits say. */
async function inTime(asked: Promise<unknown>): Promise<unknown> {
  const before = Date.now();
  const outcome = await asked.catch((error: unknown) => error);
  expect(Date.now() - before).toBeLessThan(bounded);
  return outcome;
}

import {
  AppendFailed,
  copyEvents,
  LogNotFound,
  LogSchemaRefused,
  LogUnreachable,
  openPostgresEventLog,
  openPostgresEventLogReader,
  openSqliteEventLogInProcess,
} from '@domeinbrug/event-store';
import type { EventLog, LogHead } from '@domeinbrug/event-store';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { describeWithPostgres } from '../../../../test/servers/postgres-server.js';
import type { PostgresServer } from '../../../../test/servers/postgres-server.js';
import { until } from '../../../../test/servers/under-faults.js';

const { everything, idsOf, sampleAppend } = jest.requireActual<typeof import('../contract/sample-events.js')>(
  '../../../../dist/libs/event-store/src/contract/sample-events.js',
);

// A server of somebody else is not ended.
const itOnOwnServer = process.env['TEST_DATABASE_URL'] ? it.skip : it;

describeWithPostgres('the PostgreSQL log under faults', (server) => {
  let schema: string;
  let opened: EventLog[];
  const open = async (onFailure?: (error: Error) => void): Promise<EventLog> => {
    const log = await openPostgresEventLog({ url: server().url, schema, onFailure });
    opened.push(log);
    return log;
  };

  beforeEach(() => {
    schema = server().newSchema();
    opened = [];
  });
  afterEach(async () => {
    await Promise.all(opened.map((log) => log.close()));
    await server().dropSchema(schema);
  });

  it('loses and doubles nothing when its connection is ended while appending', async () => {
    const log = await open();
    let appending = true;
    const acknowledged: string[] = [];
    const writers = Array.from({ length: 8 }, async (_, writer) => {
      for (let number = 0; appending; number++) {
        const id = `${writer}, ${number}`;
        const result = await log.append(sampleAppend(`journey-${writer}`, 'any', id)).catch(perhapsStored);
        if (!result)
          number--; // is sent again, as the port says
        else acknowledged.push(id);
      }
    });
    for (let kill = 0; kill < 20; kill++) {
      await pause(20);
      await endConnections(server(), 'append');
    }
    appending = false;
    await Promise.all(writers);
    const stored = idsOf(await everything(log));
    expect(acknowledged.length).toBeGreaterThan(100);
    expect(stored.toSorted()).toEqual(acknowledged.toSorted());
  });

  it('reads on after its connections were ended', async () => {
    const log = await open();
    await log.append(sampleAppend('journey-one', 'no-stream', 'a'));
    await Promise.all([log.head(), log.head(), log.head()]);
    for (let kill = 0; kill < 5; kill++) {
      await endConnections(server(), 'read');
      expect(idsOf(await log.readStream('journey-one'))).toEqual(['a']);
    }
  });

  it('tells of commits of others, also after the connection that is notified was ended', async () => {
    const log = await open();
    const other = await open();
    const told: LogHead[] = [];
    log.subscribe((head) => told.push(head));
    await until(async () => (await connections(server(), 'listen')).length === 1);

    await other.append(sampleAppend('journey-one', 'no-stream', 'a'));
    await until(() => told.length === 1);
    expect(await endConnections(server(), 'listen')).toBe(1);
    await other.append(sampleAppend('journey-one', 0, 'b'));
    await until(() => told.length === 2);
    await until(async () => (await connections(server(), 'listen')).length === 1);
    const before = Date.now();
    await other.append(sampleAppend('journey-one', 1, 'c'));
    await until(() => told.length === 3);
    expect(Date.now() - before).toBeLessThan(900); // was notified, not found by looking
    expect(told.at(-1)).toEqual(await other.head());
  });

  itOnOwnServer('says when the database does not answer, and goes on when it does', async () => {
    const failures: Error[] = [];
    const log = await open((error) => failures.push(error));
    const told: LogHead[] = [];
    log.subscribe((head) => told.push(head));
    await log.append(sampleAppend('journey-one', 'no-stream', 'a'));
    await server().end();

    const refused: unknown = await log
      .append(sampleAppend('journey-one', 0, 'b'))
      .catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(AppendFailed);
    const again: unknown = await log
      .append(sampleAppend('journey-one', 0, 'b'))
      .catch((error: unknown) => error);
    expect(again).toMatchObject({ name: 'AppendFailed', outcome: 'not-stored' });
    await expect(log.head()).rejects.toThrow(LogUnreachable);
    const cold: unknown = await open().catch((error: unknown) => error);
    expect(cold).toBeInstanceOf(LogUnreachable);
    await until(() => failures.length > 0);
    await pause(2_500);
    expect(failures).toHaveLength(1); // of an outage of three seconds
    const { hostname, port, password } = new URL(server().url);
    expect((cold as Error).message).toContain(`database "postgres" at ${hostname}:${port} cannot be reached`);
    for (const { message, stack } of [refused, again, cold, ...failures] as Error[]) {
      expect(`${message} ${stack}`).not.toContain(password);
    }

    await server().startAgain();
    expect(await log.append(sampleAppend('journey-one', 0, 'b'))).toMatchObject({ status: 'appended' });
    expect(idsOf(await everything(log))).toEqual(['a', 'b']);
    expect(told).toHaveLength(2);
  });

  it('holds the beginning of a copy that failed for a moment, and the copy goes on from there', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'domeinbrug-copied-'));
    const from = await openSqliteEventLogInProcess({ dataDir });
    // More than one group, each of which is given up by itself.
    const ids = Array.from({ length: 1_500 }, (_, number) => `e${number}`);
    for (const [number, id] of ids.entries()) {
      const { events, ...append } = sampleAppend(`journey-${id}`, 'no-stream', id);
      const [event] = events.map((each) => ({ ...each, content: 'x'.repeat(2_000) }));
      void from.append({ ...append, events: [event!], recordedAt: [number] });
    }
    const target = { url: server().url, schema };
    const impatient = await openPostgresEventLog({ ...target, timing: { statement: 300 } });
    const patient = await openPostgresEventLog(target);
    opened.push(impatient, patient);
    const copy = async (to: EventLog): Promise<number> => {
      let copied = 0;
      for await (const { events } of copyEvents(from, to)) copied += events;
      return copied;
    };
    const release = await holdTurn(server(), schema);
    await expect(copy(impatient)).rejects.toBeInstanceOf(AppendFailed);
    await release(); // whatever else was handed in has its turn now
    await impatient.close();
    expect(await everything(patient)).toEqual([]);
    expect(await copy(patient)).toBe(ids.length);
    expect(idsOf(await everything(patient))).toEqual(ids);
    await from.close();
    rmSync(dataDir, { recursive: true });
  });

  it('stores nothing of what the server gave up, and once what it did not', async () => {
    const impatient = async (limit: 'statement' | 'answer'): Promise<EventLog> => {
      const log = await openPostgresEventLog({ url: server().url, schema, timing: { [limit]: 300 } });
      opened.push(log);
      return log;
    };
    const givenUp = await impatient('statement');
    const unanswered = await impatient('answer');
    const [a, b] = ['a', 'b'].map((id) => sampleAppend('journey-one', 'any', id));
    const release = await holdTurn(server(), schema);
    const failed = (error: unknown): unknown => error;
    expect(await givenUp.append(a!).catch(failed)).toMatchObject({
      name: 'AppendFailed',
      outcome: 'not-stored',
    });
    expect(await unanswered.append(b!).catch(failed)).toMatchObject({
      name: 'AppendFailed',
      outcome: 'unknown',
    });
    await release();
    await until(async () => (await everything(unanswered)).length > 0); // the server went on with it
    expect(await unanswered.append(b!)).toMatchObject({ status: 'known' });
    expect(await givenUp.append(a!)).toMatchObject({ status: 'appended' });
    expect(idsOf(await everything(givenUp))).toEqual(['b', 'a']);
  });

  it('keeps what is refused by the database apart from what is lost', async () => {
    const log = await open();
    await server().query(`ALTER TABLE ${schema}.events ADD CONSTRAINT no_b CHECK (id <> 'b')`);
    const refused: unknown = await log
      .append(sampleAppend('journey-one', 'no-stream', 'a', 'b'))
      .catch((error: unknown) => error);
    expect(refused).toMatchObject({ name: 'AppendFailed', outcome: 'not-stored' });
    expect((refused as Error).message).toContain('no_b');
    expect(await log.append(sampleAppend('journey-one', 'no-stream', 'a'))).toMatchObject({
      status: 'appended',
    });
  });

  it('refuses what is no address and no schema, without telling the password', async () => {
    for (const url of ['postgres://me:secret@host:port/x', 'postgres://me:secret@[/x']) {
      const refused: unknown = await openPostgresEventLog({ url }).catch((error: unknown) => error);
      expect(refused).toBeInstanceOf(RangeError);
      expect((refused as Error).message).not.toContain('secret');
    }
    const { url } = server();
    await expect(openPostgresEventLog({ url, schema: 'Not"This' })).rejects.toThrow(/cannot be the schema/);
    await expect(openPostgresEventLogReader({ url, schema })).rejects.toThrow(LogNotFound);
  });

  it('is made once when many processes open it at once, and refuses a newer one', async () => {
    const logs = await Promise.all(Array.from({ length: 6 }, () => open()));
    await Promise.all(logs.map((log, index) => log.append(sampleAppend('journey-one', 'any', `${index}`))));
    expect(await everything(logs[0]!)).toHaveLength(6);
    await server().query(`INSERT INTO ${schema}.steps (step) VALUES (999)`);
    await expect(open()).rejects.toThrow(LogSchemaRefused);
    await expect(openPostgresEventLogReader({ url: server().url, schema })).rejects.toThrow(/newer version/);
  });
});

/** Lets no append have its turn until what is given is called. */
async function holdTurn(server: PostgresServer, schema: string): Promise<() => Promise<void>> {
  const holder = new Client({ connectionString: server.url });
  await holder.connect();
  await holder.query('SELECT pg_advisory_lock(hashtextextended($1, 0))', [`domeinbrug appends to ${schema}`]);
  return () => holder.end();
}

/** Only that, and only where a second connection was ended in a row, may become of an append. */
function perhapsStored(error: unknown): undefined {
  expect(error).toMatchObject({ name: 'AppendFailed' });
}

/** The server's processes behind the logs' connections for one purpose. */
async function connections(server: PostgresServer, purpose: string): Promise<number[]> {
  const rows = await server.query<{ pid: number }>(
    "SELECT pid FROM pg_stat_activity WHERE application_name = $1 AND query NOT LIKE 'SELECT set_config%'",
    [`domeinbrug ${purpose}`],
  );
  return rows.map(({ pid }) => pid);
}

/** @returns how many there were */
async function endConnections(server: PostgresServer, purpose: string): Promise<number> {
  const pids = await connections(server, purpose);
  await server.query('SELECT pg_terminate_backend(pid) FROM unnest($1::int[]) AS pid', [pids]);
  return pids.length;
}

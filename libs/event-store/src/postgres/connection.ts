import { Client, DatabaseError, Pool } from 'pg';
import type { ClientConfig } from 'pg';
import { LogUnreachable } from '../event-log.js';
import type { PostgresTiming } from './timing.js';

/** Where a log lies in PostgreSQL. */
export interface PostgresLogPlace {
  /** As `pg` takes it: `postgres://user:password@host:5432/database?sslmode=verify-full&sslrootcert=/path/ca.pem`. */
  url: string;
  /** The schema with the log's tables: lower-case letters, digits and underscores, at most 48. */
  schema?: string;
}

/** The log's schema cannot be used: it comes from a newer version, or this role may not make what it lacks. */
export class LogSchemaRefused extends Error {
  override readonly name = 'LogSchemaRefused';
}

/** Readers share at most this many connections. */
const poolSize = 8;

/** A database, and how long it is waited for. */
export interface Database {
  url: string;
  timing: PostgresTiming;
}

/** @throws RangeError when the address is none, or the schema's name would have to be quoted */
export function refusePlace(url: string, schema: string): void {
  addressOf(url);
  if (/^[a-z_][a-z0-9_]{0,47}$/.test(schema)) return;
  throw new RangeError(
    `"${schema}" cannot be the schema of an event log; ` +
      'use at most 48 lower-case letters, digits and underscores, such as domeinbrug.',
  );
}

/** The channel on which commits to the log in a schema are told. */
export function channelOf(schema: string): string {
  return `${schema}_events`;
}

/**
 * One connection, which is made here.
 * @param purpose shown by the server's list of connections
 * @throws LogUnreachable
 */
export async function connect(database: Database, purpose: string): Promise<Client> {
  const client = new Client(settings(database, purpose));
  client.on('error', () => undefined); // whoever asks it next is told; without a listener the process would end
  try {
    await client.connect();
    return client;
  } catch (error) {
    throw unreachable(database.url, error);
  }
}

/**
 * Connections for reading, made when needed. Whatever is read is a short range of one index. Until a new log has been
 * analysed the planner takes any range of positions for a short one, and reads half the log beside it. Compiling a plan
 * costs more than such a range.
 */
export function readingPool(database: Database): Pool {
  const options = '-c enable_seqscan=off -c enable_bitmapscan=off -c jit=off';
  const pool = new Pool({ ...settings(database, 'read'), max: poolSize, options });
  pool.on('error', () => undefined); // an idle connection was lost, and the pool has dropped it
  return pool;
}

/** Ends a connection, also one that no longer answers. */
export async function disconnect(client: Client | Pool, { timing }: Database): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const longEnough = new Promise<void>((resolve) => (timer = setTimeout(resolve, timing.close)));
  await Promise.race([client.end().catch(() => undefined), longEnough]);
  clearTimeout(timer);
}

/**
 * Whether the connection failed, rather than the server having refused a statement, whose transaction is then undone.
 * Class 57P is a server that ends connections: it may have committed before.
 */
export function isConnectionFailure(error: unknown): boolean {
  if (error instanceof DatabaseError) {
    return error.severity === 'FATAL' || /^(08|57P)/.test(error.code ?? '');
  }
  return !(error instanceof LogSchemaRefused);
}

/** The failure in words for an operator; no part of the address but host, port and database is in it. */
export function unreachable(url: string, error: unknown): LogUnreachable {
  const { host, port, database = '' } = addressOf(url);
  const where = host.startsWith('/') ? `the socket in ${host}` : `${host}:${port}`;
  const { code = '' } = error instanceof DatabaseError ? error : {};
  const passes = !/^(28|3D)/.test(code); // this user may not, or there is no such database
  return new LogUnreachable(
    `The event log's database "${database}" at ${where} cannot be reached: ${reason(error)}. ` +
      'See that PostgreSQL runs there and takes this user, and try again.',
    passes,
  );
}

function reason(error: unknown): string {
  const { message, code, errors } = error as Error & { code?: string; errors?: Error[] };
  return message || (errors ?? []).map((each) => each.message).join('; ') || code || 'it does not say why';
}

/** What the driver makes of an address; nothing is connected. @throws RangeError */
function addressOf(url: string): Client {
  try {
    return new Client({ connectionString: url });
  } catch (error) {
    throw new RangeError(
      `The address of the event log's database cannot be used (${(error as Error).message}). ` +
        'Write it as postgres://user:password@host:5432/database.',
      { cause: error }, // its driver has taken the address out of it
    );
  }
}

function settings({ url, timing }: Database, purpose: string): ClientConfig {
  return {
    connectionString: url,
    application_name: `domeinbrug ${purpose}`,
    connectionTimeoutMillis: timing.connect,
    statement_timeout: timing.statement,
    query_timeout: timing.answer,
    keepAlive: true,
  };
}

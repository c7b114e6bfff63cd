import { isConnectionFailure, refusePlace, unreachable } from '@domeinbrug/event-store';
import { Pool, type PoolClient } from 'pg';
import { ClientHeld, KeysRefused } from '../key-store.js';
import type { Erasure, FoundKeys, Hold, KeyOwner, KeyStore, WrappedKey } from '../key-store.js';

/** The keys in a schema of their own. @throws RangeError when the address or the schema's name is none */
export function openPostgresKeyStore({ url, schema }: { url: string; schema: string }): KeyStore {
  refusePlace(url, schema);
  return new PostgresKeyStore(url, schema);
}

const poolSize = 4;
/** Keys are few rows of one index: longer than this something is wrong. */
const longestMs = 30_000;

/** Rejects with `LogUnreachable` when the database does not answer, or not in time. */
class PostgresKeyStore implements KeyStore {
  private readonly pool: Pool;
  private hasTables = false;
  private closed: Promise<void> | undefined;

  constructor(
    private readonly url: string,
    private readonly schema: string,
  ) {
    this.pool = new Pool({
      connectionString: url,
      application_name: 'domeinbrug keys',
      max: poolSize,
      connectionTimeoutMillis: longestMs,
      statement_timeout: longestMs,
      query_timeout: longestMs,
      keepAlive: true,
    });
    this.pool.on('error', () => undefined); // an idle connection was lost, and the pool has dropped it
  }

  async find(clients: readonly string[]): Promise<FoundKeys> {
    const [keys, erasures] = await Promise.all([
      this.read<WrappedKey>('SELECT client, person, wrapped FROM $.keys WHERE client = ANY ($1)', [clients]),
      this.read<ErasureRow>('SELECT * FROM $.erasures WHERE client = ANY ($1)', [clients]),
    ]);
    return { keys, erasures: erasures.map(momentOf) };
  }

  async add(keys: readonly WrappedKey[]): Promise<void> {
    const columns = [
      keys.map(({ client }) => client),
      keys.map(({ person }) => person),
      keys.map(({ wrapped }) => wrapped),
    ];
    await this.write('shared', async (ask) => {
      await ask(
        `INSERT INTO $.keys (client, person, wrapped)
         SELECT * FROM unnest($1::text[], $2::text[], $3::bytea[]) AS added (client, person, wrapped)
         WHERE NOT EXISTS (SELECT FROM $.erasures AS gone
           WHERE gone.client = added.client AND gone.person IN (added.person, ''))
         ORDER BY client, person ON CONFLICT DO NOTHING`,
        columns,
      );
    });
  }

  erase({ client, person, at, by, reason }: Erasure, over?: Hold): Promise<Erasure> {
    return this.write('alone', async (ask) => {
      const [row] = await ask<HoldRow>('SELECT * FROM $.holds WHERE client = $1', [client]);
      const held = row && momentOf(row);
      if (held && held.at !== over?.at) throw new ClientHeld(held);
      await ask('INSERT INTO $.erasures VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING', [
        client,
        person,
        at,
        by,
        reason,
      ]);
      await ask("DELETE FROM $.keys WHERE client = $1 AND ($2 = '' OR person = $2)", [client, person]);
      const [erasure] = await ask<ErasureRow>('SELECT * FROM $.erasures WHERE client = $1 AND person = $2', [
        client,
        person,
      ]);
      return momentOf(erasure!);
    });
  }

  async erasures(): Promise<Erasure[]> {
    const rows = await this.read<ErasureRow>('SELECT * FROM $.erasures ORDER BY at, client, person', []);
    return rows.map(momentOf);
  }

  page(after: KeyOwner | null, limit: number): Promise<WrappedKey[]> {
    const { client, person } = after ?? { client: '', person: '' };
    return this.read<WrappedKey>(
      `SELECT client, person, wrapped FROM $.keys WHERE (client, person) > ($1, $2)
       ORDER BY client, person LIMIT $3`,
      [client, person, limit],
    );
  }

  async hold({ client, at, by, reason }: Hold): Promise<void> {
    await this.write('alone', async (ask) => {
      await ask(
        `INSERT INTO $.holds VALUES ($1, $2, $3, $4)
         ON CONFLICT (client) DO UPDATE SET at = excluded.at, by = excluded.by, reason = excluded.reason`,
        [client, at, by, reason],
      );
    });
  }

  release(client: string): Promise<Hold | null> {
    return this.write('alone', async (ask) => {
      const [held] = await ask<HoldRow>('DELETE FROM $.holds WHERE client = $1 RETURNING *', [client]);
      return held ? momentOf(held) : null;
    });
  }

  async holds(): Promise<Hold[]> {
    return (await this.read<HoldRow>('SELECT * FROM $.holds ORDER BY at, client', [])).map(momentOf);
  }

  close(): Promise<void> {
    return (this.closed ??= this.pool.end());
  }

  /** Nothing is known before the first key has made the tables. */
  private async read<Row extends object>(text: string, values: unknown[]): Promise<Row[]> {
    try {
      return (await this.pool.query<Row>(this.named(text), values)).rows;
    } catch (error) {
      if ((error as { code?: string }).code === undefinedTable) return [];
      throw this.told(error);
    }
  }

  /** Who erases or holds is alone, so that no key is added to what is being erased. */
  private async write<T>(turn: 'shared' | 'alone', work: (ask: Ask) => Promise<T>): Promise<T> {
    let client: PoolClient | undefined;
    let failure: unknown;
    try {
      client = await this.pool.connect();
      const connected = client;
      const ask: Ask = async <Row extends object>(text: string, values: unknown[]) =>
        (await connected.query<Row>(this.named(text), values)).rows;
      if (!this.hasTables) await this.makeTables(ask);
      await ask('BEGIN', []);
      const lock = turn === 'alone' ? 'pg_advisory_xact_lock' : 'pg_advisory_xact_lock_shared';
      await ask(`SELECT ${lock}(hashtextextended('domeinbrug keys of ' || $1, 0))`, [this.schema]);
      const result = await work(ask);
      await ask('COMMIT', []);
      return result;
    } catch (error) {
      failure = error;
      await client?.query('ROLLBACK').catch(() => undefined); // a lost connection has rolled it back
      throw this.told(error);
    } finally {
      client?.release(failure !== undefined && isConnectionFailure(failure));
    }
  }

  private async makeTables(ask: Ask): Promise<void> {
    const there = await ask("SELECT FROM pg_tables WHERE schemaname = $1 AND tablename = 'holds'", [
      this.schema,
    ]);
    if (there.length === 0) {
      await ask('BEGIN', []);
      await ask("SELECT pg_advisory_xact_lock(hashtextextended('domeinbrug keys of ' || $1, 0))", [
        this.schema,
      ]);
      for (const table of tables) await ask(table, []);
      await ask('COMMIT', []);
    }
    this.hasTables = true;
  }

  private named(text: string): string {
    return text.replaceAll('$.', `${this.schema}.`).replaceAll('$schema', this.schema);
  }

  private told(error: unknown): unknown {
    if (error instanceof ClientHeld) return error;
    const { code, message } = error as { code?: string; message: string };
    if (code === insufficientPrivilege) {
      return new KeysRefused(
        `This role may not use the keys of clients in the schema ${this.schema} (${message}). ` +
          'Start the service once as the owner of the database, then grant this role what docs/postgres.md lists.',
      );
    }
    return isConnectionFailure(error) ? unreachable(this.url, error) : error;
  }
}

type Ask = <Row extends object>(text: string, values: unknown[]) => Promise<Row[]>;

/** Whole numbers of 64 bits come as text. */
type ErasureRow = Omit<Erasure, 'at'> & { at: string };
type HoldRow = Omit<Hold, 'at'> & { at: string };

function momentOf<Row extends { at: string }>(row: Row): Omit<Row, 'at'> & { at: number } {
  return { ...row, at: Number(row.at) };
}

const undefinedTable = '42P01';
const insufficientPrivilege = '42501';

const tables = [
  'CREATE SCHEMA IF NOT EXISTS $schema',
  `CREATE TABLE IF NOT EXISTS $.keys (
    client text COLLATE "C" NOT NULL, person text COLLATE "C" NOT NULL, wrapped bytea NOT NULL,
    PRIMARY KEY (client, person))`,
  `CREATE TABLE IF NOT EXISTS $.erasures (
    client text COLLATE "C" NOT NULL, person text COLLATE "C" NOT NULL, at bigint NOT NULL, by text NOT NULL,
    reason text NOT NULL, PRIMARY KEY (client, person))`,
  `CREATE TABLE IF NOT EXISTS $.holds (
    client text COLLATE "C" PRIMARY KEY, at bigint NOT NULL, by text NOT NULL, reason text NOT NULL)`,
];

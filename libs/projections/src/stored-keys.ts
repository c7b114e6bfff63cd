import type Database from 'better-sqlite3';
import type { KeyHolder } from './event-keys.js';
import { positionKey, positionOf } from './tables.js';

/** The keys in a file of read models, for its one writer. Many at once go in and out as JSON: one statement a batch. */
export class StoredKeys {
  private readonly statements: ReturnType<typeof prepareStatements>;

  constructor(private readonly file: Database.Database) {
    this.statements = prepareStatements(file);
  }

  /** The first holder of each of these keys that is stored at all. */
  firstHolders(keys: readonly string[]): KeyHolder[] {
    return this.statements.first.all(JSON.stringify(keys)).map(holderOf);
  }

  /** As `HoldersBeside`. */
  beside(clients: readonly string[]): KeyHolder[] {
    return this.statements.beside.all(JSON.stringify(clients)).map(holderOf);
  }

  /** The first holder of a key other than these clients. */
  firstBeside(key: string, clients: readonly string[]): KeyHolder | null {
    const row = this.statements.firstBeside.get(key, JSON.stringify(clients));
    return row ? holderOf(row) : null;
  }

  /** @param shared the keys among them that more than one stream now holds */
  add(holders: readonly KeyHolder[], shared: readonly string[]): void {
    if (holders.length === 0) return;
    this.statements.add.run(rowsOf(holders));
    if (shared.length > 0) this.statements.share.run(JSON.stringify(shared));
  }

  /** Takes keys in any order for {@link fill}; they stand in no table yet. */
  collect(holders: readonly KeyHolder[]): void {
    if (holders.length > 0) this.collecting().run(rowsOf(holders));
  }

  /** Stores what was collected in the order of the table, which at random places would take many times as long. */
  fill(): void {
    this.collecting();
    this.file.exec(`
      INSERT INTO event_keys (key, position, client, shared)
      SELECT key, position, client, COUNT(*) OVER (PARTITION BY key) > 1 FROM collected_keys
      ORDER BY key, position;
      DROP TABLE collected_keys`);
  }

  /** The clients that share a key with another. */
  sharers(): string[] {
    return this.statements.sharers.all();
  }

  private collecting(): Database.Statement<[string]> {
    this.file.exec('CREATE TEMP TABLE IF NOT EXISTS collected_keys (key, position, client)');
    return this.file.prepare(`INSERT INTO collected_keys (key, position, client) ${readRows}`);
  }
}

export interface HolderRow {
  key: string;
  position: string;
  client: string;
}

const holderColumns = 'lower(hex(held.key)) AS key, held.position, held.client';

/** A row of a JSON list of `[key, position, client]`. */
const readRows = `SELECT unhex(value ->> 0), value ->> 1, value ->> 2 FROM json_each(?)`;

/** As `HoldersBeside` asks, of a JSON list of clients. Nearly no key is shared, so those that are have an index of their own. */
export const besideSql = `
  WITH asked AS MATERIALIZED (SELECT value AS client FROM json_each(?)),
    mine AS MATERIALIZED (
      SELECT DISTINCT key FROM event_keys
      WHERE shared = 1 AND client IN (SELECT client FROM asked))
  SELECT ${holderColumns} FROM mine CROSS JOIN event_keys AS held ON held.key = mine.key
  WHERE held.position = (
    SELECT other.position FROM event_keys AS other
    WHERE other.key = mine.key AND other.client NOT IN (SELECT client FROM asked)
    ORDER BY other.position LIMIT 1)`;

function prepareStatements(file: Database.Database) {
  return {
    first: file.prepare<[string], HolderRow>(`
      SELECT ${holderColumns} FROM (SELECT DISTINCT unhex(value) AS key FROM json_each(?)) AS asked
      CROSS JOIN event_keys AS held ON held.key = asked.key
      WHERE held.position = (SELECT min(position) FROM event_keys WHERE key = asked.key)`),
    beside: file.prepare<[string], HolderRow>(besideSql),
    firstBeside: file.prepare<[string, string], HolderRow>(`
      SELECT ${holderColumns} FROM event_keys AS held
      WHERE held.key = unhex(?) AND held.client NOT IN (SELECT value FROM json_each(?))
      ORDER BY held.position LIMIT 1`),
    add: file.prepare<[string]>(
      `INSERT INTO event_keys (key, position, client, shared) SELECT *, 0 FROM (${readRows})`,
    ),
    share: file.prepare<[string]>(
      'UPDATE event_keys SET shared = 1 WHERE shared = 0 AND key IN (SELECT unhex(value) FROM json_each(?))',
    ),
    sharers: file
      .prepare<[], string>('SELECT DISTINCT client FROM event_keys WHERE shared = 1 ORDER BY client')
      .pluck(),
  };
}

function rowsOf(holders: readonly KeyHolder[]): string {
  return JSON.stringify(holders.map(({ key, position, client }) => [key, positionKey(position), client]));
}

export function holderOf({ key, position, client }: HolderRow): KeyHolder {
  return { key, position: positionOf(position), client };
}

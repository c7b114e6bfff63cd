import type Database from 'better-sqlite3';
import type { KeyHolder } from '../event-keys.js';
import { positionKey } from '../tables.js';

/** Writes the keys of events to a file of read models. Many at once go in as JSON: one statement a batch. */
export class SqliteKeys {
  private readonly statements: ReturnType<typeof prepareStatements>;

  constructor(private readonly file: Database.Database) {
    this.statements = prepareStatements(file);
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

  private collecting(): Database.Statement<[string]> {
    this.file.exec('CREATE TEMP TABLE IF NOT EXISTS collected_keys (key, position, client)');
    return this.file.prepare(`INSERT INTO collected_keys (key, position, client) ${readRows}`);
  }
}

/** A row of a JSON list of `[key, position, client]`. */
const readRows = `SELECT unhex(value ->> 0), value ->> 1, value ->> 2 FROM json_each(?)`;

function prepareStatements(file: Database.Database) {
  return {
    add: file.prepare<[string]>(
      `INSERT INTO event_keys (key, position, client, shared) SELECT *, 0 FROM (${readRows})`,
    ),
    share: file.prepare<[string]>(
      'UPDATE event_keys SET shared = 1 WHERE shared = 0 AND key IN (SELECT unhex(value) FROM json_each(?))',
    ),
  };
}

function rowsOf(holders: readonly KeyHolder[]): string {
  return JSON.stringify(holders.map(({ key, position, client }) => [key, positionKey(position), client]));
}

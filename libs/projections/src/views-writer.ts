import type Database from 'better-sqlite3';
import type { CoverageTimeline } from '@domeinbrug/coverage';
import { checkpointOf, type Checkpoint } from './checkpoint.js';
import { clientTables, type ClientRows, type ClientTable, type Value } from './client-rows.js';
import type { ClientChanges, Parked, StoredClient } from './fold-client.js';
import { positionKey, positionOf, type CheckpointTable, type ParkedTable } from './tables.js';

/**
 * The one connection that writes the read models. Statements are prepared once: building them per row cost more than
 * running them.
 */
export class ViewsWriter {
  private readonly statements: ReturnType<typeof prepareStatements>;

  constructor(private readonly file: Database.Database) {
    this.statements = prepareStatements(file);
  }

  /** All or nothing of what `write` writes. */
  inTransaction(write: () => void): void {
    this.file.transaction(write).immediate();
  }

  checkpoint(): Checkpoint | null {
    const row = this.statements.checkpoint.get();
    return row ? checkpointOf(row) : null;
  }

  moveCheckpoint(checkpoint: Checkpoint): void {
    const { position, recordedAt, identity, feed } = checkpoint;
    this.statements.moveCheckpoint.run(
      positionKey(position),
      recordedAt,
      identity,
      positionKey(feed.since),
      feed.until && positionKey(feed.until),
      feed.missing && positionKey(feed.missing),
    );
  }

  storedClient(client: string): StoredClient {
    const timeline = this.statements.timeline.get(client);
    return {
      timeline: timeline === undefined ? null : (JSON.parse(timeline) as CoverageTimeline),
      parked: this.parked(client),
    };
  }

  /** Puts a client's rows in the place of those there are. */
  replaceClient(client: string, rows: ClientRows): void {
    for (const table of Object.keys(clientTables) as ClientTable[]) {
      this.statements.remove[table].run(client);
    }
    this.addClient(rows);
  }

  /** For a client that has no rows yet. */
  addClient(rows: ClientRows): void {
    for (const table of Object.keys(clientTables) as ClientTable[]) {
      for (const row of rows[table]) this.statements.insert[table].run(...row);
    }
  }

  park(client: string, parked: Parked | null): void {
    this.statements.unpark.run(client);
    if (parked) {
      this.statements.park.run(client, positionKey(parked.position), parked.recordedAt, parked.reason);
    }
  }

  /** @param ordinal the number of the first of them among the entries of their position */
  addChanges({ client, position, recordedAt, causedBy, changes }: ClientChanges, ordinal: number): void {
    const cause = JSON.stringify([causedBy]);
    for (const [index, { change, before, after }] of changes.entries()) {
      const { funder, provider } = after ?? before;
      const formerProvider = before?.provider ?? null;
      this.statements.addChange.run(
        positionKey(position),
        ordinal + index,
        funder,
        provider,
        formerProvider === provider ? null : formerProvider,
        client,
        recordedAt,
        cause,
        change,
        before && JSON.stringify(before),
        after && JSON.stringify(after),
      );
    }
  }

  close(): void {
    this.file.close();
  }

  private parked(client: string): Parked | null {
    const row = this.statements.parked.get(client);
    return row
      ? { position: positionOf(row.position), recordedAt: row.recorded_at, reason: row.reason }
      : null;
  }
}

function prepareStatements(file: Database.Database) {
  const all = Object.keys(clientTables) as ClientTable[];
  const perTable = <S>(prepare: (table: ClientTable) => S): Record<ClientTable, S> =>
    Object.fromEntries(all.map((table) => [table, prepare(table)])) as Record<ClientTable, S>;
  return {
    checkpoint: file.prepare<[], CheckpointTable>('SELECT * FROM checkpoint'),
    moveCheckpoint: file.prepare<Value[]>('INSERT OR REPLACE INTO checkpoint VALUES (1, ?, ?, ?, ?, ?, ?)'),
    timeline: file.prepare<[string], string>('SELECT timeline_json FROM timelines WHERE client = ?').pluck(),
    parked: file.prepare<[string], ParkedTable>('SELECT * FROM parked WHERE client = ?'),
    unpark: file.prepare<[string]>('DELETE FROM parked WHERE client = ?'),
    park: file.prepare<Value[]>('INSERT INTO parked VALUES (?, ?, ?, ?)'),
    addChange: file.prepare<Value[]>('INSERT INTO changes VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)'),
    remove: perTable((table) => file.prepare<[string]>(`DELETE FROM ${table} WHERE client = ?`)),
    insert: perTable((table) => {
      const columns = ['client', ...clientTables[table]];
      const places = columns.map(() => '?').join(', ');
      return file.prepare<Value[]>(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${places})`);
    }),
  };
}

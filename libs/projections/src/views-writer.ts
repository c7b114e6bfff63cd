import type Database from 'better-sqlite3';
import type { CoverageTimeline } from '@domeinbrug/coverage';
import type { Position } from '@domeinbrug/event-store';
import { changeColumns } from './change-rows.js';
import { checkpointOf, type Checkpoint } from './checkpoint.js';
import { clientTables, type ClientRows, type ClientTable, type Value } from './client-rows.js';
import type { Parked, StoredClient } from './fold-client.js';
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

  begin(checkpoint: Checkpoint): void {
    const { position, recordedAt, identity, feed } = checkpoint;
    const key = (at: Position | null): string | null => at && positionKey(at);
    this.statements.begin.run(
      key(position),
      recordedAt,
      identity,
      key(feed.since),
      key(feed.until),
      key(feed.missing),
    );
  }

  /** The feed is filled in beside, so what it misses is not touched. */
  moveTo({ position, recordedAt, feed }: Pick<Checkpoint, 'position' | 'recordedAt' | 'feed'>): void {
    this.statements.move.run(positionKey(position), recordedAt, feed.until && positionKey(feed.until));
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
    for (const table of allTables) this.statements.remove[table].run(client);
    this.addClient(rows);
  }

  /** For a client that has no rows yet. */
  addClient(rows: ClientRows): void {
    for (const table of allTables) {
      for (const row of rows[table]) this.statements.insert[table].run(...row);
    }
  }

  park(client: string, parked: Parked | null): void {
    this.statements.unpark.run(client);
    if (parked) {
      this.statements.park.run(client, positionKey(parked.position), parked.recordedAt, parked.reason);
    }
  }

  /** @param rows as `changeRows` gives them */
  addChanges(rows: readonly Value[][]): void {
    for (const row of rows) this.statements.addChange.run(...row);
  }

  /** Takes away what was filled in of the feed before the filling was broken off. */
  emptyFeed(upTo: Position): void {
    this.statements.emptyFeed.run(positionKey(upTo));
  }

  completeFeed(): void {
    this.statements.completeFeed.run();
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

const allTables = Object.keys(clientTables) as ClientTable[];

function prepareStatements(file: Database.Database) {
  const perTable = <S>(prepare: (table: ClientTable) => S): Record<ClientTable, S> =>
    Object.fromEntries(allTables.map((table) => [table, prepare(table)])) as Record<ClientTable, S>;
  const insertInto = (table: string, columns: readonly string[]): Database.Statement<Value[]> =>
    file.prepare(
      `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
    );
  return {
    checkpoint: file.prepare<[], CheckpointTable>('SELECT * FROM checkpoint'),
    begin: file.prepare<Value[]>('INSERT INTO checkpoint VALUES (1, ?, ?, ?, ?, ?, ?)'),
    move: file.prepare<Value[]>('UPDATE checkpoint SET position = ?, recorded_at = ?, feed_until = ?'),
    completeFeed: file.prepare('UPDATE checkpoint SET feed_missing = NULL'),
    emptyFeed: file.prepare<[string]>('DELETE FROM changes WHERE position <= ?'),
    timeline: file.prepare<[string], string>('SELECT timeline_json FROM timelines WHERE client = ?').pluck(),
    parked: file.prepare<[string], ParkedTable>('SELECT * FROM parked WHERE client = ?'),
    unpark: file.prepare<[string]>('DELETE FROM parked WHERE client = ?'),
    park: insertInto('parked', ['client', 'position', 'recorded_at', 'reason']),
    addChange: insertInto('changes', changeColumns),
    remove: perTable((table) => file.prepare<[string]>(`DELETE FROM ${table} WHERE client = ?`)),
    insert: perTable((table) => insertInto(table, ['client', ...clientTables[table]])),
  };
}

import type Database from 'better-sqlite3';
import type { CoverageTimeline } from '@domeinbrug/coverage';
import type { Position } from '@domeinbrug/event-store';
import { changeColumns, ofOthers } from '../change-rows.js';
import { checkpointOf, type Checkpoint } from '../checkpoint.js';
import { clientTables, type ClientTable, type Value } from '../client-rows.js';
import type { Parked, StoredClient } from '../fold-client.js';
import { FindingTally, replacementOf, type RowTable } from '../replacement.js';
import type { FindingCounts } from '../status.js';
import { StoredKeys } from '../stored-keys.js';
import {
  positionKey,
  positionOf,
  type CheckpointTable,
  type ParkedTable,
  type ViewsDatabase,
} from '../tables.js';
import {
  ViewsMoved,
  type ClientUpdate,
  type FoldedRows,
  type ViewsBatch,
  type ViewsWriter,
} from '../views-writer.js';
import { SqliteKeys } from './sqlite-keys.js';

/**
 * The one connection that writes a file of read models. Statements are prepared once: building them per row cost more
 * than running them. Nothing waits for anything, so a transaction is one turn of its thread.
 */
export class SqliteViewsWriter implements ViewsWriter {
  readonly keys: StoredKeys;
  private readonly keysToWrite: SqliteKeys;
  private tally: FindingTally;
  private readonly statements: ReturnType<typeof prepareStatements>;
  /** Few, and asked about for every client. */
  private parkedClients: Map<string, Parked>;
  private unrested = 0;
  /** At first since a process before may have been broken off while it owed that. */
  private isCutOwed = true;
  /** Of whom the feed is not filled in: what is read of the log for it may be from before. */
  private readonly forgotten = new Set<string>();

  /** @param db the same connection, for questions that are asked once a batch */
  constructor(
    private readonly file: Database.Database,
    db: ViewsDatabase,
  ) {
    this.keys = new StoredKeys(db);
    this.keysToWrite = new SqliteKeys(file);
    this.statements = prepareStatements(file);
    this.tally = this.countedFindings();
    this.parkedClients = this.storedParked();
  }

  get findings(): FindingCounts {
    return this.tally.counted;
  }

  async checkpoint(): Promise<Checkpoint | null> {
    const row = this.statements.checkpoint.get();
    return Promise.resolve(row ? checkpointOf(row) : null);
  }

  reread(): Promise<Checkpoint | null> {
    this.tally = this.countedFindings();
    this.parkedClients = this.storedParked();
    return this.checkpoint();
  }

  async begin({ position, recordedAt, identity, feed }: Checkpoint): Promise<void> {
    const key = (at: Position | null): string | null => at && positionKey(at);
    await this.inTransaction(() =>
      this.statements.begin.run(
        key(position),
        recordedAt,
        identity,
        key(feed.since),
        key(feed.until),
        key(feed.missing),
      ),
    );
  }

  async storedClients(clients: readonly string[]): Promise<Map<string, StoredClient>> {
    return Promise.resolve(new Map(clients.map((client) => [client, this.storedClient(client)])));
  }

  async storeBatch({ erased, clients, holders, sharedKeys, changes, from, to }: ViewsBatch): Promise<void> {
    await this.inTransaction(() => {
      for (const client of erased) this.forget(client);
      for (const update of clients) this.storeClient(update);
      this.keysToWrite.add(holders, sharedKeys);
      this.putChanges(changes);
      const { position, recordedAt, feed } = to;
      const until = feed.until && positionKey(feed.until);
      const moved = this.statements.move.run(positionKey(position), recordedAt, until, positionKey(from));
      if (moved.changes === 0) throw new ViewsMoved(from);
    });
    if (erased.length > 0) this.cutJournal();
  }

  async storeClients(clients: readonly ClientUpdate[]): Promise<void> {
    await this.inTransaction(() => clients.forEach((update) => this.storeClient(update)));
  }

  async addClients(clients: readonly FoldedRows[]): Promise<void> {
    await this.inTransaction(() => {
      for (const folded of clients) {
        this.storeClient({ ...folded, before: null });
        this.keysToWrite.collect(folded.keys);
      }
    });
  }

  async addCollectedKeys(): Promise<void> {
    await this.inTransaction(() => this.keysToWrite.fill());
  }

  async addChanges(rows: readonly Value[][]): Promise<void> {
    await this.inTransaction(() => this.putChanges(ofOthers(rows, this.forgotten)));
  }

  async emptyFeed(upTo: Position): Promise<void> {
    await this.inTransaction(() => this.statements.emptyFeed.run(positionKey(upTo)));
  }

  async completeFeed(): Promise<void> {
    await this.inTransaction(() => this.statements.completeFeed.run());
  }

  async close(): Promise<void> {
    await Promise.resolve(this.file.close());
  }

  rest(): boolean {
    if (this.isCutOwed) this.cutJournal();
    if (this.unrested >= transactionsToRest) {
      this.file.pragma('wal_checkpoint(PASSIVE)');
      this.unrested = 0;
    }
    return !this.isCutOwed;
  }

  private async inTransaction(write: () => void): Promise<void> {
    try {
      await Promise.resolve(this.file.transaction(write).immediate());
    } catch (error) {
      await this.reread();
      throw error;
    }
    this.unrested += 1;
  }

  private storedClient(client: string): StoredClient {
    const timeline = this.statements.timeline.get(client);
    return {
      timeline: timeline === undefined ? null : (JSON.parse(timeline) as CoverageTimeline),
      parked: this.parkedClients.get(client) ?? null,
    };
  }

  private storeClient(update: ClientUpdate): void {
    const { client, rows, parked } = update;
    if (rows) {
      const { cut, put, findings } = replacementOf({ ...update, rows });
      for (const [table, from] of cut) this.statements.cut[table].run(client, from);
      for (const table of allTables) for (const row of put[table]) this.statements.put[table].run(...row);
      this.tally.replace(findings);
    }
    this.park(client, parked);
  }

  /** What was erased stands in the journal too. Where a reader is at it, nobody waits: it is cut off later. */
  private cutJournal(): void {
    const waits = this.file.pragma('busy_timeout', { simple: true }) as number;
    this.file.pragma('busy_timeout = 0');
    const [{ busy }] = this.file.pragma('wal_checkpoint(TRUNCATE)') as [{ busy: number }];
    this.file.pragma(`busy_timeout = ${waits}`);
    this.isCutOwed = busy !== 0;
  }

  private forget(client: string): void {
    this.forgotten.add(client);
    this.tally.replace({ before: this.statements.findingsOf.raw().all(client), after: [] });
    this.statements.unshare.run(client);
    for (const statement of this.statements.forget) statement.run(client);
    this.park(client, null);
  }

  private park(client: string, parked: Parked | null): void {
    if (parked) {
      this.statements.park.run(client, positionKey(parked.position), parked.recordedAt, parked.reason);
      this.parkedClients.set(client, parked);
    } else if (this.parkedClients.delete(client)) this.statements.unpark.run(client);
  }

  private putChanges(rows: readonly Value[][]): void {
    for (const row of rows) this.statements.addChange.run(...row);
  }

  private storedParked(): Map<string, Parked> {
    return new Map(this.statements.parked.all().map((row) => [row.client, parkedOf(row)]));
  }

  private countedFindings(): FindingTally {
    const counts = this.statements.findingCounts.all();
    return new FindingTally(Object.fromEntries(counts.map(({ code, count }) => [code, count])));
  }
}

function parkedOf({ position, recorded_at, reason }: ParkedTable): Parked {
  return { position: positionOf(position), recordedAt: recorded_at, reason };
}

/** Small transactions after which it pays to write the journal back. */
const transactionsToRest = 16;

const allTables = Object.keys(clientTables) as ClientTable[];

function prepareStatements(file: Database.Database) {
  const put = (table: string, columns: readonly string[]): Database.Statement<Value[]> => {
    const places = columns.map(() => '?').join(', ');
    return file.prepare(`INSERT OR REPLACE INTO ${table} (${columns.join(', ')}) VALUES (${places})`);
  };
  const cut = (table: RowTable): Database.Statement<[string, number]> =>
    file.prepare(`DELETE FROM ${table} WHERE client = ? AND ordinal >= ?`);
  return {
    checkpoint: file.prepare<[], CheckpointTable>('SELECT * FROM checkpoint'),
    begin: file.prepare<Value[]>('INSERT INTO checkpoint VALUES (1, ?, ?, ?, ?, ?, ?)'),
    move: file.prepare<Value[]>(
      'UPDATE checkpoint SET position = ?, recorded_at = ?, feed_until = ? WHERE position = ?',
    ),
    completeFeed: file.prepare('UPDATE checkpoint SET feed_missing = NULL'),
    emptyFeed: file.prepare<[string]>('DELETE FROM changes WHERE position <= ?'),
    timeline: file.prepare<[string], string>('SELECT timeline_json FROM timelines WHERE client = ?').pluck(),
    findingCounts: file.prepare<[], { code: string; count: number }>(
      'SELECT code, count(*) AS count FROM findings GROUP BY code',
    ),
    parked: file.prepare<[], ParkedTable>('SELECT * FROM parked'),
    unpark: file.prepare<[string]>('DELETE FROM parked WHERE client = ?'),
    park: put('parked', ['client', 'position', 'recorded_at', 'reason']),
    addChange: put('changes', changeColumns),
    findingsOf: file.prepare<[string], Value[]>(
      `SELECT client, ${clientTables.findings.join(', ')} FROM findings WHERE client = ?`,
    ),
    unshare: file.prepare<[string]>(
      `UPDATE event_keys SET shared = 0 WHERE shared = 1 AND key IN (
         SELECT mine.key FROM event_keys AS mine JOIN event_keys AS held ON held.key = mine.key
         WHERE mine.client = ? AND mine.shared = 1 GROUP BY mine.key HAVING count(*) = 2)`,
    ),
    forget: [...allTables, 'event_keys', 'changes'].map((table) =>
      file.prepare<[string]>(`DELETE FROM ${table} WHERE client = ?`),
    ),
    put: Object.fromEntries(
      allTables.map((table) => [table, put(table, ['client', ...clientTables[table]])]),
    ) as Record<ClientTable, Database.Statement<Value[]>>,
    cut: {
      portfolio: cut('portfolio'),
      portfolio_gaps: cut('portfolio_gaps'),
      minutes: cut('minutes'),
      findings: cut('findings'),
    },
  };
}

import type Database from 'better-sqlite3';
import type { CoverageTimeline } from '@domeinbrug/coverage';
import type { Position } from '@domeinbrug/event-store';
import { changeColumns } from './change-rows.js';
import { checkpointOf, type Checkpoint } from './checkpoint.js';
import {
  clientTables,
  timelineRows,
  type ClientRows,
  type ClientTable,
  type TimelineRows,
  type Value,
} from './client-rows.js';
import type { Parked, StoredClient } from './fold-client.js';
import { StoredKeys } from './stored-keys.js';
import { positionKey, positionOf, type CheckpointTable, type ParkedTable } from './tables.js';

/**
 * The one connection that writes the read models. Statements are prepared once: building them per row cost more than
 * running them.
 */
export class ViewsWriter {
  /** The keys of all events. */
  readonly keys: StoredKeys;
  /** Findings by code, one for each organisation that it concerns: counting them when somebody asks takes too long. */
  private findingCounts: Map<string, number>;
  private readonly statements: ReturnType<typeof prepareStatements>;
  /** Few, and asked about for every client. */
  private readonly parkedClients: Map<string, Parked>;
  private unrested = 0;

  constructor(private readonly file: Database.Database) {
    this.keys = new StoredKeys(file);
    this.statements = prepareStatements(file);
    this.findingCounts = this.countedFindings();
    this.parkedClients = new Map(this.statements.parked.all().map((row) => [row.client, parkedOf(row)]));
  }

  /** All or nothing of what `write` writes. */
  inTransaction(write: () => void): void {
    try {
      this.file.transaction(write).immediate();
    } catch (error) {
      this.findingCounts = this.countedFindings();
      throw error;
    }
    this.unrested += 1;
  }

  /** How many findings there are with each code, one for each organisation that it concerns. */
  get findings(): Record<string, number> {
    return Object.fromEntries(this.findingCounts);
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
      parked: this.parkedClients.get(client) ?? null,
    };
  }

  /**
   * Writes the rows that differ from those there are; most events leave most rows as they were.
   *
   * @param before the timeline that the stored rows are of; `null` when the client has none
   */
  replaceClient(client: string, rows: ClientRows, before: CoverageTimeline | null): void {
    if (before === null) {
      this.addClient(rows);
      return;
    }
    const stored = timelineRows(client, before);
    this.addRows('timelines', rows.timelines);
    for (const table of ['portfolio', 'minutes', 'findings'] as const) {
      this.replaceRows(client, table, stored[table], rows[table]);
    }
    this.count(stored.findings, -1);
    this.count(rows.findings, 1);
    // Whose gaps they were is not in the timeline.
    if (before.gaps.length > 0) this.statements.cut.portfolio_gaps.run(client, 0);
    this.addRows('portfolio_gaps', rows.portfolio_gaps);
  }

  /** For a client that has no rows yet. */
  addClient(rows: ClientRows): void {
    for (const table of allTables) this.addRows(table, rows[table]);
    this.count(rows.findings, 1);
  }

  park(client: string, parked: Parked | null): void {
    if (parked) {
      this.statements.park.run(client, positionKey(parked.position), parked.recordedAt, parked.reason);
      this.parkedClients.set(client, parked);
    } else if (this.parkedClients.delete(client)) this.statements.unpark.run(client);
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

  /** Makes what is written last as easy to read as the rest. Takes a moment, so do it when nothing waits. */
  rest(): void {
    if (this.unrested < transactionsToRest) return;
    this.file.pragma('wal_checkpoint(PASSIVE)');
    this.unrested = 0;
  }

  private countedFindings(): Map<string, number> {
    return new Map(this.statements.findingCounts.all().map(({ code, count }) => [code, count]));
  }

  private count(findings: readonly Value[][], times: 1 | -1): void {
    for (const row of findings) {
      const code = row[codeOfFinding] as string;
      const left = (this.findingCounts.get(code) ?? 0) + times;
      if (left > 0) this.findingCounts.set(code, left);
      else this.findingCounts.delete(code);
    }
  }

  private replaceRows(
    client: string,
    table: keyof TimelineRows,
    before: readonly Value[][],
    after: readonly Value[][],
  ): void {
    const differing = after.filter((row, place) => !isSame(row, before[place]));
    this.addRows(table, differing);
    if (before.length > after.length) this.statements.cut[table].run(client, after.length);
  }

  private addRows(table: ClientTable, rows: readonly Value[][]): void {
    for (const row of rows) this.statements.put[table].run(...row);
  }
}

function parkedOf({ position, recorded_at, reason }: ParkedTable): Parked {
  return { position: positionOf(position), recordedAt: recorded_at, reason };
}

function isSame(row: readonly Value[], other: readonly Value[] | undefined): boolean {
  return other !== undefined && row.every((value, column) => value === other[column]);
}

/** Small transactions after which it pays to write the journal back. */
const transactionsToRest = 16;

/** Rows begin with the client. */
const codeOfFinding = 1 + clientTables.findings.indexOf('code');

const allTables = Object.keys(clientTables) as ClientTable[];

function prepareStatements(file: Database.Database) {
  const put = (table: string, columns: readonly string[]): Database.Statement<Value[]> => {
    const places = columns.map(() => '?').join(', ');
    return file.prepare(`INSERT OR REPLACE INTO ${table} (${columns.join(', ')}) VALUES (${places})`);
  };
  const cut = (table: ClientTable): Database.Statement<[string, number]> =>
    file.prepare(`DELETE FROM ${table} WHERE client = ? AND ordinal >= ?`);
  return {
    checkpoint: file.prepare<[], CheckpointTable>('SELECT * FROM checkpoint'),
    begin: file.prepare<Value[]>('INSERT INTO checkpoint VALUES (1, ?, ?, ?, ?, ?, ?)'),
    move: file.prepare<Value[]>('UPDATE checkpoint SET position = ?, recorded_at = ?, feed_until = ?'),
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

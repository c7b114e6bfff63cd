import { rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import type { EventLogReader, Position, RecordedEvent } from '@domeinbrug/event-store';
import { changeColumns, changeRows, isOfFeed } from './change-rows.js';
import type { ClientCoverage } from './client-coverage.js';
import { clientRows, type Value } from './client-rows.js';
import { historyFrom, historyOf, type ClientHistory } from './client-history.js';
import { clientOfStream, journeyCategory, streamOfClient } from './client-stream.js';
import { keyHolders, type HoldersBeside } from './event-keys.js';
import { feedEndBefore, feedStartAt } from './feed-start.js';
import { changesOfClient, foldClientOnce } from './fold-client.js';
import { ReferenceBook, type Mergers } from './reference-book.js';
import type { StoredKeys } from './stored-keys.js';
import type { FoldedRows } from './views-writer.js';

/** What a rebuild reads of the log. */
export type WholeLog = Pick<EventLogReader, 'readStreams' | 'readStream'>;

const clientsAPage = 200;
const changesAChunk = 1_000;

/**
 * All clients in order of their ids, each folded once with its events up to a position, a page at a time. Which of their
 * keys are shared is known only when all are read: {@link refoldedRows}.
 */
export async function* foldedRows(
  log: WholeLog,
  coverage: ClientCoverage,
  upTo: Position,
): AsyncGenerator<FoldedRows[]> {
  for await (const page of histories(log, upTo)) {
    yield page.map((history) => ({
      ...rowsOf(history, coverage),
      keys: keyHolders(history.events.filter(({ stream }) => stream === streamOfClient(history.client))),
    }));
  }
}

/** Clients that share keys with others, and those that are one person with them, folded once with what they share. */
export async function* refoldedRows(
  log: WholeLog,
  coverage: ClientCoverage,
  upTo: Position,
  keys: StoredKeys,
): AsyncGenerator<Omit<FoldedRows, 'keys'>> {
  const mergers = await new ReferenceBook(log).readUpTo(upTo);
  const beside: HoldersBeside = (clients) => keys.beside(clients);
  const concerned = (await keys.sharers()).flatMap((client) => mergers.relativesOf(client));
  for (const client of [...new Set(concerned)].sort()) {
    yield rowsOf(await historyOf(log, mergers, client, upTo, beside), coverage);
  }
}

function rowsOf(history: ClientHistory, coverage: ClientCoverage): Omit<FoldedRows, 'keys'> {
  const { client, current, parked } = foldClientOnce(history, coverage);
  return { client, rows: current && clientRows(client, current), parked };
}

/**
 * The feed up to a position, in order, as rows of `changes`. Clients are folded one after the other, and their changes
 * are sorted on disk. Shared keys take no part: they change no cover.
 *
 * @param scratch a file to sort in; removed afterwards
 */
export async function* feedRows(
  log: WholeLog,
  coverage: ClientCoverage,
  upTo: Position,
  scratch: string,
): AsyncGenerator<Value[][]> {
  const start = await feedStartAt(log, coverage.since);
  const until = await feedEndBefore(log, coverage.since, upTo);
  const unsorted = new Unsorted(scratch);
  try {
    for await (const page of histories(log, upTo)) {
      const entries = page.flatMap((history) => changesOfClient(history, start, coverage));
      unsorted.add(entries.filter((entry) => isOfFeed(entry, until)).flatMap(changeRows));
    }
    yield* unsorted.inOrder();
  } finally {
    unsorted.remove();
  }
}

/** Every client of whom an event or a merger up to the position tells, in order of their ids. */
export async function* histories(log: WholeLog, upTo: Position): AsyncGenerator<ClientHistory[]> {
  const mergers = await new ReferenceBook(log).readUpTo(upTo);
  const merged = mergers.clients().sort();
  let after: string | null = null;
  for (let isLast = false; !isLast;) {
    const page = await log.readStreams(journeyCategory, after, clientsAPage, upTo);
    isLast = page.length < clientsAPage;
    after = page.at(-1)?.stream ?? null;
    const own = new Map(page.map(({ stream, events }) => [stream, events]));
    const inPage = (client: string): boolean => isLast || streamOfClient(client) <= after!;
    while (merged.length > 0 && inPage(merged[0]!)) own.set(streamOfClient(merged.shift()!), []);
    const clients = [...own.keys()].sort().map(clientOfStream);
    const found = clients.filter((client) => client !== null);
    yield (await Promise.all(found.map((client) => historyIn(own, log, mergers, client, upTo)))).filter(
      ({ events }) => events.length > 0,
    );
  }
}

/** Read already, unless the client was ever one person with another. */
async function historyIn(
  own: ReadonlyMap<string, readonly RecordedEvent[]>,
  log: WholeLog,
  mergers: Mergers,
  client: string,
  upTo: Position,
): Promise<ClientHistory> {
  if (mergers.relativesOf(client).length > 1) return historyOf(log, mergers, client, upTo);
  return historyFrom(mergers, client, own.get(streamOfClient(client))!, upTo);
}

/** Rows of `changes` by client, to be had by position. Nothing is kept when the power fails, and nothing need be. */
class Unsorted {
  private readonly file: Database.Database;
  private readonly insert: Database.Statement<Value[]>;

  constructor(private readonly path: string) {
    rmSync(path, { force: true });
    this.file = new Database(path);
    this.file.pragma('journal_mode = OFF');
    this.file.pragma('synchronous = OFF');
    this.file.exec(`CREATE TABLE unsorted (${changeColumns.join(', ')})`);
    this.insert = this.file.prepare(
      `INSERT INTO unsorted VALUES (${changeColumns.map(() => '?').join(', ')})`,
    );
  }

  add(rows: readonly Value[][]): void {
    this.file.transaction(() => rows.forEach((row) => this.insert.run(...row)))();
  }

  *inOrder(): Generator<Value[][]> {
    const sorted = this.file.prepare<[], Value[]>(
      'SELECT * FROM unsorted ORDER BY position, client, ordinal',
    );
    let chunk: Value[][] = [];
    for (const row of sorted.raw().iterate() as Iterable<Value[]>) {
      if (chunk.push(row) < changesAChunk) continue;
      yield chunk;
      chunk = [];
    }
    if (chunk.length > 0) yield chunk;
  }

  remove(): void {
    this.file.close();
    rmSync(this.path, { force: true });
  }
}

import {
  comparePositions,
  START,
  type EventLog,
  type Position,
  type RecordedEvent,
} from '@domeinbrug/event-store';
import { codesStream } from '@domeinbrug/journey';
import { beginning, type Checkpoint } from './checkpoint.js';
import type { ClientCoverage } from './client-coverage.js';
import { clientRows } from './client-rows.js';
import { clientsNamed, clientsOfMerge, historyOf } from './client-history.js';
import { clientOfStream } from './client-stream.js';
import { endsFeed } from './feed-start.js';
import { foldClient, type ClientChanges, type FoldedClient } from './fold-client.js';
import { ReferenceBook, type Mergers } from './reference-book.js';
import type { ViewsWriter } from './views-writer.js';

/** What the projections read of the log. */
export type LogSource = Pick<EventLog, 'readStream' | 'readAll' | 'head'>;

/** Events to one transaction: enough to share the cost of a commit, few enough to be seen soon. */
const eventsABatch = 256;
const eventsAPage = 2_000;

/**
 * Reads the log from the checkpoint to its end and keeps the rows up with it. `report` is called after each
 * batch, once it is stored. May be stopped at any moment: checkpoint and rows move together.
 */
export async function catchUp(
  views: ViewsWriter,
  log: LogSource,
  coverage: ClientCoverage,
  report: (checkpoint: Checkpoint) => void = () => undefined,
  shouldStop: () => boolean = () => false,
): Promise<Checkpoint> {
  const book = new ReferenceBook(log);
  let checkpoint = beginOrResume(views, coverage);
  while (!shouldStop()) {
    const batch = await log.readAll(checkpoint.position, eventsABatch);
    if (batch.length === 0) break;
    checkpoint = await projectBatch(views, log, book, coverage, checkpoint, batch);
    report(checkpoint);
  }
  return checkpoint;
}

function beginOrResume(views: ViewsWriter, coverage: ClientCoverage): Checkpoint {
  const found = views.checkpoint();
  if (found) return found;
  const start = beginning(coverage.identity, coverage.since);
  views.moveCheckpoint(start);
  return start;
}

async function projectBatch(
  views: ViewsWriter,
  log: LogSource,
  book: ReferenceBook,
  coverage: ClientCoverage,
  from: Checkpoint,
  batch: readonly RecordedEvent[],
): Promise<Checkpoint> {
  const to = movedTo(from, batch);
  const mergers = await book.readUpTo(to.position);
  const folds: FoldedClient[] = [];
  for (const client of await clientsConcerned(log, mergers, batch)) {
    const history = await historyOf(log, mergers, client, to.position);
    folds.push(foldClient(history, from.position, views.storedClient(client), coverage));
  }
  views.inTransaction(() => {
    for (const fold of folds) storeFold(views, fold);
    addToFeed(
      views,
      folds.flatMap(({ changes }) => changes),
      to,
    );
    views.moveCheckpoint(to);
  });
  return to;
}

/** The clients whose rows the events may change, in order of their ids. */
async function clientsConcerned(
  log: LogSource,
  mergers: Mergers,
  batch: readonly RecordedEvent[],
): Promise<string[]> {
  const clients = new Set<string>();
  for (const event of batch) {
    const client = clientOfStream(event.stream);
    if (client !== null) clients.add(client);
    for (const named of clientsOfMerge(event)) clients.add(named);
  }
  const ofCodes = batch.filter(({ stream }) => stream === codesStream);
  if (ofCodes.length > 0) {
    for await (const page of pagesUpTo(log, batch.at(-1)!.position))
      for (const client of clientsNamed(page, mergers, ofCodes)) clients.add(client);
  }
  return [...new Set([...clients].flatMap((client) => mergers.relativesOf(client)))].sort();
}

/** Mergers of codes come once a year, so the log is read for them rather than that each event is indexed for it. */
async function* pagesUpTo(log: LogSource, end: Position): AsyncGenerator<RecordedEvent[]> {
  for (let after = START; comparePositions(after, end) < 0;) {
    const page = await log.readAll(after, eventsAPage);
    if (page.length === 0) return;
    yield page.filter(({ position }) => comparePositions(position, end) <= 0);
    after = page.at(-1)!.position;
  }
}

/** The checkpoint after a batch; a switch of rule set in it ends the feed. */
function movedTo(from: Checkpoint, batch: readonly RecordedEvent[]): Checkpoint {
  const { position, recordedAt } = batch.at(-1)!;
  const ended = batch.find((event) => endsFeed(event, from.feed.since));
  return {
    ...from,
    position,
    recordedAt,
    feed: { ...from.feed, until: from.feed.until ?? ended?.position ?? null },
  };
}

/** Writes what is current of a client; the caller moves the checkpoint in the same transaction. */
export function storeFold(views: ViewsWriter, { client, current, parked }: FoldedClient): void {
  if (current) views.replaceClient(client, clientRows(client, current));
  views.park(client, parked);
}

/**
 * Adds the entries that belong to the feed, none of after another took over.
 *
 * @param changes all of each position, in order of the clients' ids
 */
export function addToFeed(views: ViewsWriter, changes: readonly ClientChanges[], { feed }: Checkpoint): void {
  const ordinals = new Map<string, number>();
  for (const entry of changes) {
    if (feed.until !== null && comparePositions(entry.position, feed.until) > 0) continue;
    const ordinal = ordinals.get(entry.position) ?? 1;
    views.addChanges(entry, ordinal);
    ordinals.set(entry.position, ordinal + entry.changes.length);
  }
}

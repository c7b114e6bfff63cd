import {
  comparePositions,
  START,
  type EventLog,
  type Position,
  type RecordedEvent,
} from '@domeinbrug/event-store';
import { codesStream } from '@domeinbrug/journey';
import { changeRows, isOfFeed } from './change-rows.js';
import { beginning, type Checkpoint } from './checkpoint.js';
import type { ClientCoverage } from './client-coverage.js';
import { clientRows } from './client-rows.js';
import { clientsNamed, clientsOfMerge, historyOf } from './client-history.js';
import { clientOfStream } from './client-stream.js';
import { endsFeed } from './feed-start.js';
import { foldClient, type ClientChanges, type FoldedClient } from './fold-client.js';
import { ReferenceBook, type Mergers } from './reference-book.js';
import type { ViewsWriter } from './views-writer.js';

/** What the projector reads of the log. */
export type LogSource = Pick<EventLog, 'readStream' | 'readAll'>;

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
    const next = await projectBatch(views, log, book, coverage, checkpoint);
    if (!next) break;
    checkpoint = next;
    report(checkpoint);
  }
  return checkpoint;
}

function beginOrResume(views: ViewsWriter, coverage: ClientCoverage): Checkpoint {
  const found = views.checkpoint();
  if (found) return found;
  const start = beginning(coverage.identity, coverage.since);
  views.begin(start);
  return start;
}

/** One batch more; `null` when the log has no more. */
export async function projectBatch(
  views: ViewsWriter,
  log: LogSource,
  book: ReferenceBook,
  coverage: ClientCoverage,
  from: Checkpoint,
): Promise<Checkpoint | null> {
  const batch = await log.readAll(from.position, eventsABatch);
  if (batch.length === 0) return null;
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
    views.moveTo(to);
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
  const end = batch.find((event) => endsFeed(event, from.feed.since))?.position ?? null;
  return { ...from, position, recordedAt, feed: { ...from.feed, until: from.feed.until ?? end } };
}

function storeFold(views: ViewsWriter, { client, current, parked }: FoldedClient): void {
  if (current) views.replaceClient(client, clientRows(client, current));
  views.park(client, parked);
}

/** @param changes all of each position, in order of the clients' ids */
function addToFeed(views: ViewsWriter, changes: readonly ClientChanges[], { feed }: Checkpoint): void {
  const ordinals = new Map<string, number>();
  for (const entry of changes) {
    if (!isOfFeed(entry, feed.until)) continue;
    const first = ordinals.get(entry.position) ?? 1;
    views.addChanges(changeRows(entry, first));
    ordinals.set(entry.position, first + entry.changes.length);
  }
}

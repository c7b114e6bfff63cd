import type { RecordedEvent } from '@domeinbrug/event-store';
import { changeRows, isOfFeed } from './change-rows.js';
import { beginning, type Checkpoint } from './checkpoint.js';
import type { ClientCoverage } from './client-coverage.js';
import { clientRows } from './client-rows.js';
import { endsFeed } from './feed-start.js';
import { foldClient, type ClientChanges, type FoldedClient, type StoredClient } from './fold-client.js';
import { readBatch, type LogSource } from './read-batch.js';
import { ReferenceBook } from './reference-book.js';
import type { ViewsWriter } from './views-writer.js';

/**
 * Events to one transaction, reached only when that many wait: a quarter as many cost an eighth more processor time in
 * writing the same pages again, and this many still take less than half a second.
 */
const eventsABatch = 1_024;

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
    checkpoint = next.checkpoint;
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

/** One batch more, stored; `null` when the log has no more. */
export async function projectBatch(
  views: ViewsWriter,
  log: LogSource,
  book: ReferenceBook,
  coverage: ClientCoverage,
  from: Checkpoint,
): Promise<{ checkpoint: Checkpoint; folds: FoldedClient[] } | null> {
  const batch = await readBatch(log, book, from.position, eventsABatch, views.keys);
  if (!batch) return null;
  const to = movedTo(from, batch.events);
  const folded = batch.histories.map((history) => {
    const stored = views.storedClient(history.client);
    return { stored, fold: foldClient(history, from.position, stored, coverage) };
  });
  const folds = folded.map(({ fold }) => fold);
  views.inTransaction(() => {
    for (const { fold, stored } of folded) storeFold(views, fold, stored);
    batch.keys?.store();
    addToFeed(
      views,
      folds.flatMap(({ changes }) => changes),
      to,
    );
    views.moveTo(to);
  });
  return { checkpoint: to, folds };
}

/** The checkpoint after a batch; a switch of rule set in it ends the feed. */
function movedTo(from: Checkpoint, batch: readonly RecordedEvent[]): Checkpoint {
  const { position, recordedAt } = batch.at(-1)!;
  const end = batch.find((event) => endsFeed(event, from.feed.since))?.position ?? null;
  return { ...from, position, recordedAt, feed: { ...from.feed, until: from.feed.until ?? end } };
}

function storeFold(
  views: ViewsWriter,
  { client, current, parked }: FoldedClient,
  { timeline }: StoredClient,
): void {
  if (current) views.replaceClient(client, clientRows(client, current), timeline);
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

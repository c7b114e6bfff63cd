import type { RecordedEvent } from '@domeinbrug/event-store';
import { changeRows, isOfFeed } from './change-rows.js';
import { beginning, type Checkpoint } from './checkpoint.js';
import type { ClientCoverage } from './client-coverage.js';
import { clientRows, type Value } from './client-rows.js';
import { endsFeed } from './feed-start.js';
import {
  foldClient,
  foldClientOnce,
  type ClientChanges,
  type FoldedClient,
  type StoredClient,
} from './fold-client.js';
import { Pauses } from './other-work.js';
import { readBatch, type LogSource } from './read-batch.js';
import { ReferenceBook } from './reference-book.js';
import type { ClientUpdate, ViewsWriter } from './views-writer.js';

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
  shouldStop: (at: Checkpoint) => boolean = () => false,
): Promise<Checkpoint> {
  const book = new ReferenceBook(log);
  let checkpoint = await beginOrResume(views, coverage);
  while (!shouldStop(checkpoint)) {
    const next = await projectBatch(views, log, book, coverage, checkpoint);
    if (!next) break;
    checkpoint = next.checkpoint;
    report(checkpoint);
  }
  return checkpoint;
}

async function beginOrResume(views: ViewsWriter, coverage: ClientCoverage): Promise<Checkpoint> {
  const found = await views.checkpoint();
  if (found) return found;
  const start = beginning(coverage.identity, coverage.since);
  await views.begin(start);
  return start;
}

/** One batch more, stored; `null` when the log has no more. */
export async function projectBatch(
  views: ViewsWriter,
  log: LogSource,
  book: ReferenceBook,
  coverage: ClientCoverage,
  from: Checkpoint,
): Promise<{ checkpoint: Checkpoint; folds: FoldedClient[]; erased: readonly string[] } | null> {
  const batch = await readBatch(log, book, from.position, eventsABatch, views.keys);
  if (!batch) return null;
  const to = movedTo(from, batch.events);
  const stored = await views.storedClients(batch.histories.map(({ client }) => client));
  const folds: FoldedClient[] = [];
  const pauses = new Pauses();
  for (const history of batch.histories) {
    const fold = foldClient(history, from.position, stored.get(history.client)!, coverage);
    const isAnew = fold.current === null && batch.refolded.includes(history.client);
    folds.push(isAnew ? { ...fold, current: foldClientOnce(history, coverage).current } : fold);
    await pauses.whenDue();
  }
  await views.storeBatch({
    erased: batch.erased,
    clients: folds.map((fold) => updateOf(fold, stored.get(fold.client)!)),
    holders: batch.keys?.holders ?? [],
    sharedKeys: batch.keys?.sharedKeys ?? [],
    changes: feedRowsOf(
      folds.flatMap(({ changes }) => changes),
      to,
    ),
    from: from.position,
    to,
  });
  return { checkpoint: to, folds, erased: batch.erased };
}

/** The checkpoint after a batch; a switch of rule set in it ends the feed. */
function movedTo(from: Checkpoint, batch: readonly RecordedEvent[]): Checkpoint {
  const { position, recordedAt } = batch.at(-1)!;
  const end = batch.find((event) => endsFeed(event, from.feed.since))?.position ?? null;
  return { ...from, position, recordedAt, feed: { ...from.feed, until: from.feed.until ?? end } };
}

function updateOf({ client, current, parked }: FoldedClient, { timeline }: StoredClient): ClientUpdate {
  return { client, rows: current && clientRows(client, current), before: timeline, parked };
}

function feedRowsOf(changes: readonly ClientChanges[], { feed }: Checkpoint): Value[][] {
  return changes.filter((entry) => isOfFeed(entry, feed.until)).flatMap(changeRows);
}

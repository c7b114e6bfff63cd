import { comparePositions, type EventLog, type RecordedEvent } from '@domeinbrug/event-store';
import { beginning, type Checkpoint } from './checkpoint.js';
import type { ClientCoverage } from './client-coverage.js';
import { clientRows } from './client-rows.js';
import { clientOfStream, streamOfClient } from './client-stream.js';
import { endsFeed } from './feed-start.js';
import { foldClient, type ClientChanges, type FoldedClient } from './fold-client.js';
import type { ViewsWriter } from './views-writer.js';

/** What the projections read of the log. */
export type LogSource = Pick<EventLog, 'readStream' | 'readAll' | 'head'>;

/** Events to one transaction: enough to share the cost of a commit, few enough to be seen soon. */
const eventsABatch = 256;

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
  let checkpoint = beginOrResume(views, coverage);
  while (!shouldStop()) {
    const batch = await log.readAll(checkpoint.position, eventsABatch);
    if (batch.length === 0) break;
    checkpoint = await projectBatch(views, log, coverage, checkpoint, batch);
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
  coverage: ClientCoverage,
  from: Checkpoint,
  batch: readonly RecordedEvent[],
): Promise<Checkpoint> {
  const to = movedTo(from, batch);
  const clients = new Set(
    batch.map(({ stream }) => clientOfStream(stream)).filter((client) => client !== null),
  );
  const folds: FoldedClient[] = [];
  for (const client of [...clients].sort()) {
    const events = await log.readStream(streamOfClient(client), to.position);
    folds.push(foldClient(client, events, from.position, views.storedClient(client), coverage));
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

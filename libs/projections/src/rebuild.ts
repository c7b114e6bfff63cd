import type { EventLogReader, LogPlace, LogHead, Position } from '@domeinbrug/event-store';
import type { Value } from './client-rows.js';
import { beginning, type Checkpoint } from './checkpoint.js';
import { coverageUnder, type ClientCoverage } from './client-coverage.js';
import { feedEndBefore } from './feed-start.js';
import { feedRows, foldedRows, refoldedRows, type FoldedRows, type WholeLog } from './fold-all.js';
import { feedInThread, foldedInThread } from './fold-thread.js';
import { nextViewsPath, putInForce, removeOtherViews } from './generations.js';
import type { RulesInForce } from './rules-in-force.js';
import { makeViews, openViewsForWriting } from './views-file.js';
import type { ViewsWriter } from './views-writer.js';

/** What a rebuild reads of the log, and where it ends. */
export type WholeReadableLog = WholeLog & Pick<EventLogReader, 'head' | 'place'>;

/** The last position that takes part, and its moment. */
export type UpTo = Pick<LogHead, 'position' | 'recordedAt'>;

/**
 * Derives the read models of a whole log into a fresh file, client by client, feed included. Nothing of the file is of
 * use until this has ended.
 *
 * @param upTo the log's end when left out
 */
export async function deriveViews(
  path: string,
  log: WholeReadableLog,
  coverage: ClientCoverage,
  upTo?: UpTo,
): Promise<Checkpoint> {
  const end = upTo ?? (await log.head());
  await buildTables(path, foldedRows(log, coverage, end.position), await checkpointAt(log, coverage, end));
  await refoldSharers(path, log, coverage, end.position);
  const views = await openViewsForWriting(path);
  try {
    await fillFeed(views, feedRows(log, coverage, end.position, `${path}-feed`));
    return views.checkpoint()!;
  } finally {
    views.close();
  }
}

/**
 * Builds the read models anew beside the ones there are and puts them in force: first what answers questions, then
 * the feed. Broken off in between, the next start completes the feed. Only for the one that may write to the data
 * folder, with its own connections to the read models closed.
 */
export async function rebuildViews(
  dataDir: string,
  log: WholeReadableLog,
  inForce: RulesInForce,
): Promise<Checkpoint> {
  const path = nextViewsPath(dataDir);
  await buildGeneration(path, log, inForce);
  putInForce(dataDir, path);
  removeOtherViews(dataDir);
  const views = await openViewsForWriting(path);
  try {
    await completeFeed(views, path, log.place, inForce);
    return views.checkpoint()!;
  } finally {
    views.close();
  }
}

/** A whole generation but for its feed, in a thread beside this one. */
export async function buildGeneration(
  path: string,
  log: WholeReadableLog,
  inForce: RulesInForce,
  signal?: AbortSignal,
): Promise<void> {
  const head = await log.head();
  const coverage = coverageUnder(inForce);
  const job = { log: log.place, inForce, upTo: head.position, scratch: '' };
  await buildTables(path, foldedInThread(job, signal), await checkpointAt(log, coverage, head));
  await refoldSharers(path, log, coverage, head.position, signal);
}

/** Fills in what the feed misses, in a thread beside this one; nothing when nothing is missing. */
export async function completeFeed(
  views: ViewsWriter,
  path: string,
  log: LogPlace,
  inForce: RulesInForce,
  signal?: AbortSignal,
): Promise<void> {
  const upTo = views.checkpoint()!.feed.missing;
  if (upTo === null) return;
  await fillFeed(views, feedInThread({ log, inForce, upTo, scratch: `${path}-feed` }, signal));
}

async function buildTables(
  path: string,
  folded: AsyncIterable<FoldedRows[]>,
  checkpoint: Checkpoint,
): Promise<void> {
  await makeViews(path, async (views) => {
    for await (const page of folded) {
      views.inTransaction(() => page.forEach((client) => addClient(views, client)));
    }
    views.inTransaction(() => views.keys.fill());
    views.begin(checkpoint);
  });
}

function addClient(views: ViewsWriter, { client, rows, parked, keys }: FoldedRows): void {
  if (rows) views.addClient(rows);
  if (parked) views.park(client, parked);
  views.keys.collect(keys);
}

/** Tells of the keys that clients share, which the tables must hold before they can be asked. */
async function refoldSharers(
  path: string,
  log: WholeLog,
  coverage: ClientCoverage,
  upTo: Position,
  signal?: AbortSignal,
): Promise<void> {
  const views = await openViewsForWriting(path);
  try {
    for await (const { client, rows, parked } of refoldedRows(log, coverage, upTo, views)) {
      signal?.throwIfAborted();
      views.inTransaction(() => {
        if (rows) views.replaceClient(client, rows, views.storedClient(client).timeline);
        views.park(client, parked);
      });
    }
  } finally {
    views.close();
  }
}

async function fillFeed(views: ViewsWriter, chunks: AsyncIterable<Value[][]>): Promise<void> {
  const { missing } = views.checkpoint()!.feed;
  if (missing === null) return;
  views.inTransaction(() => views.emptyFeed(missing));
  for await (const rows of chunks) views.inTransaction(() => views.addChanges(rows));
  views.inTransaction(() => views.completeFeed());
}

async function checkpointAt(
  log: Pick<EventLogReader, 'readStream'>,
  { identity, since }: ClientCoverage,
  { position, recordedAt }: { position: Position; recordedAt: number },
): Promise<Checkpoint> {
  const until = await feedEndBefore(log, since, position);
  return { ...beginning(identity, since), position, recordedAt, feed: { since, until, missing: position } };
}

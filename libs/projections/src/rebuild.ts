import {
  START,
  type EventLogReader,
  type LogHead,
  type LogPlace,
  type Position,
} from '@domeinbrug/event-store';
import { BuildingProgress } from './building.js';
import type { Value } from './client-rows.js';
import { beginning, type Checkpoint } from './checkpoint.js';
import { coverageUnder, type ClientCoverage } from './client-coverage.js';
import { feedEndBefore } from './feed-start.js';
import { feedRows, foldedRows, refoldedRows, type WholeLog } from './fold-all.js';
import { feedInThread, foldedInThread } from './fold-thread.js';
import type { RulesInForce } from './rules-in-force.js';
import type { ViewsStore } from './views-store.js';
import type { FoldedRows, ViewsWriter } from './views-writer.js';

/** What a rebuild reads of the log, and where it ends. */
export type WholeReadableLog = WholeLog & Pick<EventLogReader, 'head' | 'lag' | 'place'>;

/** The last position that takes part, and its moment. */
export type UpTo = Pick<LogHead, 'position' | 'recordedAt'>;

/** Where a generation is made. */
type Making = Pick<ViewsStore, 'make' | 'openForWriting' | 'scratch' | 'tellBuilding'>;

/**
 * Derives the read models of a whole log into a fresh generation, client by client, feed included. Nothing of it is of
 * use until this has ended.
 *
 * @param upTo the log's end when left out
 */
export async function deriveViews(
  store: Making,
  generation: string,
  log: WholeReadableLog,
  coverage: ClientCoverage,
  upTo?: UpTo,
): Promise<Checkpoint> {
  const end = upTo ?? (await log.head());
  const checkpoint = await checkpointAt(log, coverage, end);
  const { events } = await log.lag(START);
  await buildTables(store, generation, foldedRows(log, coverage, end.position), checkpoint, events);
  const views = await store.openForWriting(generation);
  try {
    await refoldSharers(views, log, coverage, end.position);
    await fillFeed(views, feedRows(log, coverage, end.position, store.scratch(generation)));
    return (await views.checkpoint())!;
  } finally {
    await views.close();
  }
}

/**
 * Builds the read models anew beside the ones there are and puts them in force: first what answers questions, then
 * the feed. Broken off in between, the next start completes the feed. Only for the one that may write there, with its
 * own connections to the read models closed.
 */
export async function rebuildViews(
  store: ViewsStore,
  log: WholeReadableLog,
  inForce: RulesInForce,
): Promise<Checkpoint> {
  const generation = await store.next();
  await buildGeneration(store, generation, log, inForce);
  await store.putInForce(generation);
  await store.removeFormer();
  const views = await store.openForWriting(generation);
  try {
    await completeFeed(views, store.scratch(generation), log.place, inForce);
    return (await views.checkpoint())!;
  } finally {
    await views.close();
  }
}

/** A whole generation but for its feed, in a thread beside this one. */
export async function buildGeneration(
  store: Making,
  generation: string,
  log: WholeReadableLog,
  inForce: RulesInForce,
  signal?: AbortSignal,
): Promise<void> {
  const head = await log.head();
  const coverage = coverageUnder(inForce);
  const job = { log: log.place, inForce, upTo: head.position, scratch: '' };
  const checkpoint = await checkpointAt(log, coverage, head);
  const { events } = await log.lag(START);
  await buildTables(store, generation, foldedInThread(job, signal), checkpoint, events);
  const views = await store.openForWriting(generation);
  try {
    await refoldSharers(views, log, coverage, head.position, signal);
  } finally {
    await views.close();
  }
}

/**
 * Fills in what the feed misses, in a thread beside this one; nothing when nothing is missing.
 *
 * @param scratch a file to sort in; removed afterwards
 */
export async function completeFeed(
  views: ViewsWriter,
  scratch: string,
  log: LogPlace,
  inForce: RulesInForce,
  signal?: AbortSignal,
): Promise<void> {
  const upTo = (await views.checkpoint())!.feed.missing;
  if (upTo === null) return;
  await fillFeed(views, feedInThread({ log, inForce, upTo, scratch }, signal));
}

/** @param events about so many there are to be folded, by which it tells how far it is */
async function buildTables(
  store: Making,
  generation: string,
  folded: AsyncIterable<FoldedRows[]>,
  checkpoint: Checkpoint,
  events: number,
): Promise<void> {
  const progress = new BuildingProgress((building) => store.tellBuilding(building), generation, events);
  try {
    await store.make(generation, async (views) => {
      for await (const page of folded) {
        await views.addClients(page);
        await progress.add(page.reduce((events, { keys }) => events + keys.length, 0));
      }
      await views.addCollectedKeys();
      await views.begin(checkpoint);
    });
  } finally {
    await progress.end();
  }
}

/** Tells of the keys that clients share, which the tables must hold before they can be asked. */
async function refoldSharers(
  views: ViewsWriter,
  log: WholeLog,
  coverage: ClientCoverage,
  upTo: Position,
  signal?: AbortSignal,
): Promise<void> {
  for await (const folded of refoldedRows(log, coverage, upTo, views.keys)) {
    signal?.throwIfAborted();
    const stored = await views.storedClients([folded.client]);
    await views.storeClients([{ ...folded, before: stored.get(folded.client)!.timeline }]);
  }
}

async function fillFeed(views: ViewsWriter, chunks: AsyncIterable<Value[][]>): Promise<void> {
  const { missing } = (await views.checkpoint())!.feed;
  if (missing === null) return;
  await views.emptyFeed(missing);
  for await (const rows of chunks) await views.addChanges(rows);
  await views.completeFeed();
}

async function checkpointAt(
  log: Pick<EventLogReader, 'readStream'>,
  { identity, since }: ClientCoverage,
  { position, recordedAt }: { position: Position; recordedAt: number },
): Promise<Checkpoint> {
  const until = await feedEndBefore(log, since, position);
  return { ...beginning(identity, since), position, recordedAt, feed: { since, until, missing: position } };
}

import { Problem } from '@domeinbrug/problems';
import { ViewsNotReady } from '@domeinbrug/projections';
import { setTimeout } from 'node:timers/promises';
import type { Stores } from '../stores/stores.js';
import { feedPage, type FeedEntry, type FeedPage, type FeedReader } from './changes-feed.js';

/** `quiet`: nothing has changed for a while. `replaced`: the feed has ended and another has begun. */
export type Followed =
  { kind: 'entry'; entry: FeedEntry } | { kind: 'quiet' } | { kind: 'replaced'; problem: Problem };

export interface Following {
  /** Exclusive. */
  after: string;
  /** How long nothing may change before `quiet` is given, in milliseconds. */
  quietMs: number;
  /** Ends the sequence. */
  signal: AbortSignal;
}

const entriesAtOnce = 100;

/** Between two looks at the table: others' events come in by the hundreds a second. */
const restMs = 50;

/**
 * The entries after a cursor and then those that come, in order, none twice. Nothing is read ahead of whoever takes
 * them: one that is slow costs one page of memory. Ends with `signal`, or when another feed takes over.
 */
export async function* followChanges(
  stores: Stores,
  reader: FeedReader,
  { after, quietMs, signal }: Following,
): AsyncGenerator<Followed> {
  const news = newsOf(stores, signal);
  let cursor = after;
  let quietSince = Date.now();
  try {
    while (!signal.aborted) {
      news.expect();
      const page = await nextPage(stores, reader, cursor);
      if (page instanceof Problem) {
        yield { kind: 'replaced', problem: page };
        return;
      }
      for (const entry of page?.changes ?? []) {
        if (signal.aborted) return;
        yield { kind: 'entry', entry };
        quietSince = Date.now();
      }
      cursor = page?.cursor ?? cursor;
      if (page?.more) continue;
      const left = quietSince + quietMs - Date.now();
      if (left > 0 && (await news.within(left))) await rest(signal);
      if (signal.aborted || Date.now() < quietSince + quietMs) continue;
      yield { kind: 'quiet' };
      quietSince = Date.now();
    }
  } finally {
    news.close();
  }
}

/** `null` while the feed is being built: it goes on when that is done. */
async function nextPage(
  stores: Stores,
  reader: FeedReader,
  cursor: string,
): Promise<FeedPage | Problem | null> {
  try {
    return await feedPage(stores, reader, cursor, entriesAtOnce);
  } catch (error) {
    if (error instanceof ViewsNotReady) return null;
    if (error instanceof Problem && error.code === 'feed-replaced') return error;
    throw error;
  }
}

async function rest(signal: AbortSignal): Promise<void> {
  await setTimeout(restMs, undefined, { signal }).catch(() => undefined);
}

interface News {
  /** News from now on counts for the next {@link within}. */
  expect(): void;
  /** Whether there was news since {@link expect} or is within so many milliseconds. */
  within(ms: number): Promise<boolean>;
  close(): void;
}

/** Whether the read models have moved on. */
function newsOf({ projections }: Stores, signal: AbortSignal): News {
  let isThere = false;
  let wake = (): void => undefined;
  const unsubscribe = projections.subscribe(() => {
    isThere = true;
    wake();
  });
  const stop = (): void => wake();
  signal.addEventListener('abort', stop);
  return {
    expect: () => void (isThere = false),
    within: (ms) =>
      new Promise((resolve) => {
        if (isThere || signal.aborted) return resolve(isThere);
        const timer = globalThis.setTimeout(() => wake(), ms);
        wake = () => {
          clearTimeout(timer);
          wake = () => undefined;
          resolve(isThere);
        };
      }),
    close: () => {
      unsubscribe();
      signal.removeEventListener('abort', stop);
    },
  };
}

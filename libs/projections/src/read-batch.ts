import {
  comparePositions,
  START,
  type EventLog,
  type Position,
  type RecordedEvent,
} from '@domeinbrug/event-store';
import { codesStream } from '@domeinbrug/journey';
import { erasureType } from '@domeinbrug/privacy';
import { BatchKeys } from './batch-keys.js';
import { clientsNamed, clientsOfMerge, historyOf, type ClientHistory } from './client-history.js';
import { clientOfStream } from './client-stream.js';
import type { Mergers, ReferenceBook } from './reference-book.js';
import type { StoredKeys } from './stored-keys.js';

/** What the projector reads of the log. */
export type LogSource = Pick<EventLog, 'readStream' | 'readAll'>;

/** The next events of the log, and what they concern. */
export interface LogBatch {
  events: readonly RecordedEvent[];
  last: RecordedEvent;
  /** The clients that were erased: from here on nothing may be left of them. */
  erased: readonly string[];
  /** Whose rows told of something of theirs; made anew though none of their own events is among these. */
  refolded: readonly string[];
  /** Of every other client whose facts the events may change, up to the last of them, in order of the clients' ids. */
  histories: ClientHistory[];
  /** Of its events; `null` when nobody asked for them. */
  keys: BatchKeys | null;
}

const eventsAPage = 2_000;

/**
 * At most `limit` events after a position; `null` when the log has no more.
 *
 * @param stored the keys of the events before; left out, nothing is told of keys that clients share, which no facts of
 *   care follow from
 */
export async function readBatch(
  log: LogSource,
  book: ReferenceBook,
  after: Position,
  limit: number,
  stored?: StoredKeys,
): Promise<LogBatch | null> {
  const events = await log.readAll(after, limit);
  const last = events.at(-1);
  if (!last) return null;
  const mergers = await book.readUpTo(last.position);
  const erased = clientsErased(events);
  const others = events.filter(({ stream }) => !erased.includes(clientOfStream(stream) ?? ''));
  const keys = stored ? await BatchKeys.of(stored.without(erased), others) : null;
  const concerned = await clientsConcerned(log, mergers, events, keys);
  const sharers = (await stored?.sharingWith(erased)) ?? [];
  const lives = (client: string): boolean => !erased.includes(client);
  const refolded = [...sharers, ...erased.flatMap((client) => mergers.relativesOf(client))].filter(lives);
  const clients = [...new Set([...concerned, ...refolded])].filter(lives).sort();
  await keys?.prepareFor(clients);
  const histories: ClientHistory[] = [];
  for (const client of clients) {
    histories.push(await historyOf(log, mergers, client, last.position, keys?.beside));
  }
  return { events, last, erased, refolded, histories, keys };
}

function clientsErased(events: readonly RecordedEvent[]): string[] {
  const told = events.filter(({ type }) => type === erasureType);
  return [...new Set(told.flatMap(({ stream }) => clientOfStream(stream) ?? []))];
}

/** The clients whose facts the events may change, in order of their ids. */
async function clientsConcerned(
  log: LogSource,
  mergers: Mergers,
  batch: readonly RecordedEvent[],
  keys: BatchKeys | null,
): Promise<string[]> {
  const clients = new Set(await keys?.clientsReached((client) => mergers.relativesOf(client)));
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

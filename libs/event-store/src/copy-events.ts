import {
  START,
  type Append,
  type EventLog,
  type EventLogReader,
  type LogHead,
  type NewEvent,
  type Position,
  type RecordedEvent,
} from './event-log.js';
import { groupsOf } from './group-appends.js';
import { bytesAnAppend, bytesOf } from './one-append.js';

/** The other log cannot become a copy of this one: it holds, or was given, something else. */
export class NotACopy extends Error {
  override readonly name = 'NotACopy';
}

/** A page of events that lie in both logs now. */
export interface CopiedPage {
  events: number;
  /** Of the events that there were when copying began, 0 to 1. */
  share: number;
}

/** Where an event lies in each of two logs. */
export interface Places {
  one: Position;
  other: Position;
}

const eventsAPage = 2_000;

/**
 * Copies a log into an empty one, or goes on with a copy that was broken off: every event in the same order with the
 * same moment of recording, and so the same digests. What is appended to the first after the beginning is left for
 * the next time.
 *
 * @throws NotACopy when the other log holds other events; what `append` rejects with, and then it may be gone on with
 */
export async function* copyEvents(from: EventLogReader, to: EventLog): AsyncGenerator<CopiedPage> {
  const end = (await from.head()).position;
  const { events: all } = await from.lag(START);
  let after = await sharedUpTo(from, await to.head());
  let { events: left } = await from.lag(after);
  while (after !== end) {
    const page = await from.readAll(after, eventsAPage);
    const last = page.findIndex(({ position }) => position === end);
    const events = last < 0 ? page : page.slice(0, last + 1);
    await appendInOrder(to, appendsOf(events));
    after = events.at(-1)!.position;
    const { digest } = await to.head();
    if (digest !== events.at(-1)!.digest)
      throw new NotACopy(
        `Somebody else writes to the other log: at position ${after} it has another digest.`,
      );
    left -= events.length;
    yield { events: events.length, share: 1 - left / all };
  }
}

/**
 * Compares two logs event by event, with all that they hold of each but its position.
 *
 * @param alike told of a page of events that both have
 * @returns how many events both have, and where in the first they part; `null` when they are alike to the end of the
 *   shorter one
 */
export async function compareLogs(
  one: EventLogReader,
  other: EventLogReader,
  alike: (places: readonly Places[]) => void = () => undefined,
): Promise<{ events: number; partsAt: Position | null }> {
  let [events, after, otherAfter] = [0, START, START];
  for (;;) {
    const [page, others] = await Promise.all([
      one.readAll(after, eventsAPage),
      other.readAll(otherAfter, eventsAPage),
    ]);
    const common = Math.min(page.length, others.length);
    const parts = page.slice(0, common).findIndex((event, at) => told(event) !== told(others[at]!));
    const same = parts < 0 ? common : parts;
    alike(page.slice(0, same).map(({ position }, at) => ({ one: position, other: others[at]!.position })));
    events += same;
    if (parts >= 0) return { events, partsAt: page[parts]!.position };
    if (common < eventsAPage) return { events, partsAt: null };
    [after, otherAfter] = [page.at(-1)!.position, others.at(-1)!.position];
  }
}

function told({ position: _, ...event }: RecordedEvent): string {
  return JSON.stringify(Object.entries(event).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Refuses another log that is neither empty nor the beginning of this one. @throws NotACopy */
export async function refuseOthers(from: EventLogReader, to: EventLogReader): Promise<void> {
  await sharedUpTo(from, await to.head());
}

/** Where the first log was when it had what the other has. @throws NotACopy */
async function sharedUpTo(
  from: EventLogReader,
  { position, recordedAt, digest }: LogHead,
): Promise<Position> {
  if (position === START) return START;
  let after = await from.positionAt(recordedAt - 1);
  for (;;) {
    const page = await from.readAll(after, eventsAPage);
    const same = page.find((event) => event.digest === digest);
    if (same) return same.position;
    if (page.length < eventsAPage || page.at(-1)!.recordedAt > recordedAt)
      throw new NotACopy('The other log holds events that this one has not. Copy into an empty one.');
    after = page.at(-1)!.position;
  }
}

interface SizedAppend {
  append: Append & { recordedAt: number[] };
  /** Bytes of JSON: no fewer than what a store counts. */
  size: number;
}

/** Events that follow each other in one stream go together, as many as any store takes at once. */
function appendsOf(events: readonly RecordedEvent[]): SizedAppend[] {
  const appends: SizedAppend[] = [];
  for (const { stream, revision, recordedAt, ...rest } of events) {
    const event = contentOf(rest);
    const size = bytesOf(event);
    const last = appends.at(-1);
    if (last?.append.stream === stream && last.size + size <= bytesAnAppend) {
      last.append.events.push(event);
      last.append.recordedAt.push(recordedAt);
      last.size += size;
    } else {
      const expectedRevision = revision === 0 ? 'no-stream' : revision - 1;
      appends.push({ append: { stream, expectedRevision, events: [event], recordedAt: [recordedAt] }, size });
    }
  }
  return appends;
}

/**
 * So many at a time as a store commits at once, or one after another: when some fail, none behind them is stored, and what
 * is there is the beginning of a copy still.
 */
async function appendInOrder(to: EventLog, appends: readonly SizedAppend[]): Promise<void> {
  const left = appends.values();
  for (const group of groupsOf(() => left.next().value))
    await Promise.all(group.map(({ append }) => appendCopy(to, append)));
}

function contentOf({ id, type, contentHash, content, personal, metadata }: NewEvent): NewEvent {
  return { id, type, contentHash, content, personal, metadata };
}

async function appendCopy(to: EventLog, append: Append): Promise<void> {
  const result = await to.append(append);
  if (result.status === 'appended' || result.status === 'known') return;
  throw new NotACopy(
    `Stream ${append.stream} of the other log is not what it was copied from (${result.status}). Copy into an empty one.`,
  );
}

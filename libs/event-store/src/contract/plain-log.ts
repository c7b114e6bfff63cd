import { expect } from '@jest/globals';
import fc from 'fast-check';
import { START } from '../event-log.js';
import type { Append, AppendResult, EventLogReader, NewEvent, RecordedEvent } from '../event-log.js';
import { EMPTY_LOG_DIGEST, nextDigest } from '../log-digest.js';
import { everything, sampleEvent } from './sample-events.js';

/** What the port says, in the plainest way: one array, searched from the front. */
class PlainLog {
  readonly events: RecordedEvent[] = [];

  append({ stream, expectedRevision, events, recordedAt }: Append, now: number): AppendResult {
    const inStream = this.events.filter((event) => event.stream === stream);
    const revision = inStream.at(-1)?.revision ?? 'no-stream';
    const earlier = (event: NewEvent): NewEvent =>
      [...inStream, ...events].find(({ id }) => id === event.id) ?? event;
    const ids = events
      .filter((event) => earlier(event).contentHash !== event.contentHash)
      .map(({ id }) => id);
    if (ids.length > 0) return { status: 'conflict', ids: [...new Set(ids)] };
    const fresh = events.filter((event) => earlier(event) === event);
    if (fresh.length === 0)
      return { status: 'known', revision: revision as number, ...this.placesOf(stream, events) };
    if (expectedRevision !== 'any' && expectedRevision !== revision)
      return { status: 'wrong-revision', revision };
    const lastRecordedAt = this.events.at(-1)?.recordedAt ?? 0;
    const moments = fresh.map(
      (event) => recordedAt?.[events.indexOf(event)] ?? Math.max(now, lastRecordedAt),
    );
    if (moments.some((moment, index) => moment < (moments[index - 1] ?? lastRecordedAt))) {
      return { status: 'too-late', lastRecordedAt };
    }
    fresh.forEach((event, index) => this.record(stream, event, inStream.length + index, moments[index]!));
    return {
      status: 'appended',
      revision: inStream.length + fresh.length - 1,
      ...this.placesOf(stream, events),
      fresh: events.map((event) => fresh.includes(event)),
    };
  }

  private placesOf(stream: string, events: NewEvent[]): { positions: string[]; recordedAt: number[] } {
    const found = events.map(({ id }) =>
      this.events.find((event) => event.stream === stream && event.id === id)!,
    );
    return {
      positions: found.map(({ position }) => position),
      recordedAt: found.map((event) => event.recordedAt),
    };
  }

  private record(stream: string, event: NewEvent, revision: number, recordedAt: number): void {
    const digest = nextDigest(this.events.at(-1)?.digest ?? EMPTY_LOG_DIGEST, event.contentHash);
    this.events.push({
      ...event,
      stream,
      revision,
      position: String(this.events.length + 1),
      recordedAt,
      digest,
    });
  }
}

// Few streams, ids and contents, so that repeats, conflicts and races are common.
const events = fc.array(
  fc.record({ id: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), content: fc.constantFrom(1, 1, 1, 1, 2) }),
  { minLength: 1, maxLength: 4 },
);
const append = fc
  .record({
    stream: fc.constantFrom('journey-1', 'journey-2'),
    expectedRevision: fc.oneof(
      fc.constant('no-stream' as const),
      fc.constant('current' as const), // at the start of the group: right for the first append to a stream
      fc.constant('any' as const),
      fc.nat(4),
    ),
    events: events.map((chosen) => chosen.map(({ id, content }) => sampleEvent(id, content))),
    history: fc.option(fc.array(fc.nat(60), { minLength: 4, maxLength: 4 }), { freq: 3, nil: undefined }),
    now: fc.nat(50),
  })
  .map(({ history, ...rest }) => ({ ...rest, recordedAt: history?.slice(0, rest.events.length) }));
/** Appends in the groups in which they are to be committed; an expected revision may be `'current'`. */
export const groupsOfAppends = fc.array(fc.array(append, { minLength: 1, maxLength: 5 }), {
  minLength: 1,
  maxLength: 12,
});

/** An append with the reading of the clock at which it is handed in, ms since 1970. */
export type TimedAppend = Append & { now: number };

type ChosenGroups = typeof groupsOfAppends extends fc.Arbitrary<infer Groups> ? Groups : never;

/**
 * Expects an empty log to answer and to store as the plainest log would.
 * @param commitGroup appends a group in order
 * @returns the statuses that were answered
 */
export async function expectLikePlainLog(
  chosen: ChosenGroups,
  commitGroup: (appends: TimedAppend[]) => AppendResult[] | Promise<AppendResult[]>,
  reader: EventLogReader,
): Promise<AppendResult['status'][]> {
  const plain = new PlainLog();
  const statuses: AppendResult['status'][] = [];
  for (const group of chosen) {
    const exact = group.map((each) => ({ ...each, expectedRevision: revisionFor(plain, each) }));
    const results = await commitGroup(exact);
    expect(results).toEqual(exact.map((each) => plain.append(each, each.now)));
    statuses.push(...results.map(({ status }) => status));
  }
  expect(await everything(reader, 3)).toEqual(plain.events);
  for (let moment = 0; moment <= 60; moment++) {
    const last = plain.events.findLast(({ recordedAt }) => recordedAt <= moment);
    expect(await reader.positionAt(moment)).toBe(last?.position ?? START);
  }
  return statuses;
}

function revisionFor(
  log: PlainLog,
  { stream, expectedRevision }: { stream: string; expectedRevision: Append['expectedRevision'] | 'current' },
): Append['expectedRevision'] {
  if (expectedRevision !== 'current') return expectedRevision;
  return log.events.findLast((event) => event.stream === stream)?.revision ?? 'no-stream';
}

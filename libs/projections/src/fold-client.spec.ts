import type { CoverageTimeline, CoverRow, KnownAt } from '@domeinbrug/coverage';
import type { RecordedEvent } from '@domeinbrug/event-store';
import type { JourneyEvent, JourneyFacts } from '@domeinbrug/journey';
import type { ClientCoverage } from './client-coverage.js';
import type { ClientHistory } from './client-history.js';
import { foldClient, neverSeen } from './fold-client.js';
import { Mergers } from './reference-book.js';

/** A coverage with one row, as long as the client has events; an event `bad` cannot be read, `ill` not be folded. */
const countingCoverage: ClientCoverage = {
  identity: 'test',
  since: '0',
  read: ({ id, type, recordedAt }) => {
    if (type === 'bad') throw new RangeError('no such type');
    return { source: 'urn:s', id, type, recordedAt, data: {} } as unknown as JourneyEvent;
  },
  facts: (events) => {
    if (events.at(-1)!.id === 'ill') throw new RangeError('cannot be folded');
    return { events } as unknown as JourneyFacts;
  },
  timeline: timelineOfOneRow,
  timelineBefore: null,
  gaps: () => [],
};

function timelineOfOneRow(
  clientId: string,
  { events }: JourneyFacts,
  { position }: KnownAt,
): CoverageTimeline {
  return { clientId, position, cover: [rowOf(events.length)] } as CoverageTimeline;
}

function rowOf(days: number): CoverRow {
  return { service: 'guidance', firstDay: '2024-01-01', lastDay: `2024-01-0${days}` } as CoverRow;
}

function history(events: readonly RecordedEvent[]): ClientHistory {
  const at: ClientHistory['at'] = (position) => new Mergers([], []).at(position);
  return { client: 'CLIENT01', relatives: ['CLIENT01'], events, at };
}

function recorded(position: number, id = `e${position}`, type = 'client-moved'): RecordedEvent {
  const stream = 'journey-CLIENT01';
  return { position: String(position), recordedAt: position * 1000, stream, id, type } as RecordedEvent;
}

test('each event has its own changes, in one fold or in several', () => {
  const events = [recorded(3), recorded(7), recorded(12)];
  const atOnce = foldClient(history(events), '0', neverSeen, countingCoverage);
  expect(atOnce.changes.map(({ position, changes }) => [position, changes[0]!.change])).toEqual([
    ['3', 'added'],
    ['7', 'changed'],
    ['12', 'changed'],
  ]);
  const first = foldClient(history(events.slice(0, 1)), '0', neverSeen, countingCoverage);
  const rest = foldClient(
    history(events),
    '3',
    { timeline: first.current!.timeline, parked: null },
    countingCoverage,
  );
  expect([...first.changes, ...rest.changes]).toEqual(atOnce.changes);
  expect(rest.current).toEqual(atOnce.current);
});

test('a client whose event cannot be folded is parked until a later event folds', () => {
  const events = [recorded(1), recorded(2, 'ill'), recorded(3, 'ill'), recorded(4)];
  const parked = foldClient(history(events.slice(0, 3)), '0', neverSeen, countingCoverage);
  expect(parked.parked).toEqual({ position: '2', recordedAt: 2000, reason: 'RangeError: cannot be folded' });
  expect(parked.current!.last.position).toBe('1');
  const stored = { timeline: parked.current!.timeline, parked: parked.parked };
  const after = foldClient(history(events), '3', stored, countingCoverage);
  expect(after.parked).toBeNull();
  expect(after.changes).toMatchObject([{ changes: [{ before: rowOf(1), after: rowOf(4) }] }]);
});

test('nothing makes up for an event that cannot be read', () => {
  const events = [recorded(1), recorded(2, 'e2', 'bad'), recorded(3)];
  const fold = foldClient(history(events), '0', neverSeen, countingCoverage);
  expect(fold.parked).toMatchObject({ position: '2', reason: 'RangeError: no such type' });
  expect(fold.current!.last.position).toBe('1');
});

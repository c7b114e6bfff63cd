import { amsterdamInstant, formatDay, parseDay, tryParseDay, type Instant } from '@domeinbrug/calendar';
import type { EventKey, JourneyEvent } from '@domeinbrug/journey';
import type { Draft } from '@domeinbrug/histories';
import fc from 'fast-check';
import { anyDraft, death, firstPossibleDay, ordinaryDrafts } from './event-drafts.js';
import { episodes } from './episodes.js';

export interface History {
  events: JourneyEvent[];
  /** A moment at which some or all of the events are known. */
  knownAt: Instant;
}

const sources = [
  'urn:nld:agb:65656055:systeem:ecd',
  'urn:nld:agb:65656055:systeem:planning',
  'urn:nld:gemeentecode:0363:systeem:wmo',
];

interface Sent {
  draft: Draft;
  source: string;
  /** Days between what the event is about and its recording. */
  late: number;
}

/** Something said about an earlier event, which may be itself a correction, a retraction, or unknown. */
interface Revision {
  kind: 'correct' | 'retract';
  /** Which event, modulo their number; -1 = an event that nobody ever sent. */
  about: number;
  /** How the corrected data differ from the original. */
  change: { days: number } | 'missing-field' | 'wrong-type';
  /** Sent by the sender of the original (possibly from another system), or by somebody else. */
  by: 'same-source' | 'same-organisation' | 'another';
  late: number;
}

const sent: fc.Arbitrary<Sent['source']> = fc.constantFrom(...sources);
const late = fc.oneof(
  { weight: 5, arbitrary: fc.constant(0) },
  { weight: 1, arbitrary: fc.integer({ min: -60, max: 120 }) },
);

const revision: fc.Arbitrary<Revision> = fc.record({
  kind: fc.constantFrom<Revision['kind']>('correct', 'correct', 'retract'),
  about: fc.integer({ min: -1, max: 30 }),
  change: fc.oneof(
    { weight: 8, arbitrary: fc.record({ days: fc.integer({ min: -15, max: 15 }) }) },
    { weight: 1, arbitrary: fc.constantFrom<Revision['change']>('missing-field', 'wrong-type') },
  ),
  by: fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom<Revision['by']>('same-source', 'same-organisation') },
    { weight: 1, arbitrary: fc.constant<Revision['by']>('another') },
  ),
  late,
});

const draftsOfOneClient: fc.Arbitrary<Draft[]> = fc
  .tuple(
    fc.oneof({ weight: 9, arbitrary: ordinaryDrafts }, { weight: 1, arbitrary: fc.constant<Draft[]>([]) }),
    fc.array(episodes, { maxLength: 3 }).map((each) => each.flat()),
    fc.array(anyDraft, { maxLength: 8 }),
    fc.oneof(
      { weight: 12, arbitrary: fc.constant<Draft[]>([]) },
      { weight: 5, arbitrary: fc.array(death, { minLength: 1, maxLength: 1 }) },
      { weight: 1, arbitrary: fc.array(death, { minLength: 2, maxLength: 2 }) },
    ),
  )
  .map((parts) => parts.flat());

/** Events of one client in some order, each key once, with corrections and retractions of all sorts. */
export const events: fc.Arbitrary<JourneyEvent[]> = fc
  .tuple(
    draftsOfOneClient,
    fc.array(fc.record({ source: sent, late }), { minLength: 30, maxLength: 30 }),
    fc.oneof(
      { weight: 2, arbitrary: fc.constant<Revision[]>([]) },
      { weight: 1, arbitrary: fc.array(revision, { maxLength: 4 }) },
    ),
  )
  .map(([drafts, senders, revisions]) => {
    const originals = drafts.map((draft, index) =>
      eventOf({ draft, ...senders[index % senders.length]! }, index),
    );
    return revisions.reduce((all, each) => [...all, revisionOf(all, each)], originals);
  });

/** Mostly everything is known; sometimes only what was recorded by some moment. */
export const histories: fc.Arbitrary<History> = fc
  .tuple(
    events,
    fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.nat({ max: 40 }) }),
  )
  .map(([list, known]) => {
    const moments = list.map(({ recordedAt }) => recordedAt).sort((a, b) => a - b);
    const whole = moments.at(-1) ?? 0;
    return { events: list, knownAt: known === null ? whole : (moments[known % moments.length] ?? whole) };
  });

function eventOf({ draft, source, late: days }: Sent, index: number): JourneyEvent {
  const { type, data } = draft;
  return {
    source,
    id: idOf(index),
    type,
    recordedAt: recordedAt(data, days),
    data,
  } as unknown as JourneyEvent;
}

function revisionOf(
  all: readonly JourneyEvent[],
  { kind, about, change, by, late: days }: Revision,
): JourneyEvent {
  const target = about < 0 ? undefined : all[about % Math.max(1, all.length)];
  const key: EventKey = target
    ? { source: target.source, id: target.id }
    : { source: sources[0]!, id: 'never-sent' };
  const data =
    kind === 'retract'
      ? { retracts: key, reason: '13' }
      : { corrects: key, data: changed(target?.data ?? {}, change) };
  return {
    source: senderOf(key.source, by),
    id: idOf(all.length),
    type: kind === 'retract' ? 'event-retracted' : 'event-corrected',
    recordedAt: recordedAt(target?.data ?? {}, days + 20),
    data,
  } as unknown as JourneyEvent;
}

/** Ids whose order is not the order of the list. */
function idOf(index: number): string {
  return `e${(index * 7) % 31}-${index}`;
}

function senderOf(source: string, by: Revision['by']): string {
  const agb = source.includes(':agb:');
  if (by === 'same-source') return source;
  if (by === 'another') return agb ? sources[2]! : sources[0]!;
  return agb ? sources[1]! : source;
}

/** Noon of the event's first day, so many days later. */
function recordedAt(data: object, days: number): Instant {
  const day = Object.values(data).flatMap((value) =>
    typeof value === 'string' ? (tryParseDay(value) ?? []) : [],
  )[0];
  return amsterdamInstant((day ?? firstPossibleDay) + days, 12);
}

function changed(data: object, change: Revision['change']): Record<string, unknown> {
  const fields = Object.entries(data);
  if (change === 'missing-field') return Object.fromEntries(fields.slice(fields.length));
  if (change === 'wrong-type') return Object.fromEntries(fields.map(([name]) => [name, 17.5]));
  return Object.fromEntries(fields.map(([name, value]) => [name, moved(value, change.days)]));
}

function moved(value: unknown, days: number): unknown {
  const isDay = typeof value === 'string' && tryParseDay(value) !== undefined;
  return isDay ? formatDay(parseDay(value) + days) : value;
}

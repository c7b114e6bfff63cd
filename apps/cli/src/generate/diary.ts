import { amsterdamInstant, formatDay, formatInstant, type Day, type Instant } from '@domeinbrug/calendar';
import { wireTypeOf, type EventData, type EventType } from '@domeinbrug/journey';
import type { Random } from './random.js';

/** Days from and up to which a history is told; both included. */
export interface Period {
  firstDay: Day;
  lastDay: Day;
}

/** One line of the history. */
export interface Told {
  recordedAt: Instant;
  /** The CloudEvent with `recordedat`, as JSON. */
  line: string;
}

/** An event's data in which days are numbers still. */
type WithDays<D> = { [K in keyof D]: K extends DayField ? Day | Extract<D[K], undefined> : D[K] };
type DayField = 'firstDay' | 'lastDay' | 'day' | 'decidedOn' | 'movedOn' | 'departureDay' | 'returnDay';
const dayFields: ReadonlySet<string> = new Set<DayField>([
  'firstDay',
  'lastDay',
  'day',
  'decidedOn',
  'movedOn',
  'departureDay',
  'returnDay',
]);

export interface Diary {
  /**
   * What a source tells of the person.
   * @param knownOn the first day on which the source could tell it; it may well tell it later, or wrong at first
   */
  tell<T extends EventType>(type: T, source: string, knownOn: Day, data: WithDays<EventData<T>>): void;
  told: Told[];
}

/** How long a source takes to tell what it knows: mostly days, now and then months, seldom more than a year. */
const delays: readonly (readonly [days: readonly [least: number, most: number], perMille: number])[] = [
  [[0, 2], 780],
  [[3, 14], 165],
  [[15, 90], 45],
  [[91, 500], 10],
];

/** Of a thousand: told with a wrong day first, and corrected; told of the wrong person, and retracted. */
const correctedPerMille = 22;
const mistakenPerMille = 6;

/** What can be entered for the wrong person without anybody noticing at once. */
const mistakable: ReadonlySet<EventType> = new Set<EventType>([
  'wmo-decision-issued',
  'wmo-support-started',
  'zvw-care-indicated',
  'insurance-changed',
  'stay-started',
  'activity-recorded',
]);

/** The events of one person in the order in which they are told; nothing is told after the period. */
export function diaryOf(clientId: string, random: Random, period: Period): Diary {
  const told: Told[] = [];
  const ends = amsterdamInstant(period.lastDay + 1, 0);

  /** Says when it was recorded; later than the period is not said at all. */
  const write = (type: EventType, source: string, id: string, day: Day, data: object): void => {
    const sentAt = amsterdamInstant(day, 7) + random.int(0, 12 * 3_600_000);
    const recordedAt = sentAt + random.int(200, 600_000);
    if (recordedAt >= ends) return;
    const line = JSON.stringify({
      specversion: '1.0',
      id,
      source,
      type: wireTypeOf(type),
      time: formatInstant(sentAt),
      recordedat: formatInstant(recordedAt),
      datacontenttype: 'application/json',
      data: { clientId, ...data },
    });
    told.push({ recordedAt, line });
  };

  return {
    told,
    tell(type, source, knownOn, data) {
      const [least, most] = random.weighted(delays);
      const day = startOf(knownOn, period, random) + random.int(least, most);
      const id = uuidOf(random);
      const mishap = random.int(1, 1_000);
      const target = { source, id };
      if (mishap <= correctedPerMille) {
        const days = random.int(1, 21) * (random.chance(0.5) ? 1 : -1);
        write(type, source, id, day, asTold(shifted(data, days)));
        const corrected = { corrects: target, data: asTold(data) };
        write('event-corrected', source, uuidOf(random), day + random.int(1, 120), corrected);
        return;
      }
      write(type, source, id, day, asTold(data));
      if (mishap > correctedPerMille + mistakenPerMille || !mistakable.has(type)) return;
      const mistake = { source, id: uuidOf(random) };
      const mistakenDay = day + random.int(1, 60);
      write(type, source, mistake.id, mistakenDay, asTold(elsewhere(shifted(data, random.int(-60, 60)))));
      const retraction = { retracts: mistake, reason: 'wrong-client' };
      write('event-retracted', source, uuidOf(random), mistakenDay + random.int(1, 60), retraction);
    },
  };
}

/** What began before the history begins was loaded in its first two months. */
function startOf(knownOn: Day, { firstDay }: Period, random: Random): Day {
  return knownOn < firstDay ? firstDay + random.int(0, 60) : knownOn;
}

/** The data as it goes over the wire: days as text, nothing that is not given. */
function asTold(data: object): object {
  return Object.fromEntries(
    Object.entries(data)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, dayFields.has(name) ? formatDay(value as Day) : (value as unknown)]),
  );
}

/** The same with its main day moved. */
function shifted(data: object, days: number): object {
  const fields = data as Record<string, unknown>;
  const main = ['firstDay', 'lastDay', 'day', 'departureDay', 'returnDay'].find((name) => name in fields);
  return main === undefined ? data : { ...data, [main]: (fields[main] as Day) + days };
}

/** Of another decision or indication, so that it does not stand for the person's own. */
function elsewhere(data: object): object {
  const own = Object.entries(data).filter(([name]) => name === 'decisionId' || name === 'indicationId');
  return { ...data, ...Object.fromEntries(own.map(([name, value]) => [name, `${String(value)}9`])) };
}

function uuidOf(random: Random): string {
  const hex = Array.from({ length: 4 }, () => random.bits().toString(16).padStart(8, '0')).join('');
  const variant = (8 + (random.bits() & 3)).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
}

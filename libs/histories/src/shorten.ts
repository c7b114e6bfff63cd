import { formatDay, tryParseDay, type Day } from '@domeinbrug/calendar';
import type { CaseEvent } from '@domeinbrug/cases';
import { eventTypes } from '@domeinbrug/journey';
import type { Service } from '@domeinbrug/terms';
import { ordinaryCodes, ordinaryDay, stayOf, zvwServices } from './steered-histories.js';

export type History = readonly CaseEvent[];

/**
 * The shortest and then simplest history that can be reached from one, step by step, while it keeps a property: first
 * fewer events, then fewer fields, ordinary codes and days near one day. No event, and no two events, can be left out
 * of what comes back.
 *
 * fast-check shrinks too, but by the way in which a history was drawn: it leaves out from the front, and not any two.
 *
 * @param keeps holds for `history`; what is no history at all does not keep it
 */
export function shorten(history: History, keeps: (candidate: History) => boolean): History {
  let shortest = history;
  for (const stepsOf of [
    fewerEvents,
    usualClaims,
    fewerFields,
    simplerValues,
    daysNearer,
    inOrderOfLife,
    fewerEvents,
  ]) {
    shortest = walk(shortest, stepsOf, keeps);
  }
  return shortest;
}

const noon = 'T12:00:00Z';

type Steps = (history: History) => Iterable<History>;

/** Takes the first step that keeps the property, again and again. Every step leads to something smaller, so it ends. */
function walk(from: History, stepsOf: Steps, keeps: (candidate: History) => boolean): History {
  for (const candidate of stepsOf(from)) {
    if (keeps(candidate)) return walk(candidate, stepsOf, keeps);
  }
  return from;
}

/** One event less, or two: a start that needs its end goes with it. */
function* fewerEvents(history: History): Iterable<History> {
  for (const one of history) yield history.filter((event) => event !== one);
  for (const one of history) {
    for (const other of history) {
      if (one !== other) yield history.filter((event) => event !== one && event !== other);
    }
  }
}

/** A claim as it is usually made; a municipality rarely decides on what an insurer pays. */
function* usualClaims(history: History): Iterable<History> {
  for (const [at, event] of history.entries()) {
    if (event.type !== 'wmo-decision-issued') continue;
    const { firstDay, lastDay, services, provider = ordinaryCodes.providers[0] } = event;
    for (const service of services as Service[]) {
      const usual = usualClaimOf(service);
      if (usual) yield history.with(at, { ...usual, firstDay, provider });
      if (usual?.type === 'zvw-care-indicated')
        yield history.with(at, { ...usual, firstDay, lastDay, provider });
    }
  }
}

/** `undefined` where it is a decision of the municipality. */
function usualClaimOf(service: Service): CaseEvent | undefined {
  if (service === 'case-management') return { type: 'case-management-started' };
  if (zvwServices.includes(service))
    return { type: 'zvw-care-indicated', indicationId: 'z1', services: [service] };
  const kind = service === 'respite-care' ? undefined : stayOf[service];
  return kind && { type: 'stay-started', kind };
}

/** A field less, or a list with one entry instead of several. */
function* fewerFields(history: History): Iterable<History> {
  for (const [at, event] of history.entries()) {
    for (const [name, value] of Object.entries(event)) {
      if (name !== 'type') yield history.with(at, withoutField(event, name));
      if (!Array.isArray(value) || value.length < 2) continue;
      for (const entry of value as unknown[]) yield history.with(at, { ...event, [name]: [entry] });
    }
  }
}

function withoutField(event: CaseEvent, name: string): CaseEvent {
  return Object.fromEntries(Object.entries(event).filter(([each]) => each !== name)) as CaseEvent;
}

const simplest: Record<string, readonly (string | number)[]> = {
  municipality: ordinaryCodes.municipalities,
  insurer: ordinaryCodes.insurers,
  careOffice: ordinaryCodes.careOffices,
  provider: ordinaryCodes.providers,
  /** Another than who comes to the client's own home. */
  home: ordinaryCodes.providers.toReversed(),
  profile: ordinaryCodes.profiles,
  decisionId: ['d1'],
  indicationId: ['z1'],
  pool: ['pool-a'],
  minutes: [60],
};

/** An ordinary value instead of another. */
function* simplerValues(history: History): Iterable<History> {
  for (const [at, event] of history.entries()) {
    for (const [name, value] of Object.entries(event)) {
      const known = (name === 'provider' && livedIn(event) ? simplest['home'] : simplest[name]) ?? [];
      const place = known.indexOf(value as string | number);
      const simpler = place < 0 ? known : known.slice(0, place);
      for (const other of simpler) yield history.with(at, { ...event, [name]: other });
    }
    const { decidedOn, firstDay } = event;
    if (decidedOn !== undefined && firstDay !== undefined && decidedOn !== firstDay)
      yield history.with(at, { ...event, decidedOn: firstDay });
  }
}

function livedIn({ type }: CaseEvent): boolean {
  return ['client-admitted', 'client-discharged', 'wlz-delivery-started', 'wlz-delivery-ended'].includes(
    type,
  );
}

/** Days nearer to {@link ordinaryDay}: one alone, or with all that come after it. */
function* daysNearer(history: History): Iterable<History> {
  for (const day of daysOf(history)) {
    for (const nearer of nearerDays(day)) {
      yield withDays(history, (each) => (each >= day ? each + nearer - day : each));
    }
  }
  for (const [at, event] of history.entries()) {
    for (const day of daysOf([event])) {
      for (const nearer of nearerDays(day)) {
        const [moved] = withDays([event], (each) => (each === day ? nearer : each));
        yield history.with(at, moved!);
      }
    }
  }
}

/** From near to far, each nearer than the day itself: all the way, half of it, a quarter, down to one day. */
function nearerDays(day: Day): Day[] {
  const distance = Math.abs(day - ordinaryDay);
  const side = day > ordinaryDay ? 1 : -1;
  const left = distance > 1 ? [0, 1] : distance === 1 ? [0] : [];
  for (let step = Math.floor(distance / 2); step >= 1; step = Math.floor(step / 2))
    left.push(distance - step);
  return left.map((each) => ordinaryDay + side * each);
}

function daysOf(history: History): Day[] {
  const days = history.flatMap((event) => Object.values(event)).flatMap((value) => dayIn(value) ?? []);
  return [...new Set(days)].sort((a, b) => a - b);
}

function withDays(history: History, change: (day: Day) => Day): History {
  return history.map((event) => {
    const fields = Object.entries(event).map(([name, value]) => {
      const day = dayIn(value);
      return [name, day === undefined ? value : formatDay(change(day)) + (name === 'recordedAt' ? noon : '')];
    });
    return Object.fromEntries(fields) as CaseEvent;
  });
}

/** Also of a moment at noon, which moves with its event. */
function dayIn(value: unknown): Day | undefined {
  if (typeof value !== 'string') return undefined;
  return tryParseDay(value.endsWith(noon) ? value.slice(0, -noon.length) : value);
}

/** As one tells it: by day, and of one day in the order of the event catalogue. */
function* inOrderOfLife(history: History): Iterable<History> {
  const sorted = [...history].sort((a, b) => firstDayOf([a]) - firstDayOf([b]) || placeOf(a) - placeOf(b));
  if (sorted.some((event, at) => event !== history[at])) yield sorted;
}

/** The earliest day that any of the events names. */
export function firstDayOf(history: History): Day {
  return Math.min(...daysOf(history));
}

function placeOf({ type }: CaseEvent): number {
  return (eventTypes as readonly string[]).indexOf(type);
}

import { OPEN_END, parseDay, tryParseDay, type Day } from '@domeinbrug/calendar';
import type { EventType } from './event-catalogue.js';
import { NONE, type Fact } from './facts.js';
import type { JourneyEvent, JourneyEventOf } from './journey-event.js';
import type { End } from './ends.js';

/** One event of a given type with its place among the events that count. */
export type Placed<T extends EventType> = JourneyEventOf<T> & { at: number };

/** The events that count, by type, each with its place; asked by type. */
export type EventsByType = <T extends EventType>(type: T) => Placed<T>[];

export function eventsByType(events: readonly JourneyEvent[]): EventsByType {
  const placed = new Map<EventType, Placed<EventType>[]>();
  events.forEach((event, at) => {
    const sameType = placed.get(event.type) ?? [];
    sameType.push({ ...event, at });
    placed.set(event.type, sameType);
  });
  return <T extends EventType>(type: T) => (placed.get(type) ?? []) as Placed<T>[];
}

/** A fact without end that an event opens on a day. */
export function opening(event: { at: number }, firstDay: string): Fact {
  return { from: parseDay(firstDay), until: OPEN_END, opened: event.at, ended: NONE };
}

/** As {@link opening}, through the last day the event itself names. */
export function openingThrough(event: { at: number }, firstDay: string, lastDay: string | undefined): Fact {
  const fact = opening(event, firstDay);
  return lastDay === undefined ? fact : { ...fact, until: parseDay(lastDay) + 1, ended: event.at };
}

/** A fact of one day. */
export function onDay(event: { at: number }, day: string): Fact {
  return openingThrough(event, day, day);
}

export function endOf(event: { at: number }, lastDay: string): End {
  return { lastDay: parseDay(lastDay), event: event.at };
}

/** The digits of a code as a number; NONE when absent. */
export function codeOf(code: string | undefined): number {
  return code === undefined ? NONE : Number(code);
}

/**
 * The day on which the fact that an event reports begins; `undefined` for events that only end something.
 * A temporary stop of Wmo support is a milestone of its own day.
 */
export function startDayOf(event: JourneyEvent): Day | undefined {
  const fields = event.data as { firstDay?: string; day?: string; departureDay?: string };
  const day = fields.firstDay ?? fields.day ?? fields.departureDay ?? laterStart(event);
  return day === undefined ? undefined : tryParseDay(day);
}

function laterStart(event: JourneyEvent): string | undefined {
  if (event.type === 'bridging-extended') return event.data.decidedOn;
  if (event.type === 'group-ended') return event.data.lastDay;
  if (event.type === 'wmo-support-ended' && event.data.temporary) return event.data.lastDay;
  return undefined;
}

/** Events of several types together stand in (source, id) order again. */
export function inEventOrder<F extends { opened: number }>(facts: F[]): F[] {
  return facts.sort((a, b) => a.opened - b.opened);
}

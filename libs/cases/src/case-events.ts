import { amsterdamInstant, tryParseDay, tryParseInstant, type Instant } from '@domeinbrug/calendar';
import {
  codeSuccessionOf,
  fits,
  fitsType,
  isEventType,
  referenceFields,
  type CodeSucceeded,
  type CodeSuccession,
  type JourneyEvent,
} from '@domeinbrug/journey';
import type { CaseEvent } from './case-file.js';

/** The events of a case all come from one sender. */
const source = 'urn:nld:oin:00000000000000000000:systeem:cases';

/** The first of these that an event has is its main day: without `recordedAt` it is recorded then, at noon. */
const mainDays = ['firstDay', 'day', 'departureDay', 'returnDay', 'lastDay', 'decidedOn'] as const;

export interface CaseEvents {
  events: JourneyEvent[];
  /** What is written as `code-succeeded`: mergers of organisations, of which no client tells. */
  successions: CodeSuccession[];
  problems: string[];
}

/** The journey events that a case writes down; what cannot be read as an event is named. */
export function eventsOf(written: readonly CaseEvent[]): CaseEvents {
  const events: JourneyEvent[] = [];
  const successions: CodeSuccession[] = [];
  const problems: string[] = [];
  written.forEach((one, at) => {
    const event = one.type === 'code-succeeded' ? successionOf(one, at) : eventOf(one, at);
    if (typeof event === 'string') problems.push(event);
    else if ('by' in event) successions.push(event);
    else events.push(event);
  });
  return { events, successions, problems };
}

function eventOf(written: CaseEvent, at: number): JourneyEvent | string {
  const { key, type, recordedAt, ...fields } = written;
  const id = key ?? idAt(at);
  if (!isEventType(type)) return `Event ${id}: there is no event type "${type}".`;
  const data = withoutNulls(withTargets(type, fields));
  if (!fitsType(type, data)) {
    return `Event ${id}: this is no complete ${type}: ${JSON.stringify(data)}. See its schema for the fields it has.`;
  }
  const moment = recordedAt === undefined ? noonOf(data) : tryParseInstant(recordedAt);
  if (moment === undefined)
    return `Event ${id}: give recordedAt as an instant with offset; it has no day of its own.`;
  return { source, id, type, recordedAt: moment, data } as JourneyEvent;
}

function idAt(at: number): string {
  return `event-${String(at + 1).padStart(4, '0')}`;
}

function successionOf(
  { key, type: _type, recordedAt, ...data }: CaseEvent,
  at: number,
): CodeSuccession | string {
  const id = key ?? idAt(at);
  const fields = Object.entries(referenceFields['code-succeeded']);
  if (!fields.every(([name, schema]) => fits(schema, data[name])) || Object.keys(data).length > fields.length)
    return `Event ${id}: this is no complete code-succeeded: ${JSON.stringify(data)}. It has level, code, by and firstDay.`;
  const moment = recordedAt === undefined ? noonOf(data) : tryParseInstant(recordedAt);
  if (moment === undefined) return `Event ${id}: give recordedAt as an instant with offset.`;
  const told = data as unknown as CodeSucceeded;
  return codeSuccessionOf({ source, id, type: 'code-succeeded', recordedAt: moment, data: told });
}

/** `corrects: a` names the event with key `a`. */
function withTargets(type: string, fields: Record<string, unknown>): Record<string, unknown> {
  const target = (named: unknown): unknown => (typeof named === 'string' ? { source, id: named } : named);
  if (type === 'event-corrected') return { ...fields, corrects: target(fields['corrects']) };
  if (type === 'event-retracted') return { reason: '13', ...fields, retracts: target(fields['retracts']) };
  return fields;
}

/** `null` says the same as leaving a field out, also in the data of a correction. */
function withoutNulls(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([, value]) => value !== null)
      .map(([name, value]) => [name, isFields(value) ? withoutNulls(value) : value]),
  );
}

function isFields(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function noonOf(data: Record<string, unknown>): Instant | undefined {
  const text = mainDays.map((name) => data[name]).find((value) => typeof value === 'string');
  const day = text === undefined ? undefined : tryParseDay(text);
  return day === undefined ? undefined : amsterdamInstant(day, 12);
}

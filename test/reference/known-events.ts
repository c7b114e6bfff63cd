import { tryParseDay, type Instant } from '@domeinbrug/calendar';
import {
  fieldsOf,
  type EventKey,
  type EventType,
  type FieldSchema,
  type JourneyEvent,
  type JourneyEventOf,
} from '@domeinbrug/journey';

/**
 * First step of the day-by-day reference: which events count, and with which contents, for somebody who
 * knows what was recorded up to one moment.
 */
export interface KnownEvents {
  /** Without corrections and retractions; their effect is in the others. */
  events: JourneyEvent[];
  /** Finding codes of corrections and retractions that could not take effect. */
  codes: Set<string>;
}

type Correction = JourneyEventOf<'event-corrected'>;
type Retraction = JourneyEventOf<'event-retracted'>;

/** What is left of a client's events at `knownAt` (inclusive) when corrections and retractions have done their work. */
export function knownEvents(all: readonly JourneyEvent[], knownAt: Instant): KnownEvents {
  const recorded = eachOnce(all.filter((event) => event.recordedAt <= knownAt));
  const codes = new Set<string>();
  const retracted = retractedKeys(recorded, codes);
  const standing = recorded.filter((event) => !retracted.has(keyText(event)));
  const effective = effectiveCorrections(recorded, standing, retracted, codes);
  const events = standing
    .filter((event) => event.type !== 'event-corrected' && event.type !== 'event-retracted')
    .map((event) => correctedBy(event, effective));
  return { events, codes };
}

/** The same event recorded twice is one event, taken in when it first came. */
function eachOnce(events: readonly JourneyEvent[]): JourneyEvent[] {
  const first = new Map<string, JourneyEvent>();
  for (const event of events) {
    const seen = first.get(keyText(event));
    if (!seen || event.recordedAt < seen.recordedAt) first.set(keyText(event), event);
  }
  return [...first.values()];
}

/** Keys of events taken back. A retraction can itself not be taken back, and only the sender may take back. */
function retractedKeys(recorded: JourneyEvent[], codes: Set<string>): Set<string> {
  const keys = new Set<string>();
  for (const retraction of recorded.filter(
    (event): event is Retraction => event.type === 'event-retracted',
  )) {
    const target = find(recorded, retraction.data.retracts);
    if (!target) codes.add('unknown-target');
    else if (target.type === 'event-retracted' || !sameSender(target, retraction)) codes.add('wrong-target');
    else keys.add(keyText(target));
  }
  return keys;
}

/** Corrections that were not taken back and that name an original which stands, is of the same sender, and which they can replace. */
function effectiveCorrections(
  recorded: JourneyEvent[],
  standing: JourneyEvent[],
  retracted: Set<string>,
  codes: Set<string>,
): Correction[] {
  const effective: Correction[] = [];
  for (const correction of standing.filter(
    (event): event is Correction => event.type === 'event-corrected',
  )) {
    const target = find(recorded, correction.data.corrects);
    if (!target) codes.add('unknown-target');
    else if (isAboutAnEvent(target) || !sameSender(target, correction)) codes.add('wrong-target');
    else if (retracted.has(keyText(target))) codes.add('correction-of-retracted');
    else if (!isDataOf(target.type, correction.data.data)) codes.add('wrong-target');
    else effective.push(correction);
  }
  return effective;
}

/** The event with the contents of its last correction; it keeps its own key and recording. */
function correctedBy(event: JourneyEvent, corrections: Correction[]): JourneyEvent {
  const own = corrections.filter((each) => keyText(each.data.corrects) === keyText(event));
  const [last] = own.sort((a, b) => b.recordedAt - a.recordedAt || -byKey(a, b));
  return last ? ({ ...event, data: last.data.data } as unknown as JourneyEvent) : event;
}

function isAboutAnEvent(event: JourneyEvent): boolean {
  return event.type === 'event-corrected' || event.type === 'event-retracted';
}

function sameSender(a: EventKey, b: EventKey): boolean {
  return senderOf(a) === senderOf(b);
}

/** The organisation within a source: what stands before `:systeem:`. */
function senderOf({ source }: EventKey): string {
  return source.split(':systeem:')[0]!;
}

function find(events: JourneyEvent[], key: EventKey): JourneyEvent | undefined {
  return events.find((event) => keyText(event) === keyText(key));
}

function keyText({ source, id }: EventKey): string {
  return JSON.stringify([source, id]);
}

/** By source, then id, in UTF-16 code units. */
export function byKey(a: EventKey, b: EventKey): number {
  if (a.source !== b.source) return a.source < b.source ? -1 : 1;
  return a.id === b.id ? 0 : a.id < b.id ? -1 : 1;
}

/** Whether data has all that a type requires, each field of the right kind. */
function isDataOf(type: EventType, data: Record<string, unknown>): boolean {
  return Object.entries(fieldsOf(type)).every(([name, field]) => {
    const value = data[name] ?? null;
    return value === null ? !field.required : fits(field.schema, value);
  });
}

function fits(schema: FieldSchema, value: unknown): boolean {
  if (schema.type === 'array')
    return Array.isArray(value) && value.every((item) => fits(schema.items!, item));
  if (schema.type === 'integer') return Number.isInteger(value);
  if (typeof value !== schema.type) return false;
  if (schema.enum) return schema.enum.includes(value as string);
  return schema.format !== 'date' || tryParseDay(value as string) !== undefined;
}

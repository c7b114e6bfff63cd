import { formatDay, parseDay } from '@domeinbrug/calendar';
import type { EventData, EventType } from '@domeinbrug/journey';
import fc from 'fast-check';

/** What an event says, before anybody has sent it. */
export interface Draft {
  type: EventType;
  data: Record<string, unknown>;
}

export function draft<T extends EventType>(
  type: T,
  data: fc.Arbitrary<EventData<T> | object>,
): fc.Arbitrary<Draft> {
  return data.map((fields) => ({
    type,
    data: Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)),
  }));
}

export function optional<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.option(arbitrary, { nil: undefined, freq: 2 });
}

/** Adds a last day so many days after the first one, now and then; before it, it makes the record void. */
export function sometimesEnding<T extends { firstDay: string }>(
  record: fc.Arbitrary<T>,
  days: fc.Arbitrary<number>,
): fc.Arbitrary<T & { lastDay?: string }> {
  return fc
    .tuple(record, optional(days))
    .map(([fields, after]) =>
      after === undefined ? fields : { ...fields, lastDay: later(fields.firstDay, after) },
    );
}

/** Adds the day of decision, now and then more than two weeks after the first day. */
export function decided<T extends { firstDay: string }>(
  record: fc.Arbitrary<T>,
): fc.Arbitrary<T & { decidedOn: string }> {
  return fc
    .tuple(record, fc.integer({ min: -10, max: 20 }))
    .map(([fields, late]) => ({ ...fields, decidedOn: later(fields.firstDay, late) }));
}

function later(day: string, days: number): string {
  return formatDay(parseDay(day) + days);
}

/** Each of them, now and then one left out. */
export function mostOf(...drafts: fc.Arbitrary<Draft>[]): fc.Arbitrary<Draft[]> {
  const each = drafts.map((arbitrary) => fc.option(arbitrary, { nil: null, freq: 6 }));
  return fc.tuple(...each).map((made) => made.filter((one) => one !== null));
}

export function weighted<T>(
  weight: number,
  ...arbitraries: fc.Arbitrary<T>[]
): { weight: number; arbitrary: fc.Arbitrary<T> } {
  return { weight, arbitrary: fc.oneof(...arbitraries) };
}

import { formatDay, OPEN_END, parseDay, type Day } from './day.js';

/** A half-open range of days: `from` is in it, `until` is not. `until` may be {@link OPEN_END}. */
export interface DayRange {
  from: Day;
  until: Day;
}

export function contains(range: DayRange, day: Day): boolean {
  return range.from <= day && day < range.until;
}

export function overlaps(a: DayRange, b: DayRange): boolean {
  return a.from < b.until && b.from < a.until;
}

export function isEmpty(range: DayRange): boolean {
  return range.from >= range.until;
}

/** The exclusive end that an inclusive last day stands for; no last day is an open end. */
export function untilOf(lastDay: string | null | undefined): Day {
  return lastDay === null || lastDay === undefined ? OPEN_END : parseDay(lastDay) + 1;
}

/** The inclusive last day that an exclusive end stands for, as edges write it; `null` = open. */
export function lastDayOf(until: Day): string | null {
  return until >= OPEN_END ? null : formatDay(until - 1);
}

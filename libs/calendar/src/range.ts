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

/** The parts of a range that lie in any of the others, in order. The others may not overlap each other. */
export function within(range: DayRange, others: readonly DayRange[]): DayRange[] {
  return others
    .map((other) => ({ from: Math.max(range.from, other.from), until: Math.min(range.until, other.until) }))
    .filter((part) => !isEmpty(part));
}

/** The same days as ranges in order that neither overlap nor touch. */
export function union(ranges: readonly DayRange[]): DayRange[] {
  const joined: DayRange[] = [];
  for (const { from, until } of [...ranges].sort((a, b) => a.from - b.from)) {
    const last = joined.at(-1);
    if (last && from <= last.until) last.until = Math.max(last.until, until);
    else joined.push({ from, until });
  }
  return joined;
}

/** What is left of a range without the days of others, which are in order and do not overlap. */
export function without(range: DayRange, others: readonly DayRange[]): DayRange[] {
  const left: DayRange[] = [];
  let { from } = range;
  for (const taken of within(range, others)) {
    if (from < taken.from) left.push({ from, until: taken.from });
    from = taken.until;
  }
  return from < range.until ? [...left, { from, until: range.until }] : left;
}

import { formatDay, lastDayOf, parseDay, untilOf, type DayRange } from '@domeinbrug/calendar';

/** The days of a row, as rows write them. */
export interface DatedRow {
  firstDay: string;
  /** Inclusive; `null` = open. */
  lastDay: string | null;
}

export function rangeOf({ firstDay, lastDay }: DatedRow): DayRange {
  return { from: parseDay(firstDay), until: untilOf(lastDay) };
}

export function datesOf({ from, until }: DayRange): DatedRow {
  return { firstDay: formatDay(from), lastDay: lastDayOf(until) };
}

/** The parts of a range that lie in any of the others, in order. The others may not overlap each other. */
export function within(range: DayRange, others: readonly DayRange[]): DayRange[] {
  return others
    .map((other) => ({ from: Math.max(range.from, other.from), until: Math.min(range.until, other.until) }))
    .filter(({ from, until }) => from < until);
}

/** The same days as ranges in order that neither overlap nor touch. */
export function union(ranges: readonly DayRange[]): DayRange[] {
  const joined: DayRange[] = [];
  for (const range of [...ranges].sort((a, b) => a.from - b.from)) {
    const last = joined.at(-1);
    if (last && range.from <= last.until) last.until = Math.max(last.until, range.until);
    else joined.push({ ...range });
  }
  return joined;
}

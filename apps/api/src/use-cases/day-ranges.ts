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

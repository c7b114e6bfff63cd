import { addMonths, civilDate, dayOf, type Day, type DayRange } from '@domeinbrug/calendar';

/** The parts that a period is told in: its calendar months, or the whole of it. */
export interface Buckets {
  period: DayRange;
  /** The first day of each part that lies in the period, and after the last one the end (exclusive). */
  starts: readonly Day[];
  count: number;
  /** By day since `period.from`: the part that the day lies in. */
  ofDay: Uint16Array;
}

/** A period as calendar months; the first and last may be cut. The period must have an end. */
export function monthsOf(period: DayRange): Buckets {
  const starts: Day[] = [];
  for (let day = period.from; day < period.until; day = nextMonth(day)) starts.push(day);
  return bucketsFrom(period, starts);
}

/** A period as one part. */
export function wholeOf(period: DayRange): Buckets {
  return bucketsFrom(period, [period.from]);
}

function bucketsFrom(period: DayRange, firstDays: readonly Day[]): Buckets {
  const starts = [...firstDays, period.until];
  const ofDay = new Uint16Array(period.until - period.from);
  firstDays.forEach((day, at) => ofDay.fill(at, day - period.from, starts[at + 1]! - period.from));
  return { period, starts, count: firstDays.length, ofDay };
}

function nextMonth(day: Day): Day {
  const { year, month } = civilDate(day);
  return addMonths(dayOf(year, month, 1), 1);
}

/** `YYYY-MM` of the month that a day lies in. */
export function monthName(day: Day): string {
  const { year, month } = civilDate(day);
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}`;
}

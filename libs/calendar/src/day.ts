/**
 * Civil days in Europe/Amsterdam as whole days since 1970-01-01. Nothing here knows of clocks, time zones
 * or `Date`; a day is a number and day arithmetic is integer arithmetic.
 */
export type Day = number;

/** The exclusive end of a range that has no end. Larger than any day, small enough for 31-bit integers. */
export const OPEN_END: Day = 0x3fffffff;
/** The inclusive start of a range that has always been. */
export const ALWAYS: Day = -0x3fffffff;

const daysInEra = 146_097; // 400 Gregorian years

/** Days since 1970-01-01 of a Gregorian date; `month` 1-12. Era arithmetic after H. Hinnant, "chrono-compatible low-level date algorithms". */
export function dayOf(year: number, month: number, dayOfMonth: number): Day {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + dayOfMonth - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * daysInEra + dayOfEra - 719_468;
}

export interface CivilDate {
  year: number;
  /** 1-12 */
  month: number;
  /** 1-31 */
  dayOfMonth: number;
}

/** The Gregorian date of a day: the inverse of {@link dayOf}. */
export function civilDate(day: Day): CivilDate {
  const shifted = day + 719_468;
  const era = Math.floor(shifted / daysInEra);
  const dayOfEra = shifted - era * daysInEra;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    dayOfMonth: dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1,
  };
}

export function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

const dayPattern = /^(\d{4})-(\d{2})-(\d{2})$/;

/** The day that `YYYY-MM-DD` names, or `undefined` when the text names none (2023-02-29, 2024-3-4). */
export function tryParseDay(text: string): Day | undefined {
  const match = dayPattern.exec(text);
  if (!match) return undefined;
  const [year, month, dayOfMonth] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (month < 1 || month > 12 || dayOfMonth < 1 || dayOfMonth > daysInMonth(year, month)) return undefined;
  return dayOf(year, month, dayOfMonth);
}

/** As {@link tryParseDay}; throws `RangeError` when the text names no day. */
export function parseDay(text: string): Day {
  const day = tryParseDay(text);
  if (day === undefined)
    throw new RangeError(`"${text}" is not a day; write YYYY-MM-DD, such as 2024-03-04.`);
  return day;
}

/** `YYYY-MM-DD`. */
export function formatDay(day: Day): string {
  const { year, month, dayOfMonth } = civilDate(day);
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(dayOfMonth, 2)}`;
}

/** Calendar months later (or earlier), clamped to the month's last day: 31 January + 1 month = 28 or 29 February. */
export function addMonths(day: Day, months: number): Day {
  const { year, month, dayOfMonth } = civilDate(day);
  const monthIndex = year * 12 + (month - 1) + months;
  const [toYear, toMonth] = [Math.floor(monthIndex / 12), (((monthIndex % 12) + 12) % 12) + 1];
  return dayOf(toYear, toMonth, Math.min(dayOfMonth, daysInMonth(toYear, toMonth)));
}

export function yearOf(day: Day): number {
  return civilDate(day).year;
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, '0');
}

import { civilDate, dayOf, type Day } from './day.js';

/** A moment: milliseconds since 1970-01-01T00:00:00Z. Only knowledge has moments; cover has days. */
export type Instant = number;

const msPerDay = 86_400_000;
const msPerHour = 3_600_000;

const instantPattern = /^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:[Zz]|[+-]\d{2}:\d{2})$/;

/** The moment that an RFC 3339 text with offset names, or `undefined`. Digits past milliseconds are cut off. */
export function tryParseInstant(text: string): Instant | undefined {
  // Each event of an import is asked this three times, so its parts are read where they stand.
  if (!instantPattern.test(text)) return undefined;
  const [month, dayOfMonth] = [numberAt(text, 5, 7), numberAt(text, 8, 10)];
  const day = dayOf(numberAt(text, 0, 4), month, dayOfMonth);
  const read = civilDate(day);
  if (read.month !== month || read.dayOfMonth !== dayOfMonth) return undefined;
  const [hour, minute, second] = [numberAt(text, 11, 13), numberAt(text, 14, 16), numberAt(text, 17, 19)];
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const isUtc = /[Zz]$/.test(text);
  const offset = isUtc ? 0 : offsetMinutes(text.slice(-6));
  if (offset === undefined) return undefined;
  const fraction = text[19] === '.' ? text.slice(20, isUtc ? -1 : -6) : '0';
  const ms = Number(fraction.padEnd(3, '0').slice(0, 3));
  return day * msPerDay + ((hour * 60 + minute - offset) * 60 + second) * 1000 + ms;
}

/** The digits from `start` up to `end` as a number. */
function numberAt(text: string, start: number, end: number): number {
  let number = 0;
  for (let at = start; at < end; at++) number = number * 10 + text.charCodeAt(at) - zero;
  return number;
}

const zero = '0'.charCodeAt(0);

function offsetMinutes(text: string): number | undefined {
  const [hours, minutes] = [numberAt(text, 1, 3), numberAt(text, 4, 6)];
  if (hours > 23 || minutes > 59) return undefined;
  return (text.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}

/** RFC 3339 in UTC with milliseconds. */
export function formatInstant(instant: Instant): string {
  const day = Math.floor(instant / msPerDay);
  const { year, month, dayOfMonth } = civilDate(day);
  const ms = instant - day * msPerDay;
  const two = (value: number, width = 2): string => String(value).padStart(width, '0');
  return (
    `${two(year, 4)}-${two(month)}-${two(dayOfMonth)}T${two(Math.floor(ms / msPerHour))}:` +
    `${two(Math.floor(ms / 60_000) % 60)}:${two(Math.floor(ms / 1000) % 60)}.${two(ms % 1000, 3)}Z`
  );
}

/** The calendar day in Europe/Amsterdam on which a moment falls. */
export function amsterdamDay(instant: Instant): Day {
  return Math.floor((instant + amsterdamOffset(instant)) / msPerDay);
}

/** The moment of a clock time on a day in Europe/Amsterdam; in the hour that summer time skips, an hour later. */
export function amsterdamInstant(day: Day, hour: number): Instant {
  const local = day * msPerDay + hour * msPerHour;
  return local - amsterdamOffset(local - amsterdamOffset(local - msPerHour));
}

/** Summer time runs from the last Sunday of March to the last Sunday of October, 01:00 UTC (Directive 2000/84/EC; since 1996). */
function amsterdamOffset(instant: Instant): number {
  const { year } = civilDate(Math.floor(instant / msPerDay));
  const starts = lastSunday(year, 3) * msPerDay + msPerHour;
  const ends = lastSunday(year, 10) * msPerDay + msPerHour;
  return instant >= starts && instant < ends ? 2 * msPerHour : msPerHour;
}

function lastSunday(year: number, month: 3 | 10): Day {
  const last = dayOf(year, month, 31);
  return last - ((((last + 4) % 7) + 7) % 7); // 1970-01-01 was a Thursday
}

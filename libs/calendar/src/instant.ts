import { civilDate, dayOf, type Day } from './day.js';

/** A moment: milliseconds since 1970-01-01T00:00:00Z. Only knowledge has moments; cover has days. */
export type Instant = number;

const msPerDay = 86_400_000;
const msPerHour = 3_600_000;

const instantPattern =
  /^(\d{4})-(\d{2})-(\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?([Zz]|[+-]\d{2}:\d{2})$/;

/** The moment that an RFC 3339 text with offset names, or `undefined`. Digits past milliseconds are cut off. */
export function tryParseInstant(text: string): Instant | undefined {
  const match = instantPattern.exec(text);
  if (!match) return undefined;
  const [year, month, dayOfMonth, hour, minute, second] = match.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const day = dayOf(year, month, dayOfMonth);
  const read = civilDate(day);
  if (read.month !== month || read.dayOfMonth !== dayOfMonth) return undefined;
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const offset = match[8]!.toUpperCase() === 'Z' ? 0 : offsetMinutes(match[8]!);
  if (offset === undefined) return undefined;
  const ms = Number((match[7] ?? '0').padEnd(3, '0').slice(0, 3));
  return day * msPerDay + ((hour * 60 + minute - offset) * 60 + second) * 1000 + ms;
}

function offsetMinutes(text: string): number | undefined {
  const [hours, minutes] = [Number(text.slice(1, 3)), Number(text.slice(4, 6))];
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

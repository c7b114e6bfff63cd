/** Half-open ranges of whole days since 1970, made of the inclusive `YYYY-MM-DD` days that rows have. */
export interface DayRange {
  from: number;
  /** Exclusive; `Infinity` = open. */
  until: number;
}

export interface DatedRow {
  firstDay: string;
  /** Inclusive; `null` = open. */
  lastDay: string | null;
}

const msPerDay = 86_400_000;

export function rangeOf({ firstDay, lastDay }: DatedRow): DayRange {
  return { from: dayNumber(firstDay), until: lastDay === null ? Infinity : dayNumber(lastDay) + 1 };
}

export function datesOf({ from, until }: DayRange): DatedRow {
  return { firstDay: dayText(from), lastDay: until === Infinity ? null : dayText(until - 1) };
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

/** UTC has no hour that a day could lose, so a day is always the same number. */
function dayNumber(text: string): number {
  return Date.parse(`${text}T00:00:00Z`) / msPerDay;
}

function dayText(day: number): string {
  return new Date(day * msPerDay).toISOString().slice(0, 10);
}

import { civilDate, dayOf, OPEN_END, type Day } from '@domeinbrug/calendar';

/** A run of days in which nothing changes, and the characters it is drawn on. */
export interface Stretch {
  from: Day;
  /** Exclusive; may be {@link OPEN_END}. */
  until: Day;
  column: number;
  columns: number;
}

/** One block of the drawing, from left to right. */
export type TimeScale = Stretch[];

/** A payer's mark and at least one character of the kind of cover. */
const leastColumns = 2;
/** What an open end weighs: as long as a season. */
const openDays = 90;

/**
 * Divides the characters of a line over the stretches between changes. A stretch gets characters by the root of its
 * length, so that six weeks stay visible beside six years; no stretch gets fewer than two. What does not fit on one
 * line is divided over several.
 *
 * @param changes every day on which something begins, or has ended the day before; ascending, each once
 */
export function timeScales(changes: readonly Day[], columns: number): TimeScale[] {
  const stretches = changes.slice(1).map((until, index) => ({ from: changes[index]!, until }));
  const most = Math.floor(columns / leastColumns);
  const blocks = Math.ceil(stretches.length / most);
  const perBlock = Math.ceil(stretches.length / blocks);
  return Array.from({ length: blocks }, (_, block) =>
    divide(stretches.slice(block * perBlock, (block + 1) * perBlock), columns),
  );
}

function divide(stretches: readonly { from: Day; until: Day }[], columns: number): TimeScale {
  const weights = stretches.map(weightOf);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const spare = columns - leastColumns * stretches.length;
  let weighed = 0;
  let column = 0;
  return stretches.map((stretch, index) => {
    // Rounding the running sum, not each part, leaves nothing over at the end.
    weighed += weights[index]!;
    const end = leastColumns * (index + 1) + Math.round((spare * weighed) / total);
    const placed = { ...stretch, column, columns: end - column };
    column = end;
    return placed;
  });
}

function weightOf({ from, until }: { from: Day; until: Day }): number {
  return Math.sqrt(until >= OPEN_END ? openDays : until - from);
}

const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/**
 * Two lines above a block: years, and months where there is room. A label stands over the character in which its
 * month begins; the first one names the month in which the block begins.
 */
export function scaleLines(scale: TimeScale): [years: string, months: string] {
  const firsts = columnsWithMonth(scale);
  const end = scale.at(-1)!.column + scale.at(-1)!.columns;
  const years = firsts.filter(({ month, first }) => first || month === 1);
  // The Januaries before the other months, so that under a year stands its first month.
  const months = [...years, ...firsts.filter((mark) => !years.includes(mark))];
  return [
    labelLine(
      years.map(({ column, year }) => ({ column, text: String(year) })),
      end,
    ),
    labelLine(
      months.map(({ column, month }) => ({ column, text: monthNames[month - 1]! })),
      end,
    ),
  ];
}

interface MonthMark {
  column: number;
  year: number;
  month: number;
  /** The block's own first day, not the first of a month. */
  first: boolean;
}

/** The characters in which a month begins; of several months in one character, January, else the first. */
function columnsWithMonth(scale: TimeScale): MonthMark[] {
  const start = scale[0]!;
  const marks: MonthMark[] = [{ column: 0, ...civilDate(start.from), first: true }];
  for (const stretch of scale) {
    // An open end has no length, so no month has a place in it.
    if (stretch.until >= OPEN_END) continue;
    for (let index = 0; index < stretch.columns; index++) {
      const month = monthBeginningIn(dayAt(stretch, index), dayAt(stretch, index + 1));
      const column = stretch.column + index;
      if (month && column > 0) marks.push({ column, ...month, first: false });
    }
  }
  return marks;
}

function dayAt({ from, until, columns }: Stretch, index: number): Day {
  return from + Math.floor(((until - from) * index) / columns);
}

function monthBeginningIn(from: Day, until: Day): { year: number; month: number } | undefined {
  const { year, month, dayOfMonth } = civilDate(from);
  const [nextYear, nextMonth] = month === 12 ? [year + 1, 1] : [year, month + 1];
  const next = dayOfMonth === 1 ? { year, month } : { year: nextYear, month: nextMonth };
  if (dayOf(next.year, next.month, 1) >= until) return undefined;
  const january = next.month === 1 ? next.year : next.year + 1;
  return dayOf(january, 1, 1) < until ? { year: january, month: 1 } : next;
}

/** Labels at their columns, the first named first; one that would touch another, or run over the end, is left out. */
function labelLine(labels: readonly { column: number; text: string }[], columns: number): string {
  const line = Array<string>(columns).fill(' ');
  for (const { column, text } of labels) {
    const around = line.slice(Math.max(0, column - 1), column + text.length + 1);
    const fits = column + text.length <= columns && around.every((character) => character === ' ');
    if (fits) line.splice(column, text.length, ...text);
  }
  return line.join('').trimEnd();
}

import { formatDay, lastDayOf, OPEN_END, parseDay, untilOf, type Day } from '@domeinbrug/calendar';
import type { Funder, Service } from '@domeinbrug/terms';
import type { CoverageTimeline, CoverRow } from './coverage-timeline.js';

/** Who paid and who pays instead, for days on which that differs. */
export interface SettlementRow {
  service: Service;
  firstDay: string;
  lastDay: string | null;
  /** Sorted by funder; empty = nobody. */
  from: FunderShare[];
  to: FunderShare[];
  /** `null` when the last day is open. */
  days: number | null;
}

export interface FunderShare {
  funder: Funder;
  /** Percent. */
  share: number;
}

export interface SettlementOptions {
  /** Through which day, inclusive; `null` or absent = to the end. */
  lastDay?: string | null;
  /** Left out: all. */
  services?: readonly Service[];
}

/**
 * Compares two timelines of one client day by day: per service the funders with their shares, as sets. Days on
 * which the sets are equal do not appear; neighbouring days with the same change are one row.
 */
export function settlementBetween(
  before: CoverageTimeline,
  after: CoverageTimeline,
  options: SettlementOptions = {},
): SettlementRow[] {
  const until = untilOf(options.lastDay);
  const services = new Set([...before.cover, ...after.cover].map((row) => row.service));
  return [...services]
    .filter((service) => !options.services || options.services.includes(service))
    .sort()
    .flatMap((service) => settleService(service, rowsOf(before, service), rowsOf(after, service), until));
}

function rowsOf(timeline: CoverageTimeline, service: Service): CoverRow[] {
  return timeline.cover.filter((row) => row.service === service);
}

interface Stretch {
  from: Day;
  until: Day;
  paid: FunderShare[];
  pays: FunderShare[];
}

function settleService(
  service: Service,
  before: readonly CoverRow[],
  after: readonly CoverRow[],
  until: Day,
): SettlementRow[] {
  const days = boundaries([...before, ...after], until);
  const stretches: Stretch[] = [];
  days.slice(0, -1).forEach((from, at) => {
    const stretch = {
      from,
      until: days[at + 1]!,
      paid: fundersOn(before, from),
      pays: fundersOn(after, from),
    };
    if (sameFunders(stretch.paid, stretch.pays)) return;
    const last = stretches.at(-1);
    const goesOn =
      last?.until === from && sameFunders(last.paid, stretch.paid) && sameFunders(last.pays, stretch.pays);
    if (goesOn) last.until = stretch.until;
    else stretches.push(stretch);
  });
  return stretches.map((stretch) => ({
    service,
    firstDay: formatDay(stretch.from),
    lastDay: lastDayOf(stretch.until),
    from: stretch.paid,
    to: stretch.pays,
    days: stretch.until >= OPEN_END ? null : stretch.until - stretch.from,
  }));
}

/** Days on which a row begins or has ended, ascending, none after the end of the comparison. */
function boundaries(rows: readonly CoverRow[], until: Day): Day[] {
  const days = new Set<Day>([until]);
  for (const row of rows) days.add(parseDay(row.firstDay)).add(untilOf(row.lastDay));
  return [...days].filter((day) => day <= until).sort((a, b) => a - b);
}

/** The set of who pays which share; a funder that pays twice over stands in it once. */
function fundersOn(rows: readonly CoverRow[], day: Day): FunderShare[] {
  const paying = rows.filter((row) => parseDay(row.firstDay) <= day && day < untilOf(row.lastDay));
  const byText = new Map(paying.map(({ funder, share }) => [`${funder} ${share}`, { funder, share }]));
  return [...byText.keys()].sort().map((text) => byText.get(text)!);
}

function sameFunders(a: readonly FunderShare[], b: readonly FunderShare[]): boolean {
  return (
    a.length === b.length && a.every((one, at) => one.funder === b[at]!.funder && one.share === b[at]!.share)
  );
}

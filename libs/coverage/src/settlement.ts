import { formatDay, lastDayOf, OPEN_END, parseDay, untilOf, type Day } from '@domeinbrug/calendar';
import type { Funder, Service } from '@domeinbrug/terms';
import { splitCents, type Amount, type Costing } from './amounts.js';
import type { CoverRow } from './coverage-timeline.js';

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
  /** One per basis, where the days are closed and the service has a price; left out when costs were not asked. */
  amounts?: Amount[];
}

/** What a settlement reads of a timeline: who pays, not why. */
export interface PaidTimeline {
  cover: readonly PaidRow[];
}
export type PaidRow = Omit<CoverRow, 'because'>;

export interface SettlementOptions {
  /** Through which day, inclusive; `null` or absent = to the end. */
  lastDay?: string | null;
  /** Left out: all. */
  services?: readonly Service[];
  /** What days cost before and after; left out: no amounts. */
  costing?: { before: Costing; after: Costing };
}

/**
 * Compares two timelines of one client day by day: per service the funders with their shares, as sets. Days on
 * which the sets are equal do not appear; neighbouring days with the same change are one row.
 */
export function settlementBetween(
  before: PaidTimeline,
  after: PaidTimeline,
  options: SettlementOptions = {},
): SettlementRow[] {
  const services = new Set([...before.cover, ...after.cover].map((row) => row.service));
  return [...services]
    .filter((service) => !options.services || options.services.includes(service))
    .sort()
    .flatMap((service) => settleService(service, rowsOf(before, service), rowsOf(after, service), options));
}

function rowsOf(timeline: PaidTimeline, service: Service): PaidRow[] {
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
  before: readonly PaidRow[],
  after: readonly PaidRow[],
  { lastDay, costing }: SettlementOptions,
): SettlementRow[] {
  const days = boundaries([...before, ...after], untilOf(lastDay));
  const stretches: Stretch[] = [];
  days.slice(0, -1).forEach((from, at) => {
    const until = days[at + 1]!;
    const paid = fundersOn(before, from, until, costing?.before);
    const pays = fundersOn(after, from, until, costing?.after);
    if (sameFunders(paid, pays)) return;
    const last = stretches.at(-1);
    if (last?.until === from && sameFunders(last.paid, paid) && sameFunders(last.pays, pays)) {
      last.until = until;
      last.paid = addedUp(last.paid, paid);
      last.pays = addedUp(last.pays, pays);
    } else stretches.push({ from, until, paid, pays });
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
function boundaries(rows: readonly PaidRow[], until: Day): Day[] {
  const days = new Set<Day>([until]);
  for (const row of rows) days.add(parseDay(row.firstDay)).add(untilOf(row.lastDay));
  return [...days].filter((day) => day <= until).sort((a, b) => a - b);
}

/** The set of who pays which share; a funder that pays twice over stands in it once, with both amounts. */
function fundersOn(rows: readonly PaidRow[], from: Day, until: Day, costing?: Costing): FunderShare[] {
  const paying = rows.filter((row) => parseDay(row.firstDay) <= from && from < untilOf(row.lastDay));
  const found = new Map<string, FunderShare>();
  for (const row of paying) {
    const key = `${row.funder} ${row.share}`;
    const amounts = costing && amountsOf(row, paying, from, until, costing);
    const { funder, share } = row;
    const sums = sumByBasis([...(found.get(key)?.amounts ?? []), ...(amounts ?? [])]);
    found.set(key, { funder, share, ...(sums.length > 0 ? { amounts: sums } : {}) });
  }
  return [...found.keys()].sort().map((key) => found.get(key)!);
}

/** The row's part of what its rule's days cost: split over those that share them, without losing a cent. */
function amountsOf(
  row: PaidRow,
  paying: readonly PaidRow[],
  from: Day,
  until: Day,
  costing: Costing,
): Amount[] {
  const whole = costing(row.service, row.rule, from, until);
  if (!whole) return [];
  const sharers = paying.filter((other) => other.rule === row.rule && other.share < 100);
  if (row.share === 100) return [whole];
  const part = (cents: number): number =>
    splitCents(
      cents,
      sharers.map(({ share }) => share),
    )[sharers.indexOf(row)]!;
  return [{ basis: whole.basis, low: part(whole.low), mid: part(whole.mid), high: part(whole.high) }];
}

function addedUp(before: readonly FunderShare[], next: readonly FunderShare[]): FunderShare[] {
  return before.map((one, at) => {
    const sums = sumByBasis([...(one.amounts ?? []), ...(next[at]!.amounts ?? [])]);
    return sums.length > 0 ? { ...one, amounts: sums } : one;
  });
}

/** Assumed amounts are never added to others. */
function sumByBasis(amounts: readonly Amount[]): Amount[] {
  const sums = new Map<Amount['basis'], Amount>();
  for (const { basis, low, mid, high } of amounts) {
    const sum = sums.get(basis) ?? { basis, low: 0, mid: 0, high: 0 };
    sums.set(basis, { basis, low: sum.low + low, mid: sum.mid + mid, high: sum.high + high });
  }
  return [...sums.values()];
}

function sameFunders(a: readonly FunderShare[], b: readonly FunderShare[]): boolean {
  return (
    a.length === b.length && a.every((one, at) => one.funder === b[at]!.funder && one.share === b[at]!.share)
  );
}

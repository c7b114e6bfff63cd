import { formatDay, lastDayOf, parseDay, untilOf, within, type DayRange } from '@domeinbrug/calendar';
import type { Because, CoverageTimeline, CoverRow, EventRef, GapRow, MinutesRow } from '@domeinbrug/coverage';
import { clinicServices, type Funder, type Law, type Service } from '@domeinbrug/terms';
import {
  isSeenWhole,
  partialAsker,
  seenBecause,
  type Care,
  type AnyAsker,
  type SeenBecause,
} from './seen-reasons.js';
import { rowFieldsSeen, type RowField, type RowStanding } from './what-is-seen.js';

/** Another's row: what of it does not show is `null`. */
export interface OthersRow {
  service: Service;
  firstDay: string;
  /** Inclusive; `null` = open. */
  lastDay: string | null;
  law: Law | null;
  kind: CoverRow['kind'];
  share: number;
  funder: Funder | null;
  provider: string | null;
  rule: string | null;
  because: { opened: []; closed: []; parameters: [] };
}

/** A row with its reasons cut to what the asker may see. */
export type Seen<Row extends { because: Because }> = Omit<Row, 'because'> & { because: SeenBecause };

/** A client's coverage as one asker may see it. */
export type SeenTimeline = Omit<CoverageTimeline, 'cover' | 'gaps'> & {
  cover: (Seen<CoverRow> | OthersRow)[];
  gaps: Seen<GapRow>[];
};

export interface DatedRow {
  firstDay: string;
  lastDay: string | null;
}

export function rangeOf({ firstDay, lastDay }: DatedRow): DayRange {
  return { from: parseDay(firstDay), until: untilOf(lastDay) };
}

export function datesOf({ from, until }: DayRange): DatedRow {
  return { firstDay: formatDay(from), lastDay: lastDayOf(until) };
}

/** A row that the asker pays, or gives the care of; to an auditor whole. */
export function ownRow(asker: AnyAsker, row: CoverRow): Seen<CoverRow> {
  return { ...row, because: reasonsTo(asker, row, row.because) };
}

/** A gap that is the asker's to know of; to an auditor whole. */
export function ownGap<Row extends GapRow>(asker: AnyAsker, gap: Row): Seen<Row> {
  return { ...gap, because: reasonsTo(asker, { service: gap.service, provider: null }, gap.because) };
}

function reasonsTo(asker: AnyAsker, care: Care, because: Because): SeenBecause {
  return asker.kind === 'auditor' ? because : seenBecause(partialAsker(asker), care, because);
}

/**
 * Of rows of others what shows beside the asker's own, on the days on which it may look. Rows that touch and look
 * alike become one, so that no change of payer or provider shows. Care in a clinic does not show at all: a break in other
 * care then reads "interrupted by other care", whichever clinic it was, and no row beside it tells which.
 */
export function othersRows(
  rows: readonly CoverRow[],
  days: readonly DayRange[],
  standing: RowStanding,
): OthersRow[] {
  const alike = new Map<string, { seen: OthersRow; days: DayRange[] }>();
  for (const row of rows) {
    if (clinicServices.includes(row.service)) continue;
    const seen = cut(row, rowFieldsSeen[standing]);
    const looks = JSON.stringify({ ...seen, firstDay: null, lastDay: null });
    const same = alike.get(looks) ?? { seen, days: [] };
    same.days.push(...within(rangeOf(row), days));
    alike.set(looks, same);
  }
  return [...alike.values()].flatMap(({ seen, days: parts }) =>
    joinTouching(parts).map((part) => ({ ...seen, ...datesOf(part) })),
  );
}

/** Service, days, law, kind and share show of every row that shows. */
function cut(row: CoverRow, fields: readonly RowField[]): OthersRow {
  const { service, firstDay, lastDay, law, kind, share } = row;
  const ifSeen = <T>(field: RowField, value: T): T | null => (fields.includes(field) ? value : null);
  return {
    service,
    firstDay,
    lastDay,
    law,
    kind,
    share,
    funder: ifSeen('funder', row.funder),
    provider: ifSeen('provider', row.provider),
    rule: ifSeen('rule', row.rule),
    because: { opened: [], closed: [], parameters: [] },
  };
}

/** Joins ranges that follow on one another; two payers of one day stay two rows. */
function joinTouching(ranges: readonly DayRange[]): DayRange[] {
  const joined: DayRange[] = [];
  for (const range of [...ranges].sort((a, b) => a.from - b.from || a.until - b.until)) {
    const before = joined.find(({ until }) => until === range.from);
    if (before) before.until = range.until;
    else joined.push({ ...range });
  }
  return joined;
}

export function inOrder<Row extends { service: string; firstDay: string }>(rows: Row[]): Row[] {
  return rows.sort((a, b) => byText(a.service, b.service) || byText(a.firstDay, b.firstDay));
}

function byText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

/** The events that rows show whole. */
export function eventsShown(rows: readonly { because: SeenBecause }[]): Set<string> {
  const events = rows.flatMap(({ because }) => [...because.opened, ...because.closed]);
  return new Set(events.filter(isSeenWhole).map(nameOf));
}

export function nameOf({ source, id }: Pick<EventRef, 'source' | 'id'>): string {
  return `${source}\n${id}`;
}

/** Whether one of the rows is of the service on the day: minutes are an amount of care, which shows to who pays or gives it. */
export function isPaidIn(
  rows: readonly CoverRow[],
  { service, day }: Pick<MinutesRow, 'service' | 'day'>,
): boolean {
  return rows.some(
    (row) => row.service === service && row.firstDay <= day && (row.lastDay === null || day <= row.lastDay),
  );
}

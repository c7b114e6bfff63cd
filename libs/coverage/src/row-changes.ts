import type { Because, CoverRow, Finding, GapRow, MinutesRow } from './coverage-timeline.js';

/**
 * One row that an event made different. `changed` keeps what the row is about (of a row of cover: funder, service,
 * kind, rule and first day); anything else is the withdrawal of one row and the addition of another.
 */
export type RowChange<Row = CoverRow> =
  | { change: 'added'; before: null; after: Row }
  | { change: 'changed'; before: Row; after: Row }
  | { change: 'withdrawn'; before: Row; after: null };

/** A row whose reasons have one form: whole, or as far as somebody may see them. Reasons are never compared. */
type With<Reasons, Row> = Omit<Row, 'because'> & { because: Reasons };

/** The parts of a timeline that can differ. */
export interface CoverageRows<Reasons = Because> {
  cover: readonly With<Reasons, CoverRow>[];
  gaps: readonly With<Reasons, GapRow>[];
  minutes: readonly MinutesRow[];
  findings: readonly Finding[];
}

/** What differs between two timelines of one client. */
export interface CoverageChanges<Reasons = Because> {
  cover: RowChange<With<Reasons, CoverRow>>[];
  gaps: RowChange<With<Reasons, GapRow>>[];
  minutes: RowChange<MinutesRow>[];
  findings: { opened: Finding[]; closed: Finding[] };
}

/** {@link rowChanges} of every part of a timeline. */
export function coverageChanges<Reasons>(
  before: CoverageRows<Reasons>,
  after: CoverageRows<Reasons>,
): CoverageChanges<Reasons> {
  return {
    cover: rowChanges(before.cover, after.cover),
    gaps: changesBetween(before.gaps, after.gaps, placeOfGap, lastsAsLong),
    minutes: changesBetween(before.minutes, after.minutes, placeOfMinutes, arePaidTheSame),
    findings: {
      opened: findingsBeside(before.findings, after.findings),
      closed: findingsBeside(after.findings, before.findings),
    },
  };
}

/**
 * What changed in who pays: withdrawals first, then changes, then additions, each in the order of the timeline. The
 * same two timelines give the same list, which is what lets a cursor survive a rebuild. A row whose reasons alone
 * differ has not changed: the funder owes the same.
 */
export function rowChanges<Row extends Cover>(
  before: readonly Row[],
  after: readonly Row[],
): RowChange<Row>[] {
  return changesBetween(before, after, placeOfCover, owesTheSame);
}

function changesBetween<Row>(
  before: readonly Row[],
  after: readonly Row[],
  placeOf: (row: Row) => string,
  isSame: (a: Row, b: Row) => boolean,
): RowChange<Row>[] {
  const earlier = byPlace(before, placeOf);
  const later = byPlace(after, placeOf);
  const withdrawn: RowChange<Row>[] = [...earlier]
    .filter(([place]) => !later.has(place))
    .map(([, row]) => ({ change: 'withdrawn', before: row, after: null }));
  const changed: RowChange<Row>[] = [];
  const added: RowChange<Row>[] = [];
  for (const [place, row] of later) {
    const previous = earlier.get(place);
    if (!previous) added.push({ change: 'added', before: null, after: row });
    else if (!isSame(previous, row)) changed.push({ change: 'changed', before: previous, after: row });
  }
  return [...withdrawn, ...changed, ...added];
}

/** Rows by what a `changed` row keeps. Two rows can only share it when their providers differ; those are told apart by turn. */
function byPlace<Row>(rows: readonly Row[], placeOf: (row: Row) => string): Map<string, Row> {
  const places = new Map<string, Row>();
  for (const row of rows) {
    const place = placeOf(row);
    let turn = 0;
    while (places.has(`${place} ${turn}`)) turn++;
    places.set(`${place} ${turn}`, row);
  }
  return places;
}

type Cover = Omit<CoverRow, 'because'>;
type Gap = Omit<GapRow, 'because'>;

function placeOfCover({ funder, service, kind, rule, firstDay }: Cover): string {
  return [funder, service, kind, rule, firstDay].join(' ');
}

function owesTheSame(a: Cover, b: Cover): boolean {
  return a.lastDay === b.lastDay && a.share === b.share && a.law === b.law && a.provider === b.provider;
}

function placeOfGap({ service, reason, firstDay }: Gap): string {
  return [service, reason, firstDay].join(' ');
}

function lastsAsLong(a: Gap, b: Gap): boolean {
  return a.lastDay === b.lastDay;
}

function placeOfMinutes({ service, day, provider, subject }: MinutesRow): string {
  return [service, day, provider, subject].join(' ');
}

function arePaidTheSame(a: MinutesRow, b: MinutesRow): boolean {
  return a.funded === b.funded && a.overCap === b.overCap && a.outside === b.outside && a.reason === b.reason;
}

/** The findings of the second list that are not in the first. */
function findingsBeside(known: readonly Finding[], others: readonly Finding[]): Finding[] {
  const told = new Set(known.map(keyOfFinding));
  return others.filter((finding) => !told.has(keyOfFinding(finding)));
}

function keyOfFinding({ code, text, events }: Finding): string {
  return JSON.stringify([code, text, events.map(({ source, id }) => [source, id])]);
}

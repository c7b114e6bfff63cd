import { owns, type Asker } from './asker.js';
import { datesOf, rangeOf, union, within, type DatedRow, type DayRange } from './day-ranges.js';

/**
 * What a municipality, insurer or care office may see of one client's coverage: the days on which it pays, and the
 * days without payer that would have been its own to pay. On those days its own rows and gaps whole, of others only
 * that the service is paid, under which law and for what share.
 */

export interface EventReference {
  source: string;
  id: string;
  type: string;
}

export interface Reasons {
  opened: readonly EventReference[];
  closed: readonly EventReference[];
  parameters: readonly unknown[];
}

export interface CoverLike extends DatedRow {
  service: string;
  /** Such as `insurer:3311`. */
  funder: string;
  share: number;
  law: string | null;
  kind: string;
  because: Reasons;
}

export interface GapLike extends DatedRow {
  service: string;
  because: Reasons;
}

export interface MinutesLike {
  service: string;
  day: string;
}

export interface FindingLike {
  events: readonly EventReference[];
}

export interface TimelineLike {
  cover: readonly CoverLike[];
  gaps: readonly GapLike[];
  minutes: readonly MinutesLike[];
  findings: readonly FindingLike[];
}

/** Another's row: that the service is paid, no more. */
export interface OthersRow extends DatedRow {
  service: string;
  law: string | null;
  kind: string;
  share: number;
  funder: null;
  provider: null;
  rule: null;
  because: { opened: []; closed: []; parameters: [] };
}

/** Who is the client's municipality, insurer and care office on a stretch of days; `null` = not known. */
export interface FunderLine extends DatedRow {
  municipality: string | null;
  insurer: string | null;
  careOffice: string | null;
}

export type FunderView<T extends TimelineLike> = Omit<T, 'cover'> & {
  cover: (T['cover'][number] | OthersRow)[];
};

export type FunderAsker = Pick<Asker, 'code'> & { kind: 'municipality' | 'insurer' | 'care-office' };

/**
 * The part of a timeline that a funder may see, or `undefined` when that is nothing (to the outside: unknown
 * client). `lawOfService` gives the law that the service's `outside` cell names; none for a cell without law.
 */
export function visibleToFunder<T extends TimelineLike>(
  timeline: T,
  funder: FunderAsker,
  lawOfService: (service: string) => string | null | undefined,
  lines: readonly FunderLine[],
): FunderView<T> | undefined {
  const own = timeline.cover.filter((row) => row.funder === `${funder.kind}:${funder.code}`);
  const answerable = union(lines.filter((line) => codeOn(line, funder) === funder.code).map(rangeOf));
  const gaps = timeline.gaps
    .filter(({ service }) => lawOfService(service) === lawOf[funder.kind])
    .flatMap((gap) => within(rangeOf(gap), answerable).map((days) => ({ ...gap, ...datesOf(days) })));
  if (own.length === 0 && gaps.length === 0) return undefined;
  const days = union([...own, ...gaps].map(rangeOf));
  const others = timeline.cover.filter((row) => !own.includes(row));
  const shown = new Set(
    [...own, ...gaps].flatMap(({ because }) => [...because.opened, ...because.closed]).map(keyOf),
  );
  return {
    ...timeline,
    cover: [...own, ...othersRows(others, days)].sort(byServiceAndDay),
    gaps,
    minutes: timeline.minutes.filter((row) => pays(own, row)),
    findings: timeline.findings.filter(
      ({ events }) =>
        events.length > 0 && events.every((event) => shown.has(keyOf(event)) || owns(funder, event.source)),
    ),
  };
}

const lawOf = { municipality: 'wmo', insurer: 'zvw', 'care-office': 'wlz' } as const;

function codeOn(line: FunderLine, { kind }: FunderAsker): string | null {
  if (kind === 'municipality') return line.municipality;
  return kind === 'insurer' ? line.insurer : line.careOffice;
}

/** Clipped to the days that the asker may see; rows that touch and look alike become one, so that no change of payer shows. */
function othersRows(rows: readonly CoverLike[], days: readonly DayRange[]): OthersRow[] {
  const byLooks = new Map<string, { row: CoverLike; days: DayRange[] }>();
  for (const row of rows) {
    const looks = JSON.stringify([row.service, row.law, row.kind, row.share]);
    const same = byLooks.get(looks) ?? { row, days: [] };
    same.days.push(...within(rangeOf(row), days));
    byLooks.set(looks, same);
  }
  return [...byLooks.values()].flatMap(({ row, days: parts }) =>
    joinTouching(parts).map((part) => ({
      service: row.service,
      ...datesOf(part),
      law: row.law,
      kind: row.kind,
      share: row.share,
      funder: null,
      provider: null,
      rule: null,
      because: { opened: [], closed: [], parameters: [] },
    })),
  );
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

/** Minutes are an amount of care: shown where the asker pays for that service on that day. */
function pays(own: readonly CoverLike[], { service, day }: MinutesLike): boolean {
  return own.some(
    (row) => row.service === service && row.firstDay <= day && (row.lastDay === null || day <= row.lastDay),
  );
}

function byServiceAndDay(
  a: { service: string; firstDay: string },
  b: { service: string; firstDay: string },
): number {
  if (a.service !== b.service) return a.service < b.service ? -1 : 1;
  return a.firstDay === b.firstDay ? 0 : a.firstDay < b.firstDay ? -1 : 1;
}

function keyOf({ source, id }: EventReference): string {
  return `${source}\n${id}`;
}

import { owns, type Asker } from '@domeinbrug/access';
import { union, within, type DayRange } from '@domeinbrug/calendar';
import type {
  CompiledRuleSet,
  CoverageTimeline,
  CoverRow,
  EventRef,
  GapRow,
  MinutesRow,
  PayerLine,
} from '@domeinbrug/coverage';
import { gapsByFunder } from '@domeinbrug/projections';
import type { Law, Service } from '@domeinbrug/terms';
import { datesOf, rangeOf, type DatedRow } from './day-ranges.js';

/**
 * What a municipality, insurer or care office may see of one client's coverage: the days on which it pays, and the
 * days without payer that would have been its own to pay. On those days its own rows and gaps whole, of others only
 * that the service is paid, under which law and for what share.
 */

/** Another's row: that the service is paid, no more. */
export interface OthersRow extends DatedRow {
  service: Service;
  law: Law | null;
  kind: CoverRow['kind'];
  share: number;
  funder: null;
  provider: null;
  rule: null;
  because: { opened: []; closed: []; parameters: [] };
}

export type FunderView = Omit<CoverageTimeline, 'cover'> & { cover: (CoverRow | OthersRow)[] };

export type FunderAsker = Pick<Asker, 'code'> & { kind: 'municipality' | 'insurer' | 'care-office' };

/**
 * The part of a timeline that a funder may see, or `undefined` when that is nothing (to the outside: unknown
 * client). Whose a gap day is, is decided as for the portfolios.
 *
 * @param rules those that the timeline was made under
 * @param lines the client's payers by what was known then
 */
export function visibleToFunder(
  timeline: CoverageTimeline,
  funder: FunderAsker,
  rules: CompiledRuleSet,
  lines: readonly PayerLine[],
): FunderView | undefined {
  const name = `${funder.kind}:${funder.code}`;
  const own = timeline.cover.filter((row) => row.funder === name);
  const gaps = gapsByFunder(timeline.gaps, rules, lines)
    .filter((each) => each.funder === name)
    .map(({ gap, firstDay, lastDay }): GapRow => ({ ...gap, firstDay, lastDay }));
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

/** Clipped to the days that the asker may see; rows that touch and look alike become one, so that no change of payer shows. */
function othersRows(rows: readonly CoverRow[], days: readonly DayRange[]): OthersRow[] {
  const byLooks = new Map<string, { row: CoverRow; days: DayRange[] }>();
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
function pays(own: readonly CoverRow[], { service, day }: MinutesRow): boolean {
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

function keyOf({ source, id }: Pick<EventRef, 'source' | 'id'>): string {
  return `${source}\n${id}`;
}

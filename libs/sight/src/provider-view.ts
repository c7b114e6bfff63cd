import { owns } from '@domeinbrug/access';
import { contains, OPEN_END, parseDay, union, within, type Day, type DayRange } from '@domeinbrug/calendar';
import type { CoverageTimeline, CoverRow } from '@domeinbrug/coverage';
import type { JourneyFacts } from '@domeinbrug/journey';
import { clinicServices } from '@domeinbrug/terms';
import { findingsForOthers } from './seen-findings.js';
import type { PartialAsker } from './seen-reasons.js';
import {
  datesOf,
  inOrder,
  isPaidIn,
  othersRows,
  ownGap,
  ownRow,
  rangeOf,
  type DatedRow,
  type OthersRow,
  type SeenTimeline,
} from './seen-rows.js';

export type ProviderAsker = PartialAsker & { kind: 'provider' };

/** The days on which a provider has the client in care: its claims, deliveries, stays and recorded activities. */
function daysInCare({ code }: ProviderAsker, facts: JourneyFacts): DayRange[] {
  const agb = Number(code);
  const { claims, deliveries, stays, activities } = facts;
  const cared = [...claims, ...deliveries, ...stays].filter(({ provider }) => provider === agb);
  const recorded = activities.filter(({ provider }) => provider === agb);
  return union([
    ...cared.map(({ from, until }) => ({ from, until })),
    ...recorded.map(({ day }) => ({ from: day, until: day + 1 })),
  ]);
}

/** What is true of a client, by which it is decided what a provider may look at. */
export interface Truth {
  facts: JourneyFacts;
  cover: readonly CoverRow[];
}

/**
 * What a provider may see of one client's coverage: the days on which it has the client in care or a window pays it.
 * On those days its own rows whole, of others who pays what but not which provider gives it; gaps; its own minutes;
 * findings about its own events. In a handover each side sees the other's row on all its days, provider included. Of care
 * in a clinic nothing shows but to that clinic.
 *
 * @param truth of a timeline of another moment, or that supposes events: what is true
 */
export function visibleToProvider(
  timeline: CoverageTimeline,
  asker: ProviderAsker,
  truth: Truth,
): SeenTimeline {
  const isOwn = (row: CoverRow): boolean => row.provider === asker.code;
  const days = ownDays(asker, truth);
  const mine = truth.cover.filter(isOwn);
  const own = timeline.cover.filter(isOwn);
  const others = timeline.cover.filter((row) => !isOwn(row));
  const handedOver = others.filter((row) => mine.some((each) => isHandover(each, row)));
  const beside = others.filter((row) => !handedOver.includes(row));
  return {
    ...timeline,
    cover: inOrder<SeenTimeline['cover'][number]>([
      ...own.map((row) => ownRow(asker, row)),
      ...wholeRows(handedOver),
      ...othersRows(beside, days, 'beside a provider’s own'),
    ]),
    gaps: timeline.gaps
      .filter(({ service }) => !clinicServices.includes(service))
      .flatMap((gap) =>
        within(rangeOf(gap), days).map((part) => ownGap(asker, { ...gap, ...datesOf(part) })),
      ),
    minutes: timeline.minutes.filter(
      ({ provider, service, day }) =>
        provider === asker.code && (!clinicServices.includes(service) || isPaidIn(own, { service, day })),
    ),
    findings: findingsForOthers(timeline.findings).filter(({ events }) =>
      events.every(({ source }) => owns(asker, source)),
    ),
  };
}

/**
 * The same of a timeline that supposes events: on days on which the provider may look by what is true, and from a day on.
 * What is yet to come is what it asks about; to suppose care in the past tells nothing of it. Findings are those that are
 * true.
 *
 * @param from the first day of what is yet to come
 * @param findings what the provider sees of what is true
 */
export function visibleWhenSupposed(
  timeline: CoverageTimeline,
  asker: ProviderAsker,
  truth: Truth,
  from: Day,
  findings: SeenTimeline['findings'],
): SeenTimeline {
  const seen = visibleToProvider(timeline, asker, truth);
  const days = union([...ownDays(asker, truth), { from, until: OPEN_END }]);
  const cut = <Row extends DatedRow>(row: Row): Row[] =>
    within(rangeOf(row), days).map((part) => ({ ...row, ...datesOf(part) }));
  return {
    ...seen,
    cover: seen.cover.flatMap(cut),
    gaps: seen.gaps.flatMap(cut),
    minutes: seen.minutes.filter(({ day }) => days.some((range) => contains(range, parseDay(day)))),
    findings,
  };
}

function ownDays(asker: ProviderAsker, { facts, cover }: Truth): DayRange[] {
  const own = cover.filter(({ provider }) => provider === asker.code);
  return union([...daysInCare(asker, facts), ...own.map(rangeOf)]);
}

function wholeRows(rows: readonly CoverRow[]): OthersRow[] {
  return rows.flatMap((row) => othersRows([row], [rangeOf(row)], 'the other side of a handover'));
}

/** One hands a service over by a window while the other takes over: the same service, or the residence. */
function isHandover(one: CoverRow, other: CoverRow): boolean {
  return handsOverTo(one, other) || handsOverTo(other, one);
}

function handsOverTo(from: CoverRow, to: CoverRow): boolean {
  if (from.kind !== 'handover' || from.provider === null || to.provider === null) return false;
  if (to.kind === 'handover' || (to.service !== from.service && to.service !== 'residence')) return false;
  return within(rangeOf(from), [rangeOf(to)]).length > 0;
}

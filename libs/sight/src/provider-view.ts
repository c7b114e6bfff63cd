import { owns } from '@domeinbrug/access';
import { union, within, type DayRange } from '@domeinbrug/calendar';
import type { CoverageTimeline, CoverRow } from '@domeinbrug/coverage';
import type { JourneyFacts } from '@domeinbrug/journey';
import type { PartialAsker } from './seen-reasons.js';
import {
  datesOf,
  inOrder,
  othersRows,
  ownGap,
  ownRow,
  rangeOf,
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

/** What is true of a client, by which it is decided on which days a provider may look beside its own rows. */
export interface Truth {
  facts: JourneyFacts;
  cover: readonly CoverRow[];
}

/**
 * What a provider may see of one client's coverage: the days on which it has the client in care or a window pays it.
 * On those days its own rows whole, of others who pays what but not which provider gives it; gaps; its own minutes;
 * findings about its own events. In a handover each side sees the other's row on all its days, provider included.
 *
 * @param truth of a timeline that supposes events: without them
 */
export function visibleToProvider(
  timeline: CoverageTimeline,
  asker: ProviderAsker,
  truth: Truth,
): SeenTimeline {
  const isOwn = (row: CoverRow): boolean => row.provider === asker.code;
  const mine = truth.cover.filter(isOwn);
  const days = union([...daysInCare(asker, truth.facts), ...mine.map(rangeOf)]);
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
    gaps: timeline.gaps.flatMap((gap) =>
      within(rangeOf(gap), days).map((part) => ownGap(asker, { ...gap, ...datesOf(part) })),
    ),
    minutes: timeline.minutes.filter(({ provider }) => provider === asker.code),
    findings: timeline.findings.filter(({ events }) => events.every(({ source }) => owns(asker, source))),
  };
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

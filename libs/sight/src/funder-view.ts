import { owns } from '@domeinbrug/access';
import { union } from '@domeinbrug/calendar';
import {
  gapsByFunder,
  type CompiledRuleSet,
  type CoverageTimeline,
  type CoverRow,
  type PayerLine,
} from '@domeinbrug/coverage';
import { findingsForOthers } from './seen-findings.js';
import type { PartialAsker } from './seen-reasons.js';
import {
  eventsShown,
  inOrder,
  isPaidIn,
  nameOf,
  othersRows,
  ownGap,
  ownRow,
  rangeOf,
  type SeenTimeline,
} from './seen-rows.js';

export type FunderAsker = PartialAsker & { kind: 'municipality' | 'insurer' | 'care-office' };

/**
 * What a municipality, insurer or care office may see of one client's coverage: the days on which it pays, and the
 * days without payer that would have been its own to pay. On those days its own rows and gaps whole, of others only
 * that the service is paid, under which law and for what share. `undefined` when that is nothing (to the outside:
 * unknown client). Whose a gap day is, is decided as for the portfolios.
 *
 * @param rules those that the timeline was made under
 * @param lines the client's payers by what was known then
 */
export function visibleToFunder(
  timeline: CoverageTimeline,
  funder: FunderAsker,
  rules: CompiledRuleSet,
  lines: readonly PayerLine[],
): SeenTimeline | undefined {
  const name = `${funder.kind}:${funder.code}`;
  const isOwn = (row: CoverRow): boolean => row.funder === name;
  const cover = timeline.cover.filter(isOwn);
  const own = cover.map((row) => ownRow(funder, row));
  const gaps = gapsByFunder(timeline.gaps, rules, lines)
    .filter((each) => each.funder === name)
    .map(({ gap, firstDay, lastDay }) => ownGap(funder, { ...gap, firstDay, lastDay }));
  if (own.length === 0 && gaps.length === 0) return undefined;
  const days = union([...own, ...gaps].map(rangeOf));
  const others = timeline.cover.filter((row) => !isOwn(row));
  const shown = eventsShown([...own, ...gaps]);
  return {
    ...timeline,
    cover: inOrder([...own, ...othersRows(others, days, 'beside a funder’s own')]),
    gaps,
    minutes: timeline.minutes.filter((row) => isPaidIn(cover, row)),
    findings: findingsForOthers(timeline.findings).filter(
      ({ events }) =>
        events.length > 0 && events.every((event) => shown.has(nameOf(event)) || owns(funder, event.source)),
    ),
  };
}

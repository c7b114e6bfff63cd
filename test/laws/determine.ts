import type { Instant } from '@domeinbrug/calendar';
import { compileRuleSet, determineCoverage } from '@domeinbrug/coverage';
import type { CodeSuccession, JourneyEvent } from '@domeinbrug/journey';
import type { RuleSet } from '@domeinbrug/rules';
import { naiveCoverage, type NaiveAnswer } from '../reference/naive-coverage.js';
import { sortedBy } from '../reference/rows.js';

/** What the laws are about: the answer without its reasons, in an order that does not depend on its maker. */
export type Determine = (
  events: readonly JourneyEvent[],
  ruleSet: RuleSet,
  knownAt: Instant,
  successions?: readonly CodeSuccession[],
) => NaiveAnswer;

/** The engine, as every part of the product calls it. */
export const byEngine: Determine = (events, ruleSet, knownAt, successions = []) => {
  const journey = { clientId: 'client0001', events, reference: { successions, codes: null } };
  const timeline = determineCoverage(journey, compileRuleSet(ruleSet), {
    instant: knownAt,
    position: '0',
  });
  return inOrder({
    cover: timeline.cover.map(({ because: _, ...row }) => row),
    gaps: timeline.gaps.map(({ because: _, ...row }) => row),
    minutes: timeline.minutes,
    findings: [...new Set(timeline.findings.map(({ code }) => code))],
  });
};

/** The day-by-day reference. */
export const byReference: Determine = (events, ruleSet, knownAt, successions = []) =>
  inOrder(naiveCoverage({ events, ruleSet, knownAt, successions }));

function inOrder({ cover, gaps, minutes, findings }: NaiveAnswer): NaiveAnswer {
  return {
    cover: sortedBy(
      cover,
      (row) => row.service,
      (row) => row.firstDay,
      (row) => row.funder,
      (row) => row.rule,
      (row) => row.provider ?? '',
    ),
    gaps: sortedBy(
      gaps,
      (row) => row.service,
      (row) => row.firstDay,
      (row) => row.reason,
    ),
    minutes: sortedBy(
      minutes,
      (row) => row.service,
      (row) => row.day,
      (row) => row.provider,
      (row) => row.subject,
    ),
    findings: [...findings].sort(),
  };
}

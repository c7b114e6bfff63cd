import { formatInstant, type Instant } from '@domeinbrug/calendar';
import { foldJourney, type Journey, type JourneyFacts } from '@domeinbrug/journey';
import { collectingSink, type CollectingSink } from './collecting-sink.js';
import type { CompiledRuleSet } from './compile.js';
import { coverFacts, type CoverageFinding } from './cover-facts.js';
import type { CoverageTimeline, Finding } from './coverage-timeline.js';

/** A moment of knowledge and the log position it stands for. */
export interface KnownAt {
  instant: Instant;
  position: string;
}

/**
 * For one client: on every day, for every service needed, who pays, under which law, by which rule and because of
 * which events; and where nobody pays, why. The meaning stands in `docs/coverage.md`.
 *
 * Pure: the same journey, rule set and moment give the same timeline. The events are folded into facts without
 * rules, the facts are covered under the rules, the pieces become rows.
 *
 * @param journey all that was ever told about the client; later recordings take no part
 * @param ruleSet which rules apply; their parameters are themselves dated
 * @param knownAt what was known: events recorded at or before this moment
 */
export function determineCoverage(
  journey: Journey,
  ruleSet: CompiledRuleSet,
  knownAt: KnownAt,
): CoverageTimeline {
  const facts = foldJourney(journey.events, knownAt.instant, journey.reference);
  return timelineOf(journey.clientId, facts, ruleSet, knownAt);
}

/**
 * The same from facts that were folded before, for whom covers one client's facts more than once.
 *
 * @param facts what was known of the client at the moment
 */
export function timelineOf(
  clientId: string,
  facts: JourneyFacts,
  ruleSet: CompiledRuleSet,
  knownAt: KnownAt,
): CoverageTimeline {
  const sink = collectingSink();
  const evaluation = coverFacts(facts, ruleSet, sink);
  sink.finish(evaluation);
  return {
    clientId,
    ruleSet: { id: ruleSet.id, version: ruleSet.version, hash: ruleSet.hash },
    knownAt: formatInstant(knownAt.instant),
    position: knownAt.position,
    cover: sink.cover,
    gaps: sink.gaps,
    minutes: sink.minutesRows,
    findings: allFindings(facts, sink),
  };
}

const sentences: Record<CoverageFinding, string> = {
  'decided-elsewhere': 'The municipality of residence pays a decision that another municipality took.',
  'lapsed-on-first-day':
    'The decision has no effect: on its first day the Wlz had already taken the care over.',
};

/** What the fold found and what only shows under the rules, by code and event. */
function allFindings(facts: JourneyFacts, sink: CollectingSink): Finding[] {
  const underRules = sink.findings.map(({ code, opened }) => {
    const { source, id, type } = facts.events[opened]!;
    return { code, text: sentences[code], events: [{ source, id, type }] };
  });
  return [...facts.findings, ...underRules]
    .map(({ code, text, events }) => ({ code, text, events: [...events] }))
    .sort((a, b) => byText(keyOf(a), keyOf(b)));
}

function keyOf({ code, events }: Finding): string {
  return [code, ...events.flatMap(({ source, id }) => [source, id])].join('\n');
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

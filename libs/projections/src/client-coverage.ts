import {
  compileRuleSet,
  gapsByFunder,
  payerLinesOf,
  timelineOf,
  type CompiledRuleSet,
  type CoverageTimeline,
  type FunderGap,
  type KnownAt,
} from '@domeinbrug/coverage';
import type { Position, RecordedEvent } from '@domeinbrug/event-store';
import {
  foldJourney,
  journeyEventOf,
  publishedCodesEdition,
  type JourneyEvent,
  type JourneyFacts,
  type Reference,
} from '@domeinbrug/journey';
import type { RuleSet } from '@domeinbrug/rules';
import type { RulesInForce } from './rules-in-force.js';

/** How stored events are turned into facts; no rules take part. */
export interface FactFolding {
  /** Throws when the stored event is none that this version can read. */
  read(stored: RecordedEvent): JourneyEvent;
  /** `events` are the person's up to the moment of knowledge, `reference` is what was known beside them. */
  facts(events: readonly JourneyEvent[], knownAt: KnownAt, reference: Reference): JourneyFacts;
}

/** What the projections need of the heart: a client's coverage under the rules in force. */
export interface ClientCoverage extends FactFolding {
  /** Rows made with another identity are of no use and are derived again. */
  identity: string;
  /** Where the rule set took over, and with it the feed of changes began. */
  since: Position;
  timeline: TimelineOf;
  /** Under the rule set that was in force until `since`; `null` when there was none. */
  timelineBefore: TimelineOf | null;
  gaps(timeline: CoverageTimeline, facts: JourneyFacts): FunderGap[];
}

export type TimelineOf = (client: string, facts: JourneyFacts, knownAt: KnownAt) => CoverageTimeline;

/** Goes up when the same events and rules give other rows, or the same rows stored otherwise. */
const projectionVersion = 5;

export const factFolding: FactFolding = {
  read: journeyEventOf,
  facts: (events, knownAt, reference) => foldJourney(events, knownAt.instant, reference),
};

/** The client coverage that the service runs with. */
export function coverageUnder(inForce: RulesInForce): ClientCoverage {
  const { since, before } = inForce;
  const rules = compileRuleSet(inForce.ruleSet);
  return {
    ...factFolding,
    identity: identityOf(inForce),
    since,
    timeline: timelineUnder(rules),
    timelineBefore: before && timelineUnder(compileRuleSet(before)),
    gaps: (timeline, facts) =>
      timeline.gaps.length === 0 ? [] : gapsByFunder(timeline.gaps, rules, payerLinesOf(facts)),
  };
}

export function identityOf({ ruleSet, since, before }: RulesInForce): string {
  const history = before === null ? '' : `, since position ${since} after ${nameOf(before)}`;
  return `projection ${projectionVersion} with codes ${publishedCodesEdition} of ${nameOf(ruleSet)}${history}`;
}

function nameOf({ id, version, hash }: RuleSet): string {
  return `${id}@${version} ${hash}`;
}

function timelineUnder(rules: CompiledRuleSet): TimelineOf {
  return (client, facts, knownAt) => timelineOf(client, facts, rules, knownAt);
}

import { compileRuleSet, determineCoverage, payerLines, type CoverageTimeline } from '@domeinbrug/coverage';
import type { RecordedEvent } from '@domeinbrug/event-store';
import { journeyEventOf, type JourneyEvent } from '@domeinbrug/journey';
import type { RuleSet } from '@domeinbrug/rules';
import { gapsByFunder, type FunderGap } from './gaps-by-funder.js';

/** What the projections need of the heart: a client's coverage under the active rule set. */
export interface ClientCoverage {
  /** Rows made with another identity are of no use and are derived again. */
  identity: string;
  /** Throws when the stored event is none that this version can read. */
  read(stored: RecordedEvent): JourneyEvent;
  /** `events` are the client's up to and including the last, which gives the moment of knowledge. */
  timeline(client: string, events: readonly JourneyEvent[], last: RecordedEvent): CoverageTimeline;
  gaps(timeline: CoverageTimeline, events: readonly JourneyEvent[], last: RecordedEvent): FunderGap[];
}

/** Goes up when the same events and rules give other rows, or the same rows stored otherwise. */
const projectionVersion = 1;

/** The client coverage that the service runs with. */
export function coverageUnder(ruleSet: RuleSet): ClientCoverage {
  const compiled = compileRuleSet(ruleSet);
  const journey = (clientId: string, events: readonly JourneyEvent[]) => ({ clientId, events });
  return {
    identity: identityOf(ruleSet),
    read: journeyEventOf,
    timeline: (client, events, last) => determineCoverage(journey(client, events), compiled, knownAt(last)),
    gaps: (timeline, events, last) =>
      timeline.gaps.length === 0
        ? []
        : gapsByFunder(timeline.gaps, ruleSet, payerLines(journey(timeline.clientId, events), knownAt(last))),
  };
}

export function identityOf(ruleSet: RuleSet): string {
  return `projection ${projectionVersion} of ${ruleSet.id}@${ruleSet.version} ${ruleSet.hash}`;
}

function knownAt(last: RecordedEvent): { instant: number; position: string } {
  return { instant: last.recordedAt, position: last.position };
}

import { isEmpty, type Instant } from '@domeinbrug/calendar';
import { absences, consents } from './absences.js';
import { bridgings } from './bridgings.js';
import { claims } from './claims.js';
import { deliveries } from './deliveries.js';
import { effectiveEvents } from './effective-events.js';
import { endOn, type End } from './ends.js';
import {
  activities,
  carers,
  completions,
  death,
  entitlements,
  jointFunding,
  stays,
  treatments,
} from './client-facts.js';
import type { EventKey } from './event-catalogue.js';
import type { EventReference, Fact } from './facts.js';
import { contradictions } from './findings.js';
import type { JourneyEvent } from './journey-event.js';
import type { JourneyFacts } from './journey-facts.js';
import { birthYear, milestones } from './milestones.js';
import { eventsByType } from './openings.js';
import { careOffices, homes, insured } from './payer-facts.js';
import type { Reference } from './reference.js';
import { referenceFindings } from './reference-findings.js';
import { stateLine } from './state-line.js';
import { codesNamed, followed, successionsOf } from './successions.js';
import { residenceRuns, triggersOf } from './triggers.js';

const nothingBeside: Reference = { successions: [], codes: null };

/**
 * Turns the events known at a moment into dated facts, their state line and what contradicts what. No rule set
 * takes part. Depends on the set of events: arrival order and repetition make no difference.
 *
 * @param events in any order; those recorded after `knownAt` take no part
 * @param reference what is known beside them, such as mergers of municipalities
 */
export function foldJourney(
  events: readonly JourneyEvent[],
  knownAt: Instant,
  reference: Reference = nothingBeside,
): JourneyFacts {
  const effective = effectiveEvents(events, knownAt);
  const named = codesNamed(effective.events);
  const merged = successionsOf(named, reference.successions, knownAt, effective.events.length);
  const { successions } = merged;
  const byType = eventsByType(effective.events);
  const unmatched: End[] = [];
  const pools: string[] = [];
  const died = death(byType);
  const living = <F extends Fact>(facts: F[]): F[] => throughDeath(facts, died);

  const delivered = deliveries(byType, unmatched);
  const facts = {
    homes: living(followed(homes(byType), successions, 'municipality')),
    insured: living(followed(insured(byType, unmatched), successions, 'insurer')),
    careOffices: living(followed(careOffices(byType), successions, 'care-office')),
    claims: living(claims(byType, successions, unmatched)),
    entitlements: living(entitlements(byType, unmatched)),
    deliveries: living(delivered),
    treatments: living(treatments(byType)),
    bridgings: living(bridgings(byType, delivered, unmatched)),
    stays: living(stays(byType, unmatched)),
    carers: living(carers(byType, unmatched)),
    joint: living(jointFunding(byType, pools, unmatched)),
    consents: living(consents(byType)),
    completions: living(completions(byType)),
    milestones: living(milestones(byType)),
    birthYear: birthYear(byType),
    death: died,
  };
  const state = stateLine(facts);
  return {
    ...facts,
    events: [...effective.events, ...merged.events.map(codeSucceeded)],
    successions,
    absences: living(absences(byType, residenceRuns(state), unmatched)),
    pools,
    activities: activities(byType),
    state,
    triggers: triggersOf(state, facts.bridgings, died, successions),
    findings: [
      ...effective.findings,
      ...contradictions(effective.events, facts, delivered, state, unmatched),
      ...referenceFindings(effective.events, named, reference, knownAt),
    ],
  };
}

function codeSucceeded({ source, id }: EventKey): EventReference {
  return { source, id, type: 'code-succeeded' };
}

/** The day of death is covered and the last; what starts after it, or ended before it began, yields no fact. */
function throughDeath<F extends Fact>(facts: F[], died: Fact | null): F[] {
  if (died) facts.forEach((fact) => endOn(fact, died.until, died.opened));
  return facts.filter((fact) => !isEmpty(fact));
}

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
import type { Fact } from './facts.js';
import { contradictions } from './findings.js';
import type { JourneyEvent } from './journey-event.js';
import type { JourneyFacts } from './journey-facts.js';
import { eventsByType } from './openings.js';
import { careOffices, homes, insured } from './payer-facts.js';
import { stateLine } from './state-line.js';
import { residenceRuns, triggersOf } from './triggers.js';

/**
 * Turns the events known at a moment into dated facts, their state line and what contradicts what. No rule set
 * takes part. Depends on the set of events: arrival order and repetition make no difference.
 *
 * @param events in any order; those recorded after `knownAt` take no part
 */
export function foldJourney(events: readonly JourneyEvent[], knownAt: Instant): JourneyFacts {
  const effective = effectiveEvents(events, knownAt);
  const byType = eventsByType(effective.events);
  const unmatched: End[] = [];
  const pools: string[] = [];
  const died = death(byType);
  const living = <F extends Fact>(facts: F[]): F[] => throughDeath(facts, died);

  const delivered = deliveries(byType, unmatched);
  const facts = {
    homes: living(homes(byType)),
    insured: living(insured(byType, unmatched)),
    careOffices: living(careOffices(byType)),
    claims: living(claims(byType, unmatched)),
    entitlements: living(entitlements(byType, unmatched)),
    deliveries: living(delivered),
    treatments: living(treatments(byType)),
    bridgings: living(bridgings(byType, delivered, unmatched)),
    stays: living(stays(byType, unmatched)),
    carers: living(carers(byType, unmatched)),
    joint: living(jointFunding(byType, pools, unmatched)),
    consents: living(consents(byType)),
    completions: living(completions(byType)),
    death: died,
  };
  const state = stateLine(facts);
  return {
    ...facts,
    events: effective.events,
    absences: living(absences(byType, residenceRuns(state), unmatched)),
    pools,
    activities: activities(byType),
    state,
    triggers: triggersOf(state, facts.bridgings, died),
    findings: [
      ...effective.findings,
      ...contradictions(effective.events, facts, delivered, state, unmatched),
    ],
  };
}

/** The day of death is covered and the last; what starts after it, or ended before it began, yields no fact. */
function throughDeath<F extends Fact>(facts: F[], died: Fact | null): F[] {
  if (died) facts.forEach((fact) => endOn(fact, died.until, died.opened));
  return facts.filter((fact) => !isEmpty(fact));
}

import { OPEN_END, parseDay, type Day } from '@domeinbrug/calendar';
import type { CodeSuccession, JourneyEvent } from '@domeinbrug/journey';
import type { Service } from '@domeinbrug/terms';
import { caseManagementOf, entitlementsOf, wmoClaimsOf, zvwClaimsOf } from './claims.js';
import { bridgingsOf, deliveriesOf } from './deliveries.js';
import { endOn, ofType, starting } from './event-starts.js';
import type { Coded, Fact, Facts, JointFunding } from './fact-types.js';
import { closedByLatest, inLine } from './lines.js';
import { absencesOf, staysOf } from './stays.js';

/** The facts as they would be if nobody ever died, and what was noticed on the way. */
export interface UnclippedFacts extends Facts {
  codes: Set<string>;
}

/** Every fact that a client's events give. Only the day of death and the order of days matter, never the order of events. */
export function factsOf(events: readonly JourneyEvent[], mergers: readonly CodeSuccession[]): UnclippedFacts {
  const codes = new Set<string>();
  const deliveries = deliveriesOf(events, codes);
  return {
    homes: homesOf(events),
    policies: policiesOf(events, codes),
    careOffices: careOfficesOf(events),
    claims: [
      ...wmoClaimsOf(events, mergers, codes),
      ...zvwClaimsOf(events, codes),
      ...caseManagementOf(events, codes),
    ],
    entitlements: entitlementsOf(events, codes),
    deliveries,
    treatmentChanges: ofType(events, 'treatment-changed').map((event) => ({
      ...starting(event, event.data.firstDay),
      withTreatment: event.data.withTreatment,
    })),
    bridgings: bridgingsOf(events, deliveries, codes),
    extensions: ofType(events, 'bridging-extended').map(({ data }) => ({
      decidedOn: parseDay(data.decidedOn),
      last: parseDay(data.lastDay),
    })),
    stays: staysOf(events, codes),
    absences: absencesOf(events, deliveries, deathOf(events), codes),
    consents: ofType(events, 'absence-consent-given').map(({ data }) => parseDay(data.day)),
    carers: carersOf(events, codes),
    jointFunding: jointFundingOf(events, codes),
    completions: ofType(events, 'handover-completed').map(({ data }) => ({
      service: data.service,
      day: parseDay(data.day),
    })),
    activities: ofType(events, 'activity-recorded'),
    mergers,
    death: deathOf(events),
    codes,
  };
}

/** Of several deaths the earliest day. */
export function deathOf(events: readonly JourneyEvent[]): Day | null {
  const days = ofType(events, 'client-died').map(({ data }) => parseDay(data.day));
  return days.length > 0 ? Math.min(...days) : null;
}

/** The day of death is the last day of whatever holds for the client; what would begin later does not begin. */
export function endedByDeath(facts: Facts): Facts {
  const { death } = facts;
  if (death === null) return facts;
  const clip = <F extends Fact>(list: F[]): F[] =>
    list.filter((fact) => fact.first <= death).map((fact) => ({ ...fact, last: Math.min(fact.last, death) }));
  return {
    ...facts,
    homes: clip(facts.homes),
    policies: clip(facts.policies),
    careOffices: clip(facts.careOffices),
    claims: clip(facts.claims),
    entitlements: clip(facts.entitlements),
    deliveries: clip(facts.deliveries),
    treatmentChanges: clip(facts.treatmentChanges),
    bridgings: clip(facts.bridgings),
    stays: clip(facts.stays),
    absences: clip(facts.absences),
    carers: clip(facts.carers),
    jointFunding: clip(facts.jointFunding),
    completions: facts.completions.filter(({ day }) => day <= death),
  };
}

/** Home: registration or move, until the day before the next one. */
function homesOf(events: readonly JourneyEvent[]): Coded[] {
  const starts = ofType(events, 'client-registered', 'client-moved').map((event) => ({
    ...starting(event, event.data.firstDay),
    code: event.data.municipality,
  }));
  return inLine(starts, () => true);
}

/** Insured: registration or a new policy, until the day before the next one or the end of insurance. */
function policiesOf(events: readonly JourneyEvent[], codes: Set<string>): Coded[] {
  const starts = ofType(events, 'client-registered', 'insurance-changed').flatMap((event) =>
    event.data.insurer ? [{ ...starting(event, event.data.firstDay), code: event.data.insurer }] : [],
  );
  const ends = ofType(events, 'insurance-ended').map(({ data }) => endOn<Coded>(data.lastDay));
  return inLine(closedByLatest(starts, ends, codes), () => true);
}

/** Care office: registration, or the day on which the file was transferred. */
function careOfficesOf(events: readonly JourneyEvent[]): Coded[] {
  const starts = ofType(events, 'client-registered', 'care-office-assigned').flatMap((event) =>
    event.data.careOffice ? [{ ...starting(event, event.data.firstDay), code: event.data.careOffice }] : [],
  );
  return inLine(starts, () => true);
}

/** A carer from registration through the end with the same carer number. */
function carersOf(events: readonly JourneyEvent[], codes: Set<string>): Fact[] {
  const starts = ofType(events, 'carer-registered').map((event) => ({
    ...starting(event, event.data.firstDay),
    carer: event.data.carerId,
  }));
  const ends = ofType(events, 'carer-ended').map(({ data }) =>
    endOn<(typeof starts)[number]>(data.lastDay, ({ carer }) => carer === data.carerId),
  );
  return closedByLatest(starts, ends, codes);
}

/** Joint funding by a pool, settled by the settlement of that pool. */
function jointFundingOf(events: readonly JourneyEvent[], codes: Set<string>): JointFunding[] {
  const starts = ofType(events, 'joint-funding-started').map((event) => ({
    ...starting(event, event.data.firstDay),
    pool: event.data.pool,
    services: [...event.data.services] as Service[],
    settled: false,
  }));
  const ends = ofType(events, 'joint-funding-settled').map(({ data }) =>
    endOn<JointFunding>(data.lastDay, ({ pool }) => pool === data.pool),
  );
  return closedByLatest(starts, ends, codes).map((joint) => ({ ...joint, settled: joint.last !== OPEN_END }));
}

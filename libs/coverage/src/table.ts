import { contains, type Day } from '@domeinbrug/calendar';
import {
  beganLater,
  latestBegun,
  NONE,
  type Absence,
  type JointFunding,
  type StateStretch,
} from '@domeinbrug/journey';
import { deliveryForms, laws, type FunderKind, type Law } from '@domeinbrug/terms';
import { cellOn, type ResolvedCell } from './cell.js';
import type { GapReason } from './coverage-timeline.js';
import {
  hasLapsed,
  isSuspendedOn,
  poolOn,
  providerOn,
  read,
  RESIDENCE,
  stretchOn,
  type Evaluation,
  type ServiceNeeds,
} from './evaluation.js';
import { mayChangeOn, mayChangeWith, newLook, regimeTopics, topics, type Look } from './look.js';
import { notNeeded, type Outcome } from './outcome.js';

const residenceForms = [deliveryForms.indexOf('residence'), deliveryForms.indexOf('part-time-residence')];

/**
 * What the cover table says of a service on a day, before windows and transition days. The outcome is at once the
 * look that is taken for it.
 */
export function tableOn(evaluation: Evaluation, service: number, day: Day): Outcome {
  const needs = evaluation.needs[service]!;
  const outcome = notNeeded(regimeTopics | topics.claim | topics.stay | topics.pool);
  const stretch = stretchOn(evaluation, day);
  const needed = lookAtNeeds(needs, day, outcome) || (service === RESIDENCE && isInResidence(stretch));
  if (!stretch) return outcome; // after death the table pays nothing
  // Only for residence does the need depend on the regime; unneeded days of another service are one piece.
  if (needed || service === RESIDENCE) mayChangeOn(outcome, stretch.until);
  if (!needed) return outcome;
  if (needs.suspensions.length > 0) outcome.topics |= topics.suspension;
  const pool = poolOn(evaluation, service, day);
  if (isSuspendedOn(evaluation, service, day)) outcome.status = 'suspended';
  else if (pool) payFromPool(outcome, pool);
  else if (service === RESIDENCE && stretch.awaitingIndication) leaveGap(outcome, 'awaiting-indication');
  else payByCell(evaluation, service, stretch, day, outcome);
  return outcome;
}

/**
 * Whether a claim, stay or joint funding of the service holds that day; the look tells when that may change. One
 * pass, because this is asked for every piece of every client.
 */
function lookAtNeeds({ claimsAndStays, joint, suspensions }: ServiceNeeds, day: Day, look: Look): boolean {
  let needed = false;
  for (const { from, until } of claimsAndStays) {
    if (from > day) mayChangeOn(look, from);
    else if (until > day) {
      needed = true;
      mayChangeOn(look, until);
    }
  }
  if (joint.length > 0) {
    mayChangeWith(look, joint, day);
    needed ||= joint.some((fact) => contains(fact, day));
  }
  if (suspensions.length > 0) mayChangeWith(look, suspensions, day);
  return needed;
}

function isInResidence(stretch: StateStretch | undefined): boolean {
  return stretch !== undefined && residenceForms.includes(stretch.form);
}

function payByCell(
  evaluation: Evaluation,
  service: number,
  stretch: StateStretch,
  day: Day,
  outcome: Outcome,
): void {
  const cell = cellOn(evaluation, service, stretch, day, outcome);
  if (cell.value === 'absorbed' || cell.value === 'ended') {
    outcome.status = cell.value;
    return;
  }
  payByLaw(evaluation, service, cell, stretch, day, outcome);
  const expired = outcome.gap && cell.undelivered && stretch.bridging === 'expired';
  if (expired) leaveGap(outcome, 'bridging-expired');
}

/** The cell first, then the basis, then the payer, then the absence: the order of reasons for a gap. */
function payByLaw(
  evaluation: Evaluation,
  service: number,
  cell: ResolvedCell,
  stretch: StateStretch,
  day: Day,
  outcome: Outcome,
): void {
  if (cell.value === 'excluded') return leaveGap(outcome, 'excluded-by-wlz');
  if (cell.value === 'none') return leaveGap(outcome, cell.refused ? 'refused' : 'not-covered');
  const law = cell.value as Law;
  const basis = law === 'wlz' ? NONE : basisOn(evaluation, service, law, day);
  if (law !== 'wlz' && basis === NONE && !isBasedOnStay(evaluation, service, law, day)) {
    return leaveGap(outcome, 'no-decision');
  }
  const payer = payerOn(law, stretch);
  outcome.topics |= payer.topic;
  if (payer.code === NONE) return leaveGap(outcome, payer.unknown);
  const away = service === RESIDENCE ? absenceOn(evaluation, day, outcome) : 'present';
  if (away === 'beyond-allowance') return leaveGap(outcome, 'absence-cap');
  const kept = away === 'retained';
  outcome.status = 'paid';
  outcome.basis = basis === NONE ? null : basis;
  outcome.payments = [
    {
      funderKind: payer.kind,
      code: payer.code,
      share: 100,
      law,
      kind: kept ? 'retained' : 'regular',
      rule: kept ? 'absence-retained' : 'table',
      provider: providerOn(evaluation, service, day),
      run: null,
      parameters: outcome.parameters,
      topics: outcome.topics,
    },
  ];
}

/** The latest begun claim under the law that is in force and has not lapsed, by its place; NONE without one. */
function basisOn(evaluation: Evaluation, service: number, law: Law, day: Day): number {
  const { claims } = evaluation.needs[service]!;
  let found = NONE;
  for (let at = 0; at < claims.length; at++) {
    const claim = claims[at]!;
    const holds = claim.from <= day && day < claim.until && laws[claim.law] === law;
    if (holds && !hasLapsed(evaluation, claim, day) && (found === NONE || beganLater(claim, claims[found]!)))
      found = at;
  }
  return found;
}

/** A stay is itself a right under the Zvw. */
function isBasedOnStay(evaluation: Evaluation, service: number, law: Law, day: Day): boolean {
  return law === 'zvw' && evaluation.needs[service]!.stays.some((stay) => contains(stay, day));
}

export interface Payer {
  kind: Exclude<FunderKind, 'pool'>;
  /** NONE when nobody is known. */
  code: number;
  unknown: GapReason;
  topic: number;
}

/** Who pays under a law: the municipality of residence, the insurer or the care office of the stretch's days. */
export function payerOn(
  law: Law,
  stretch: Pick<StateStretch, 'municipality' | 'insurer' | 'careOffice'> | undefined,
): Payer {
  switch (law) {
    case 'wmo':
      return {
        kind: 'municipality',
        code: stretch?.municipality ?? NONE,
        unknown: 'no-municipality',
        topic: topics.home,
      };
    case 'zvw':
      return { kind: 'insurer', code: stretch?.insurer ?? NONE, unknown: 'no-policy', topic: topics.insured };
    case 'wlz':
      return {
        kind: 'care-office',
        code: stretch?.careOffice ?? NONE,
        unknown: 'no-care-office',
        topic: topics.careOffice,
      };
  }
}

/** Whether the client is away from the residence, and if so whether the bed is kept. Of several absences the latest begun governs. */
function absenceOn(
  evaluation: Evaluation,
  day: Day,
  look: Look,
): 'present' | 'retained' | 'beyond-allowance' {
  mayChangeWith(look, evaluation.facts.absences, day);
  look.topics |= topics.absence;
  const absence = latestBegun(evaluation.facts.absences, day);
  if (!absence) return 'present';
  const lastRetained = absence.departure + allowanceOf(evaluation, absence, look);
  mayChangeOn(look, lastRetained >= day ? lastRetained + 1 : look.until);
  const consented = evaluation.facts.consents.some(
    (consent) => consent.from >= absence.departure && consent.from <= lastRetained,
  );
  return day <= lastRetained || consented ? 'retained' : 'beyond-allowance';
}

/** Days kept: fixed at departure; of leave, what the calendar year has left. */
function allowanceOf(evaluation: Evaluation, absence: Absence, look: Look): number {
  const atDeparture = newLook(); // what changes after the departure does not change the allowance
  const parameter = evaluation.rules.absenceDays[absence.reason];
  const { value } = read(evaluation, parameter, RESIDENCE, absence.departure, atDeparture);
  look.parameters |= atDeparture.parameters;
  return Math.max(0, Number(value) - absence.leaveTaken);
}

function leaveGap(outcome: Outcome, reason: GapReason): void {
  outcome.status = 'gap';
  outcome.gap = reason;
}

function payFromPool(outcome: Outcome, { pool }: JointFunding): void {
  const { parameters, topics: read } = outcome;
  outcome.status = 'pooled';
  outcome.payments = [
    {
      funderKind: 'pool',
      code: pool,
      share: 100,
      law: null,
      kind: 'joint',
      rule: 'joint-funding',
      provider: NONE,
      run: null,
      parameters,
      topics: read,
    },
  ];
}

import { contains, type Day } from '@domeinbrug/calendar';
import { latestBegun, NONE, type Absence, type StateStretch } from '@domeinbrug/journey';
import { deliveryForms, laws, type FunderKind, type Law } from '@domeinbrug/terms';
import { cellOn, type ResolvedCell } from './cell.js';
import type { GapReason } from './coverage-timeline.js';
import {
  isSuspendedOn,
  poolOn,
  providerOn,
  read,
  RESIDENCE,
  stretchOn,
  type Evaluation,
  type LapsingClaim,
} from './evaluation.js';
import { mayChangeOn, mayChangeWith, newLook, regimeTopics, topics, type Look } from './look.js';
import type { Payment, TableOutcome } from './outcome.js';

const residenceForms = [deliveryForms.indexOf('residence'), deliveryForms.indexOf('part-time-residence')];

const notNeeded: TableOutcome = { status: 'not-needed', payment: null, gap: null, basis: null };

/** What the cover table says of a service on a day, before windows and transition days. */
export function tableOn(evaluation: Evaluation, service: number, day: Day, look: Look): TableOutcome {
  const needs = evaluation.needs[service]!;
  mayChangeWith(look, needs.claimsAndStays, day);
  mayChangeWith(look, needs.joint, day);
  mayChangeWith(look, needs.suspensions, day);
  look.topics |= regimeTopics | topics.claim | topics.stay | topics.pool;
  const stretch = stretchOn(evaluation, day);
  if (!stretch) return notNeeded; // after death the table pays nothing
  const needed = isNeeded(evaluation, service, stretch, day);
  // Only for residence does the need depend on the regime; unneeded days of another service are one piece.
  if (needed || service === RESIDENCE) mayChangeOn(look, stretch.until);
  if (!needed) return notNeeded;
  if (needs.suspensions.length > 0) look.topics |= topics.suspension;
  if (isSuspendedOn(evaluation, service, day)) return { ...notNeeded, status: 'suspended' };
  const pool = poolOn(evaluation, service, day);
  if (pool) return { ...notNeeded, status: 'pooled', payment: poolPayment(pool.pool, look) };
  if (service === RESIDENCE && stretch.awaitingIndication) return gap('awaiting-indication');
  return paidByCell(evaluation, service, stretch, day, look);
}

/** Needed on the days of its claims, stays and joint funding; residence on those of a delivery with residence. */
function isNeeded(evaluation: Evaluation, service: number, stretch: StateStretch, day: Day): boolean {
  const needs = evaluation.needs[service]!;
  return (
    needs.claimsAndStays.some((fact) => contains(fact, day)) ||
    needs.joint.some((fact) => contains(fact, day)) ||
    (service === RESIDENCE && residenceForms.includes(stretch.form))
  );
}

function paidByCell(
  evaluation: Evaluation,
  service: number,
  stretch: StateStretch,
  day: Day,
  look: Look,
): TableOutcome {
  const cell = cellOn(evaluation, service, stretch, day, look);
  if (cell.value === 'absorbed' || cell.value === 'ended') return { ...notNeeded, status: cell.value };
  const outcome = paidByLaw(evaluation, service, cell, stretch, day, look);
  const expired = outcome.gap && cell.undelivered && stretch.bridging === 'expired';
  return expired ? gap('bridging-expired') : outcome;
}

/** The cell first, then the basis, then the payer, then the absence: the order of reasons for a gap. */
function paidByLaw(
  evaluation: Evaluation,
  service: number,
  cell: ResolvedCell,
  stretch: StateStretch,
  day: Day,
  look: Look,
): TableOutcome {
  if (cell.value === 'excluded') return gap('excluded-by-wlz');
  if (cell.value === 'none') return gap(cell.refused ? 'refused' : 'not-covered');
  const law = cell.value as Law;
  const claim = law === 'wlz' ? undefined : basisOn(evaluation, service, law, day);
  if (law !== 'wlz' && !claim && !isBasedOnStay(evaluation, service, law, day)) return gap('no-decision');
  const payer = payerOn(law, stretch);
  look.topics |= payer.topic;
  if (payer.code === NONE) return gap(payer.unknown);
  const away = service === RESIDENCE ? absenceOn(evaluation, day, look) : 'present';
  if (away === 'beyond-allowance') return gap('absence-cap');
  const kept = away === 'retained';
  return {
    status: 'paid',
    gap: null,
    basis: claim ? evaluation.needs[service]!.claims.indexOf(claim) : null,
    payment: {
      funderKind: payer.kind,
      code: payer.code,
      share: 100,
      law,
      kind: kept ? 'retained' : 'regular',
      rule: kept ? 'absence-retained' : 'table',
      provider: providerOn(evaluation, service, day),
      run: null,
      parameters: look.parameters,
      topics: look.topics,
    },
  };
}

/** The latest begun claim under the law that is in force and has not lapsed. */
export function basisOn(
  evaluation: Evaluation,
  service: number,
  law: Law,
  day: Day,
): LapsingClaim | undefined {
  const valid = evaluation.needs[service]!.claims.filter(
    (claim) => laws[claim.law] === law && day < claim.lapsesOn,
  );
  return latestBegun(valid, day);
}

/** A stay is itself a right under the Zvw. */
export function isBasedOnStay(evaluation: Evaluation, service: number, law: Law, day: Day): boolean {
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

function gap(reason: GapReason): TableOutcome {
  return { status: 'gap', payment: null, gap: reason, basis: null };
}

function poolPayment(pool: number, { parameters, topics: read }: Look): Payment {
  return {
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
  };
}

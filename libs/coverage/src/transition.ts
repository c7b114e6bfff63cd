import { contains, type Day } from '@domeinbrug/calendar';
import { NONE, type Claim, type StateStretch } from '@domeinbrug/journey';
import { laws, type Law } from '@domeinbrug/terms';
import { hasLapsed, providerOn, read, stretchOn, type Evaluation } from './evaluation.js';
import { mayChangeOn } from './look.js';
import type { Outcome, Payment } from './outcome.js';
import { payerOn, tableOn, type Payer } from './table.js';

/**
 * `transitionDay: both`: on the first day of a new column, what the table paid the day before is paid for that
 * day too, by the payer of the new day, if need and basis still hold and that payer does not pay already.
 */
export function transitionPaymentOn(
  evaluation: Evaluation,
  service: number,
  today: Outcome,
  day: Day,
): Payment | null {
  if (isLeftOut(today) || !isFirstOfColumn(evaluation, day)) return null;
  const stretch = stretchOn(evaluation, day)!;
  const yesterday = tableOn(evaluation, service, day - 1);
  const paid = yesterday.status === 'paid' ? yesterday.payments[0]! : null;
  if (!paid || !stillHolds(evaluation, service, paid.law!, stretch, day)) return null;
  const payer = payerOn(paid.law!, stretch);
  if (payer.code === NONE || isPaying(today, payer)) return null;
  if (read(evaluation, evaluation.rules.transitionDay, service, day, today).value !== 'both') return null;
  today.topics |= payer.topic;
  mayChangeOn(today, day + 1);
  return {
    ...paid,
    funderKind: payer.kind,
    code: payer.code,
    provider: providerOn(evaluation, service, day),
    parameters: today.parameters,
    topics: today.topics,
  };
}

/** The first day of a new column, unless it is new only because a bridging's term ran out. */
function isFirstOfColumn(evaluation: Evaluation, day: Day): boolean {
  const stretch = stretchOn(evaluation, day);
  if (stretch?.from !== day) return false;
  const before = stretchOn(evaluation, day - 1);
  return before !== undefined && before.column !== stretch.column && !termRanOut(before, stretch);
}

/** Where the table was not looked at nothing goes on from the day before. */
function isLeftOut({ status }: Outcome): boolean {
  return status === 'not-needed' || status === 'suspended' || status === 'pooled';
}

function termRanOut(before: StateStretch, now: StateStretch): boolean {
  return before.bridging === 'in-term' && now.bridging === 'expired';
}

/** Yesterday's claim or stay is still running today; under the Wlz, entitlement and need are. */
function stillHolds(
  evaluation: Evaluation,
  service: number,
  law: Law,
  stretch: StateStretch,
  day: Day,
): boolean {
  if (law === 'wlz') return stretch.profile !== NONE;
  const needs = evaluation.needs[service]!;
  const wasBasis = (claim: Claim): boolean =>
    laws[claim.law] === law && contains(claim, day - 1) && !hasLapsed(evaluation, claim, day - 1);
  return (
    needs.claims.some((claim) => wasBasis(claim) && contains(claim, day)) ||
    (law === 'zvw' && needs.stays.some((stay) => contains(stay, day - 1) && contains(stay, day)))
  );
}

function isPaying({ payments: [payment] }: Outcome, payer: Payer): boolean {
  return payment?.funderKind === payer.kind && payment.code === payer.code;
}

import { contains, type Day } from '@domeinbrug/calendar';
import { NONE, stretchIndexOn, type StateStretch } from '@domeinbrug/journey';
import { laws, type Law } from '@domeinbrug/terms';
import { providerOn, read, type Evaluation, type LapsingClaim } from './evaluation.js';
import { mayChangeOn, newLook, type Look } from './look.js';
import type { Payment, TableOutcome } from './outcome.js';
import { payerOn, tableOn, type Payer } from './table.js';

/** Days on which the table is not looked at, so that nothing goes on from the day before. */
const notPaidByTable: readonly TableOutcome['status'][] = ['not-needed', 'suspended', 'pooled'];

/**
 * `transitionDay: both`: on the first day of a new column, what the table paid the day before is paid for that
 * day too, by the payer of the new day, if need and basis still hold and that payer does not pay already.
 */
export function transitionPaymentOn(
  evaluation: Evaluation,
  service: number,
  today: TableOutcome,
  day: Day,
  look: Look,
): Payment | null {
  if (notPaidByTable.includes(today.status)) return null;
  const at = stretchIndexOn(evaluation.facts.state, day);
  if (at === undefined) return null;
  const stretch = evaluation.facts.state[at]!;
  const before = evaluation.facts.state[at - 1];
  if (stretch.from !== day || !before || before.column === stretch.column || termRanOut(before, stretch))
    return null;
  const yesterday = tableOn(evaluation, service, day - 1, newLook());
  if (
    yesterday.status !== 'paid' ||
    !stillHolds(evaluation, service, yesterday.payment!.law!, stretch, day)
  ) {
    return null;
  }
  const payer = payerOn(yesterday.payment!.law!, stretch);
  if (payer.code === NONE || isPaying(today, payer)) return null;
  if (read(evaluation, evaluation.rules.transitionDay, service, day, look).value !== 'both') return null;
  look.topics |= payer.topic;
  mayChangeOn(look, day + 1);
  return {
    ...yesterday.payment!,
    funderKind: payer.kind,
    code: payer.code,
    provider: providerOn(evaluation, service, day),
    parameters: look.parameters,
    topics: look.topics,
  };
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
  const wasBasis = (claim: LapsingClaim): boolean =>
    laws[claim.law] === law && contains(claim, day - 1) && day - 1 < claim.lapsesOn;
  return (
    needs.claims.some((claim) => wasBasis(claim) && contains(claim, day)) ||
    (law === 'zvw' && needs.stays.some((stay) => contains(stay, day - 1) && contains(stay, day)))
  );
}

function isPaying(today: TableOutcome, payer: Payer): boolean {
  return today.payment?.funderKind === payer.kind && today.payment.code === payer.code;
}

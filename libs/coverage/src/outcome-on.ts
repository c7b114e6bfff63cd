import { contains, type Day, type DayRange } from '@domeinbrug/calendar';
import { codeOn, NONE, nextSuccession } from '@domeinbrug/journey';
import type { CompiledWindow } from './compile.js';
import { isSuspendedOn, poolOn, stretchOn, type Evaluation } from './evaluation.js';
import { mayChangeOn, mayChangeWith, newLook, type Look } from './look.js';
import type { Outcome, Payment } from './outcome.js';
import type { Run } from './run.js';
import { openDaysOn, runsOf, type PaidBefore } from './runs.js';
import { payerOn, tableOn } from './table.js';
import { transitionPaymentOn } from './transition.js';

/**
 * The outcome of one service on one day, and the first later day on which any input it looked at may change:
 * on each day until then it is the same. What the table says, then what windows add to it, in rule-set order.
 */
export function outcomeOn(evaluation: Evaluation, service: number, day: Day): Outcome {
  return outcomeWith(evaluation, service, day, evaluation.rules.windows.length);
}

const none: readonly Payment[] = [];

function outcomeWith(evaluation: Evaluation, service: number, day: Day, windowOrder: number): Outcome {
  const outcome = tableOn(evaluation, service, day);
  const transition = transitionPaymentOn(evaluation, service, outcome, day);
  if (transition) addPayments(outcome, [transition]);
  for (const window of evaluation.rules.windowsOf[service]!) {
    if (window.order < windowOrder) addWindow(evaluation, window, service, day, outcome);
  }
  return outcome;
}

/** Whoever pays beside the table closes its gap. */
function addPayments(outcome: Outcome, payments: readonly Payment[]): void {
  outcome.payments = outcome.payments.length === 0 ? payments : [...outcome.payments, ...payments];
  outcome.gap = null;
}

/** A day belongs to at most one run of a window: the first that pays. */
function addWindow(
  evaluation: Evaluation,
  window: CompiledWindow,
  service: number,
  day: Day,
  outcome: Outcome,
): void {
  const runs = runsOfWindow(evaluation, window, service);
  if (runs.length === 0) return;
  mayChangeWith(outcome, runs, day);
  for (const run of runs) {
    if (!contains(run, day)) continue;
    // Whether a day is dropped depends on what the table pays, so the window read what the table did.
    const look = newLook(run.parameters, outcome.topics | window.topics);
    const paid = paymentsOfRun(evaluation, run, outcome.payments, day, look);
    mayChangeOn(outcome, look.until);
    if (paid.length > 0) return addPayments(outcome, paid);
  }
}

/** The runs of a window for a service, by trigger day. */
export function runsOfWindow(
  evaluation: Evaluation,
  window: CompiledWindow,
  service: number,
): readonly Run[] {
  return runsOf(evaluation, window, service, paidBefore);
}

const paidBefore: PaidBefore = (...asked) => outcomeWith(...asked).payments;

/** A window day is paid whole or not at all. */
function paymentsOfRun(
  evaluation: Evaluation,
  run: Run,
  already: readonly Payment[],
  day: Day,
  look: Look,
): readonly Payment[] {
  const days = openDaysOn(evaluation, run, day, look);
  if (!days || isSuspendedOn(evaluation, run.service, day) || poolOn(evaluation, run.service, day))
    return none;
  const payments = sharesOn(evaluation, run, days, day, look);
  for (const payment of payments) {
    if (payment.code === NONE || already.some((other) => samePayer(payment, other))) return none;
    payment.parameters = look.parameters;
    payment.topics = look.topics;
  }
  return payments;
}

/** The payers of the phase that the day lies in; the code is NONE where one is unknown or may not pay. What was read is not filled in. */
function sharesOn(evaluation: Evaluation, run: Run, days: DayRange, day: Day, look: Look): Payment[] {
  const { window } = run;
  const today = stretchOn(evaluation, day);
  if (today) mayChangeOn(look, today.until);
  const binding = window.payer === 'at-trigger' ? stretchOn(evaluation, run.trigger) : today;
  return phaseOn(run, days, day, look).map(({ law, share }) => {
    const payer = payerOn(law, binding);
    const code = heirOn(evaluation, payer, day, look);
    look.topics |= payer.topic;
    const mayPay = law !== 'wlz' || isEntitledFor(evaluation, run, day);
    return {
      funderKind: payer.kind,
      code: mayPay ? code : NONE,
      share,
      law,
      kind: window.kind,
      rule: window.id,
      provider: run.provider,
      run,
      parameters: 0,
      topics: 0,
    };
  });
}

/** Whoever was bound at the trigger pays under the code it has on the day: mergers do not end an obligation. */
function heirOn(
  evaluation: Evaluation,
  { kind, code }: ReturnType<typeof payerOn>,
  day: Day,
  look: Look,
): number {
  const { successions } = evaluation.facts;
  if (successions.length === 0) return code;
  mayChangeOn(look, nextSuccession(successions, kind, code, day));
  return codeOn(successions, kind, code, day);
}

/** Phases count from the window's first day; the last one runs on. */
function phaseOn(run: Run, days: DayRange, day: Day, look: Look): Run['window']['phases'][number]['pays'] {
  const { phases } = run.window;
  let from = days.from;
  for (const phase of phases.slice(0, -1)) {
    from += phase.days ?? 0;
    if (day < from) {
      mayChangeOn(look, from);
      return phase.pays;
    }
  }
  return phases.at(-1)!.pays;
}

/** A Wlz share needs the entitlement that day; before a trigger, that of the trigger day; after death, that of the day of death. */
function isEntitledFor(evaluation: Evaluation, run: Run, day: Day): boolean {
  const stretch =
    run.window.side === 'before'
      ? stretchOn(evaluation, run.trigger)
      : (stretchOn(evaluation, day) ?? stretchOn(evaluation, evaluation.facts.death!.from));
  return stretch!.profile !== NONE;
}

function samePayer(a: Payment, b: Payment): boolean {
  return a.funderKind === b.funderKind && a.code === b.code;
}

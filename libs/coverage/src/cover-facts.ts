import { ALWAYS, OPEN_END, type Day, type DayRange } from '@domeinbrug/calendar';
import { codeOn, type JourneyFacts } from '@domeinbrug/journey';
import { laws, services } from '@domeinbrug/terms';
import type { CompiledRuleSet } from './compile.js';
import { evaluationOf, RESIDENCE, type Evaluation } from './evaluation.js';
import { setLapses } from './lapses.js';
import { nextDay } from './look.js';
import { splitMinutes, type SplitMinutes } from './minutes.js';
import type { Outcome } from './outcome.js';
import { outcomeOn, runsOfWindow } from './outcome-on.js';

/** Where the engine writes what it finds. Pieces of one service come in order of day and do not overlap. */
export interface CoverageSink {
  /** `[from, until)` has this outcome for the service. Days on which nothing is needed may be left out. */
  piece(evaluation: Evaluation, service: number, from: Day, until: Day, outcome: Outcome): void;
  minutes(split: SplitMinutes): void;
  finding(code: CoverageFinding, claim: { opened: number }): void;
}

/** Contradictions that only show under a rule set. */
export type CoverageFinding = 'decided-elsewhere' | 'lapsed-on-first-day';

/** The part of a client's cover that is asked for: `[from, until)` of some services, as places in `services`. */
export interface CoverScope extends DayRange {
  services: readonly number[];
}

export const wholeCover: CoverScope = { from: ALWAYS, until: OPEN_END, services: [...services.keys()] };

/**
 * Covers a client's facts under a rule set and writes the pieces to a sink: the core of every live answer, audit
 * and replay. A smaller scope gives the same pieces, cut to its days; minutes and findings are of its services, on
 * whatever day.
 *
 * @returns the evaluation, whose `footprints` name every parameter that was read
 */
export function coverFacts(
  facts: JourneyFacts,
  rules: CompiledRuleSet,
  sink: CoverageSink,
  scope: CoverScope = wholeCover,
): Evaluation {
  const evaluation = evaluationOf(facts, rules);
  setLapses(evaluation);
  const concerned = evaluation.needed | rules.servicesOfWindows;
  for (const service of scope.services) {
    if (concerned & (1 << service)) coverService(evaluation, service, scope, sink);
  }
  for (const split of splitMinutes(evaluation, scope.services).rows) sink.minutes(split);
  for (const { claim, on } of evaluation.lapses) {
    if (on === claim.from && scope.services.includes(claim.service))
      sink.finding('lapsed-on-first-day', claim);
  }
  return evaluation;
}

/**
 * The part of {@link coverFacts} for one service of an evaluation whose lapses are set: from day to day on which
 * something may change.
 */
export function coverService(
  evaluation: Evaluation,
  service: number,
  scope: DayRange,
  sink: CoverageSink,
): void {
  const { from, until } = daysOfService(evaluation, service);
  const end = Math.min(until, scope.until);
  let day = Math.max(from, scope.from);
  while (day < end) {
    const outcome = outcomeOn(evaluation, service, day);
    sink.piece(evaluation, service, day, Math.min(outcome.until, end), outcome);
    reportDecidedElsewhere(evaluation, service, day, outcome, sink);
    day = nextDay(outcome, day);
  }
}

/**
 * From the first through the last day on which a service can be needed or paid: on no other is anything read, so none
 * needs a walk. Residence is needed by deliveries. Every window is looked at, also one whose days lie outside the
 * scope: what it read belongs to the footprint.
 */
function daysOfService(evaluation: Evaluation, service: number): DayRange {
  let from = OPEN_END;
  let until = ALWAYS;
  const { claimsAndStays, joint } = evaluation.needs[service]!;
  for (let at = 0; at < claimsAndStays.length; at++) {
    const fact = claimsAndStays[at]!;
    from = Math.min(from, fact.from);
    until = Math.max(until, fact.until);
  }
  for (const fact of joint) {
    from = Math.min(from, fact.from);
    until = Math.max(until, fact.until);
  }
  if (service === RESIDENCE) {
    for (const fact of evaluation.facts.deliveries) {
      from = Math.min(from, fact.from);
      until = Math.max(until, fact.until);
    }
  }
  for (const window of evaluation.rules.windowsOf[service]!) {
    for (const run of runsOfWindow(evaluation, window, service)) {
      from = Math.min(from, run.from);
      until = Math.max(until, run.until);
    }
  }
  return from < until ? { from, until } : noDays;
}

const noDays: DayRange = { from: OPEN_END, until: ALWAYS };

/**
 * The table's Wmo is paid by the municipality of residence, which need not be the one that decided. Codes are compared
 * as of the day: before a merger those that merge are two. A later day of the piece tells nothing more, because from
 * the day on which they are one they stay one.
 */
function reportDecidedElsewhere(
  evaluation: Evaluation,
  service: number,
  day: Day,
  outcome: Outcome,
  sink: CoverageSink,
): void {
  const payment = outcome.payments[0];
  if (outcome.basis === null || payment?.law !== 'wmo') return;
  const claim = evaluation.needs[service]!.claims[outcome.basis]!;
  const { successions } = evaluation.facts;
  if (
    laws[claim.law] === 'wmo' &&
    codeOn(successions, 'municipality', claim.municipality, day) !== payment.code
  )
    sink.finding('decided-elsewhere', claim);
}

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
  /** `[from, until)` has this outcome for the service. Called for every piece, also where nothing is needed. */
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
  for (const service of scope.services) coverService(evaluation, service, scope, sink);
  for (const split of splitMinutes(evaluation, scope.services).rows) sink.minutes(split);
  for (const claim of evaluation.claims) {
    if (claim.lapsesOn === claim.from && scope.services.includes(claim.service))
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
  { from, until }: DayRange,
  sink: CoverageSink,
): void {
  if (!mayHaveCover(evaluation, service)) return;
  let day = from;
  while (day < until) {
    const outcome = outcomeOn(evaluation, service, day);
    sink.piece(evaluation, service, day, Math.min(outcome.until, until), outcome);
    reportDecidedElsewhere(evaluation, service, day, outcome, sink);
    day = nextDay(outcome, day);
  }
}

/**
 * A service without facts and without a window run needs no walk. Residence is needed by deliveries. Every window is
 * looked at, also after one has run: what it read belongs to the footprint. A walk looks at every one itself.
 */
function mayHaveCover(evaluation: Evaluation, service: number): boolean {
  const { claimsAndStays, joint } = evaluation.needs[service]!;
  if (claimsAndStays.length > 0 || joint.length > 0) return true;
  if (service === RESIDENCE && evaluation.facts.deliveries.length > 0) return true;
  let hasRuns = false;
  for (const window of evaluation.rules.windowsOf[service]!) {
    if (runsOfWindow(evaluation, window, service).length > 0) hasRuns = true;
  }
  return hasRuns;
}

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

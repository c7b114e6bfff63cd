import type { ArchiveReader } from '@domeinbrug/archive';
import { OPEN_END, type DayRange } from '@domeinbrug/calendar';
import {
  compileRuleSet,
  coverFacts,
  differenceOf,
  footprintOf,
  mayDiffer,
  ownCost,
  paidDaysOf,
  wholeCover,
  type CompiledRuleSet,
  type CoverageSink,
  type CoverScope,
  type Outcome,
} from '@domeinbrug/coverage';
import type { JourneyFacts } from '@domeinbrug/journey';
import type { RuleSet } from '@domeinbrug/rules';
import { laws } from '@domeinbrug/terms';
import { takesPartIn } from '../run/population.js';
import type { Population, Vary } from '../run/replay-question.js';
import { ruleSetAt, sweepPlan, type SweepPlan } from './sweep-plan.js';

/** What a slice of the clients is asked for a sweep. */
export interface SweepQuestion {
  baseline: RuleSet;
  alternative: RuleSet;
  period: DayRange;
  event: number;
  population: Population;
  vary: Vary;
}

/** What is added up at each value of a sweep: days of payers by law, needed days that nobody pays, amounts in cents. */
export const sweepSums = [
  ...laws,
  'joint',
  'gapDays',
  'pricedDays',
  'recorded',
  'agreed',
  'assumedLow',
  'assumedMid',
  'assumedHigh',
  /** Clients for whom any day is paid otherwise than at the value before; at the first value, than under the baseline. */
  'clients',
] as const;
export type SweepSum = (typeof sweepSums)[number];
const width = sweepSums.length;
const placeOf = Object.fromEntries(sweepSums.map((name, at) => [name, at])) as Record<SweepSum, number>;

/** To be posted between threads. */
export interface SweepState {
  /** By value, the sums one behind another. */
  sums: Float64Array;
  /** Likewise, for how many clients each differs from that at the value before; at the first value, under the baseline. */
  changed: Float64Array;
  /** Clients with anything in each sum at the first value. */
  behind: Float64Array;
}

const step = 2_048;

/**
 * Sweeps a parameter of the alternative over some clients.
 *
 * @param goOn as for a replay
 * @returns `null` when it was ended early
 */
export function sweepSlice(
  reader: ArchiveReader,
  question: SweepQuestion,
  clients: Iterable<number>,
  goOn: (done: number) => boolean,
): SweepState | null {
  const sweep = new Sweep(question, sweepPlan(question.alternative, question.vary));
  const takesPart = takesPartIn(question.population, question.period);
  let done = 0;
  for (const client of clients) {
    if (done % step === 0 && !goOn(done)) return null;
    const facts = reader.factsAt(client, question.event, 'one');
    if (takesPart(facts)) sweep.add(facts);
    done++;
  }
  goOn(done);
  return sweep.state();
}

class Sweep {
  private readonly scope: CoverScope;
  private readonly baseline: CompiledRuleSet;
  /** By value. */
  private readonly rules: CompiledRuleSet[];
  private readonly sums: Float64Array;
  private readonly changed: Float64Array;
  private readonly behind = new Float64Array(width);
  /** What every value has alike. */
  private readonly alike = new Float64Array(width);
  /** Of the client in hand: what every value has alike, and by value what it has of its own. */
  private readonly own: { alike: Float64Array; sums: Float64Array };
  private readonly fromBaseline;
  private readonly isPriced: boolean;

  constructor(
    private readonly question: SweepQuestion,
    private readonly plan: SweepPlan,
  ) {
    const { baseline, alternative, period, vary } = question;
    this.scope = { ...period, services: wholeCover.services };
    this.baseline = compileRuleSet(baseline);
    this.rules = vary.values.map((value) => compileRuleSet(ruleSetAt(alternative, vary.parameter, value)));
    this.sums = new Float64Array(width * vary.values.length);
    this.changed = new Float64Array(this.sums.length);
    this.own = { alike: new Float64Array(width), sums: new Float64Array(this.sums.length) };
    this.fromBaseline = differenceOf(this.baseline, this.rules[0]!);
    this.isPriced = this.rules[0]!.prices.some((price) => price !== null);
  }

  add(facts: JourneyFacts): void {
    if (this.plan.method === 'histogram') this.addByDistance(facts, this.plan);
    else this.addByValue(facts);
  }

  private addByValue(facts: JourneyFacts): void {
    const first = this.outcomeAt(facts, this.rules[0]!);
    const bit = this.rules[0]!.parameters.find(({ name }) => name === this.question.vary.parameter)!.bit;
    const isAlike = (first.footprint & bit) === 0;
    if (isAlike) this.own.alike.set(first.sums);
    else {
      let before = first.signature;
      this.rules.forEach((rules, value) => {
        const { sums, signature } = value === 0 ? first : this.outcomeAt(facts, rules);
        this.own.sums.set(sums, width * value);
        if (value > 0 && signature !== before) this.count(value);
        before = signature;
      });
    }
    this.endClient(this.addFirstStep(facts, first), isAlike);
  }

  /** @returns the sums under the baseline, where the client's cover at the first value may be otherwise */
  private addFirstStep(facts: JourneyFacts, atFirst: OutcomeAt): Float64Array | null {
    const evaluation = coverFacts(facts, this.baseline, nothing, this.scope);
    if (!mayDiffer(this.fromBaseline, evaluation, facts)) return null;
    const underBaseline = this.outcomeAt(facts, this.baseline);
    if (underBaseline.signature !== atFirst.signature) this.count(0);
    return underBaseline.sums;
  }

  private count(value: number): void {
    this.sums[width * value + placeOf.clients]! += 1;
  }

  /**
   * @param before the sums under the baseline; `null` where they are those at the first value
   * @param isAlike nothing is of a value's own, as for most clients
   */
  private endClient(before: Float64Array | null, isAlike: boolean): void {
    const { alike, sums } = this.own;
    for (let at = 0; at < width; at++) {
      const first = alike[at]! + sums[at]!;
      if (first !== 0) this.behind[at]! += 1;
      if (before !== null && before[at] !== first) this.changed[at]! += 1;
      this.alike[at]! += alike[at]!;
    }
    alike.fill(0);
    if (isAlike) return;
    for (let at = 0; at < sums.length; at++) {
      this.sums[at]! += sums[at]!;
      if (at >= width && sums[at] !== sums[at - width]) this.changed[at]! += 1;
    }
    sums.fill(0);
  }

  private outcomeAt(facts: JourneyFacts, rules: CompiledRuleSet): OutcomeAt {
    const sums = new Float64Array(width);
    const said: string[] = [];
    const evaluation = coverFacts(
      facts,
      rules,
      sinkOf((service, from, until, outcome) => {
        addDays(sums, outcome, until - from);
        said.push(signatureOf(service, from, until, outcome));
      }),
      this.scope,
    );
    if (rules.prices.some((price) => price !== null)) addAmounts(sums, facts, rules, this.question.period);
    return { sums, signature: joined(said), footprint: footprintOf(evaluation) };
  }

  /** At the greatest length, with every day of the window kept apart by its distance from the window's first day. */
  private addByDistance(
    facts: JourneyFacts,
    { window, daysAUnit }: SweepPlan & { method: 'histogram' },
  ): void {
    const { values } = this.question.vary;
    const touched = new Set<number>();
    let differs = false;
    const sink = sinkOf((_, from, until, outcome) => {
      const run = outcome.payments.find((payment) => payment.run?.window.id === window)?.run;
      if (!run) return addDays(this.own.alike, outcome, until - from);
      for (const [value, length] of values.entries()) {
        const within = Math.min(until, run.from + length * daysAUnit) - from;
        const days = Math.max(0, within);
        this.addOwnDays(value, window, outcome, until - from, days);
        const before = value === 0 ? null : run.from + values[value - 1]! * daysAUnit;
        if (before !== null && days > Math.max(0, Math.min(until, before) - from)) touched.add(value);
      }
      differs = true;
    });
    const evaluation = coverFacts(facts, this.rules.at(-1)!, sink, this.scope);
    if (this.isPriced) addAmounts(this.own.alike, facts, this.rules[0]!, this.question.period);
    for (const value of touched) this.count(value);
    const mayStep = differs || mayDiffer(this.fromLast(), evaluation, facts);
    this.endClient(
      mayStep ? this.addFirstStep(facts, this.outcomeAt(facts, this.rules[0]!)) : null,
      !differs,
    );
  }

  private fromLast(): ReturnType<typeof differenceOf> {
    return (this.lastToBaseline ??= differenceOf(this.rules.at(-1)!, this.baseline));
  }
  private lastToBaseline: ReturnType<typeof differenceOf> | null = null;

  /** @param days of the piece that the window still pays at this value; on the others the table's own verdict holds */
  private addOwnDays(value: number, window: string, outcome: Outcome, all: number, days: number): void {
    const base = width * value;
    for (const { law, run } of outcome.payments) {
      const paid = run?.window.id === window ? days : all;
      this.own.sums[base + (law === null ? placeOf.joint : placeOf[law])]! += paid;
    }
    const isPaidByOthers = outcome.payments.some(({ run }) => run?.window.id !== window);
    if (outcome.status === 'gap' && !isPaidByOthers) this.own.sums[base + placeOf.gapDays]! += all - days;
  }

  state(): SweepState {
    const sums = this.sums.slice();
    this.question.vary.values.forEach((_, value) =>
      this.alike.forEach((sum, at) => (sums[width * value + at]! += sum)),
    );
    return { sums, changed: this.changed, behind: this.behind };
  }
}

interface OutcomeAt {
  sums: Float64Array;
  signature: string;
  footprint: number;
}

const nothing: CoverageSink = { piece: () => undefined, minutes: () => undefined, finding: () => undefined };

function sinkOf(
  piece: (service: number, from: number, until: number, outcome: Outcome) => void,
): CoverageSink {
  return { ...nothing, piece: (_, service, from, until, outcome) => piece(service, from, until, outcome) };
}

function addDays(sums: Float64Array, { payments, gap }: Outcome, days: number): void {
  for (const { law } of payments) sums[law === null ? placeOf.joint : placeOf[law]]! += days;
  if (gap !== null) sums[placeOf.gapDays]! += days;
}

function addAmounts(sums: Float64Array, facts: JourneyFacts, rules: CompiledRuleSet, period: DayRange): void {
  const client = paidDaysOf(facts, rules, wholeCover);
  for (const row of client.paid) {
    const paid = row.until >= OPEN_END ? { ...row, until: Math.max(row.from, period.until) } : row;
    const [from, until] = [Math.max(paid.from, period.from), Math.min(paid.until, period.until)];
    if (from >= until) continue;
    for (const payment of paid.payments) {
      const cost = ownCost(client, paid, payment);
      if (!cost) continue;
      const [before, after] = [cost.before(from), cost.before(until)];
      sums[placeOf.pricedDays]! += until - from;
      if (cost.basis !== 'assumed') sums[placeOf[cost.basis]]! += after.mid - before.mid;
      else {
        sums[placeOf.assumedLow]! += after.low - before.low;
        sums[placeOf.assumedMid]! += after.mid - before.mid;
        sums[placeOf.assumedHigh]! += after.high - before.high;
      }
    }
  }
}

/** Who pays, on which days: two clients' covers are the same when their pieces, joined, say the same. */
function signatureOf(service: number, from: number, until: number, { payments, gap }: Outcome): string {
  if (payments.length === 0 && gap === null) return '';
  const paid = payments
    .map(({ funderKind, code, share, kind, rule, provider }) =>
      [funderKind, code, share, kind, rule, provider].join(),
    )
    .join('+');
  return `${service}|${from}|${until}|${paid}|${gap ?? ''}`;
}

/** Pieces that touch and say the same are one, however they were cut. */
function joined(pieces: readonly string[]): string {
  const whole: { service: string; from: number; until: number; what: string }[] = [];
  for (const piece of pieces) {
    if (piece === '') continue;
    const [service, from, until, ...what] = piece.split('|') as [string, string, string, ...string[]];
    const last = whole.at(-1);
    const said = what.join('|');
    if (last?.service === service && last.until === Number(from) && last.what === said)
      last.until = Number(until);
    else whole.push({ service, from: Number(from), until: Number(until), what: said });
  }
  return whole.map((each) => Object.values(each).join('|')).join('\n');
}

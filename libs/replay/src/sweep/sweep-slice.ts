import type { ArchiveReader } from '@domeinbrug/archive';
import type { DayRange } from '@domeinbrug/calendar';
import {
  compileRuleSet,
  coverFacts,
  differenceOf,
  footprintOf,
  mayDiffer,
  wholeCover,
  type CompiledRuleSet,
  type CoverageSink,
  type CoverScope,
  type Outcome,
} from '@domeinbrug/coverage';
import type { JourneyFacts } from '@domeinbrug/journey';
import type { RuleSet } from '@domeinbrug/rules';
import { takesPartIn } from '../run/population.js';
import type { Population, Vary } from '../run/replay-question.js';
import { joined, signatureOf } from './cover-signature.js';
import { ruleSetAt, sweepPlan, type SweepPlan } from './sweep-plan.js';
import { addAmounts, addDays, placeOf, sweepWidth } from './sweep-sums.js';

/** What a slice of the clients is asked for a sweep. */
export interface SweepQuestion {
  baseline: RuleSet;
  alternative: RuleSet;
  period: DayRange;
  event: number;
  population: Population;
  vary: Vary;
}

/** To be posted between threads. */
export interface SweepState {
  /** By value, the sums one behind another. */
  sums: Float64Array;
  /** Likewise, for how many clients each differs from that at the value before; at the first value, under the baseline. */
  changed: Float64Array;
  /** Likewise, clients with anything in each sum at the value. */
  behind: Float64Array;
  /** Likewise, for how many clients each differs from the alternative as it is. */
  fromOwn: Float64Array;
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
  private readonly alternative: CompiledRuleSet;
  /** By value. */
  private readonly rules: CompiledRuleSet[];
  private readonly sums: Float64Array;
  private readonly changed: Float64Array;
  private readonly behind: Float64Array;
  private readonly fromOwn: Float64Array;
  /** What every value has alike, and how many clients have anything of it and nothing of their own. */
  private readonly alike = new Float64Array(sweepWidth);
  private readonly behindAlike = new Float64Array(sweepWidth);
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
    this.alternative = compileRuleSet(alternative);
    this.rules = vary.values.map((value) => compileRuleSet(ruleSetAt(alternative, vary.parameter, value)));
    this.sums = new Float64Array(sweepWidth * vary.values.length);
    this.changed = new Float64Array(this.sums.length);
    this.behind = new Float64Array(this.sums.length);
    this.fromOwn = new Float64Array(this.sums.length);
    this.own = { alike: new Float64Array(sweepWidth), sums: new Float64Array(this.sums.length) };
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
        this.own.sums.set(sums, sweepWidth * value);
        if (value > 0 && signature !== before) this.count(value);
        before = signature;
      });
    }
    const asItIs = isAlike ? null : this.outcomeAt(facts, this.alternative).sums;
    this.endClient(this.addFirstStep(facts, first), asItIs);
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
    this.sums[sweepWidth * value + placeOf.clients]! += 1;
  }

  /**
   * @param before the sums under the baseline; `null` where they are those at the first value
   * @param asItIs those under the alternative as it is; `null` where they are the same at every value
   */
  private endClient(before: Float64Array | null, asItIs: Float64Array | null): void {
    const { alike, sums } = this.own;
    for (let at = 0; at < sweepWidth; at++) {
      if (before !== null && before[at] !== alike[at]! + sums[at]!) this.changed[at]! += 1;
      if (asItIs === null && alike[at] !== 0) this.behindAlike[at]! += 1;
      this.alike[at]! += alike[at]!;
    }
    if (asItIs !== null) this.endOwn(alike, sums, asItIs);
    alike.fill(0);
  }

  private endOwn(alike: Float64Array, sums: Float64Array, asItIs: Float64Array): void {
    for (let at = 0; at < sums.length; at++) {
      const sum = alike[at % sweepWidth]! + sums[at]!;
      if (sum !== 0) this.behind[at]! += 1;
      if (sum !== asItIs[at % sweepWidth]) this.fromOwn[at]! += 1;
      if (at >= sweepWidth && sums[at] !== sums[at - sweepWidth]) this.changed[at]! += 1;
      this.sums[at]! += sums[at]!;
    }
    sums.fill(0);
  }

  private outcomeAt(facts: JourneyFacts, rules: CompiledRuleSet): OutcomeAt {
    const sums = new Float64Array(sweepWidth);
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
    const before = mayStep ? this.addFirstStep(facts, this.outcomeAt(facts, this.rules[0]!)) : null;
    this.endClient(before, differs ? this.outcomeAt(facts, this.alternative).sums : null);
  }

  private fromLast(): ReturnType<typeof differenceOf> {
    return (this.lastToBaseline ??= differenceOf(this.rules.at(-1)!, this.baseline));
  }
  private lastToBaseline: ReturnType<typeof differenceOf> | null = null;

  /** @param days of the piece that the window still pays at this value; on the others the table's own verdict holds */
  private addOwnDays(value: number, window: string, outcome: Outcome, all: number, days: number): void {
    const base = sweepWidth * value;
    for (const { law, run } of outcome.payments) {
      const paid = run?.window.id === window ? days : all;
      this.own.sums[base + (law === null ? placeOf.joint : placeOf[law])]! += paid;
    }
    const isPaidByOthers = outcome.payments.some(({ run }) => run?.window.id !== window);
    if (outcome.status === 'gap' && !isPaidByOthers) this.own.sums[base + placeOf.gapDays]! += all - days;
  }

  state(): SweepState {
    const sums = this.sums.slice();
    const behind = this.behind.slice();
    for (let at = 0; at < sums.length; at++) {
      sums[at]! += this.alike[at % sweepWidth]!;
      behind[at]! += this.behindAlike[at % sweepWidth]!;
    }
    return { sums, changed: this.changed, behind, fromOwn: this.fromOwn };
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

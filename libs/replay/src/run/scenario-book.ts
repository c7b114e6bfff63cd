import { OPEN_END, type Day } from '@domeinbrug/calendar';
import {
  ownCost,
  paidDaysOf,
  wholeCover,
  type CompiledRuleSet,
  type CoverageSink,
  type Evaluation,
  type Outcome,
  type PaidClient,
} from '@domeinbrug/coverage';
import type { JourneyFacts } from '@domeinbrug/journey';
import { AmountCells, type AmountState, type ChangedAmounts } from '../cube/amount-cells.js';
import type { Buckets } from '../cube/buckets.js';
import { Cube } from '../cube/cube.js';
import { stateOf, type CubeState } from '../cube/cube-state.js';
import { type CellNames } from '../cube/dimensions.js';
import { AlignedFigures, type AlignedState } from '../figures/admission-figures.js';
import { ScenarioFigures, type FigureStates } from '../figures/scenario-figures.js';
import { WindowFigures, type WindowCount } from '../figures/window-figures.js';

/** What a book holds, to be posted between threads. */
export interface BookState {
  cube: CubeState;
  /** `null` where neither rule set has prices. */
  amounts: AmountState | null;
  figures: FigureStates;
  windows: Record<WindowCount, number>[];
  aligned: AlignedState;
}

/** What every book of a run is about. */
export interface BookPlan {
  buckets: Buckets;
  names: CellNames;
  /** The ids of the windows of both rule sets: those of the baseline in its order, then what only the alternative has. */
  windowIds: readonly string[];
  /** Whether all figures are asked, or the cells alone. */
  figures: boolean;
  mostCells: number;
  /** No more than these fit in an answer: the run ends at the first beyond. */
  mostRows: number;
  /** Whether either rule set has prices: then who has none is counted under both. */
  priced: boolean;
}

/** Adds up what one rule set makes of clients: the sink of a replay. Clients come one after the other. */
export class ScenarioBook implements CoverageSink {
  private readonly cube: Cube;
  private readonly amounts: AmountCells | null;
  private readonly figures: ScenarioFigures;
  private readonly windows: WindowFigures;
  private readonly aligned: AlignedFigures;
  private client = -1;
  private admission: Day | undefined;

  /** @param changes where amounts are compared with those of another book, and which of the two this one is */
  constructor(
    private readonly plan: BookPlan,
    private readonly rules: CompiledRuleSet,
    private readonly changes: { amounts: ChangedAmounts; times: 1 | -1 } | null = null,
  ) {
    const { buckets, mostCells, mostRows, windowIds } = plan;
    this.cube = new Cube(buckets, mostCells, mostRows);
    this.amounts = plan.priced ? new AmountCells(buckets, mostCells) : null;
    this.figures = new ScenarioFigures({ period: buckets.period, windowIds });
    this.windows = new WindowFigures(windowIds, buckets.period);
    this.aligned = new AlignedFigures(buckets.period);
  }

  /** @param admission the day on which the client is aligned with others */
  begin(client: number, facts: JourneyFacts, admission: Day | undefined): void {
    this.client = client;
    this.admission = admission;
    if (admission !== undefined) this.aligned.addClient(facts, admission);
  }

  piece(evaluation: Evaluation, service: number, from: Day, until: Day, outcome: Outcome): void {
    const { names } = this.plan;
    for (const payment of outcome.payments) {
      const [region, provider] = [names.region(evaluation, from), names.provider(payment)];
      this.cube.add(names.first(service, payment), region, provider, from, until, this.client);
    }
    if (!this.plan.figures) return;
    this.figures.piece(evaluation, service, from, until, outcome, this.client);
    if (this.admission !== undefined) this.aligned.piece(this.admission, service, from, until, outcome);
  }

  minutes(): void {
    // Amounts take them from the client's own pass; days do not need them.
  }

  finding(): void {
    // Of no client in particular, so of no use in a sum.
  }

  /** After the last piece of a client. */
  end(evaluation: Evaluation): void {
    if (this.plan.figures) this.windows.add(evaluation);
    if (this.amounts) this.bookAmounts(paidDaysOf(evaluation.facts, this.rules, wholeCover), this.amounts);
  }

  /** What a row costs depends on all of its days, so rows are cut to the period only when it is known. */
  private bookAmounts(client: PaidClient, amounts: AmountCells): void {
    const { period } = this.plan.buckets;
    for (const row of client.paid) {
      const paid = row.until >= OPEN_END ? { ...row, until: Math.max(row.from, period.until) } : row;
      const [from, until] = [Math.max(paid.from, period.from), Math.min(paid.until, period.until)];
      if (from >= until) continue;
      for (const payment of paid.payments) {
        const cost = ownCost(client, paid, payment);
        for (const part of this.partsByRegion(client.evaluation, from, until)) {
          const { names } = this.plan;
          const key = [names.first(row.service, payment), part.region, names.provider(payment)] as const;
          amounts.add(key, part.from, part.until, cost, this.client);
          this.changes?.amounts.add(key, part.from, part.until, cost, this.changes.times);
        }
      }
    }
  }

  /** Rows run on where only the region changes. */
  private partsByRegion(
    evaluation: Evaluation,
    from: Day,
    until: Day,
  ): { from: Day; until: Day; region: number }[] {
    const starts = evaluation.facts.state
      .map((stretch) => stretch.from)
      .filter((day) => day > from && day < until);
    return [from, ...starts].map((start, at) => ({
      from: start,
      until: starts[at] ?? until,
      region: this.plan.names.region(evaluation, start),
    }));
  }

  state(): BookState {
    return {
      cube: stateOf(this.cube),
      amounts: this.amounts?.state() ?? null,
      figures: this.figures.states(),
      windows: this.windows.state(),
      aligned: this.aligned.state(),
    };
  }
}

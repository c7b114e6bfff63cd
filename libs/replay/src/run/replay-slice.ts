import type { ArchiveReader } from '@domeinbrug/archive';
import type { Day, DayRange } from '@domeinbrug/calendar';
import {
  compileRuleSet,
  coverFacts,
  differenceOf,
  mayDiffer,
  wholeCover,
  type CompiledRuleSet,
  type CoverageDifference,
  type CoverageSink,
  type CoverScope,
  type Evaluation,
} from '@domeinbrug/coverage';
import type { JourneyFacts } from '@domeinbrug/journey';
import type { RuleSet } from '@domeinbrug/rules';
import { monthsOf, wholeOf } from '../cube/buckets.js';
import { ChangedAmounts } from '../cube/amount-cells.js';
import { ChangedCells } from '../cube/changed-cells.js';
import type { CubeState } from '../cube/cube-state.js';
import { cellNames, type Dimension } from '../cube/dimensions.js';
import { admissionsByRegion, firstAdmission } from '../figures/admission-figures.js';
import { balanceOf, CoveredDaysOf } from '../figures/client-balance.js';
import { FigureChanges, type FigureStates } from '../figures/scenario-figures.js';
import { windowCounts, WindowFigures } from '../figures/window-figures.js';
import { WaitingTimes, type Observed, type WaitingTimesState } from '../waiting-times/waiting-times.js';
import { takesPartIn, type TakesPart } from './population.js';
import type { Population } from './replay-question.js';
import { ScenarioBook, type BookPlan, type BookState } from './scenario-book.js';

/** What a slice of the clients is asked: plain values, so that it can be posted to a thread. */
export interface SliceQuestion {
  baseline: RuleSet;
  alternative: RuleSet;
  period: DayRange;
  /** The event of the archive as of which facts are read: the snapshot. */
  event: number;
  /** The baseline is of what was known after this event instead, to compare two moments of knowledge. */
  eventBefore?: number;
  /** The last day of which all is taken to be known. */
  lastKnownDay: Day;
  population: Population;
  by: readonly Dimension[];
  /** Whether all figures are asked, or the cells alone. */
  figures: boolean;
  /** Cells that fit in memory, and parts of them with days, which are the rows of an answer. */
  mostCells: number;
  mostRows: number;
}

/** What the clients of a slice come to. The alternative is the baseline, less `before`, plus `after`. */
export interface SliceState {
  baseline: BookState;
  /** Of the clients for whom the alternative may give something else: under the baseline, and under the alternative. */
  before: BookState;
  after: BookState;
  /** Clients for whom a cell's days differ, by cell and part. */
  changed: CubeState;
  changedFigures: FigureStates;
  /** Clients for whom an amount of a cell and part differs, by amount. */
  changedAmounts: CubeState[];
  /** Clients for whom the days of all cells together differ, and the amounts, by `comparedNames`. */
  changedInAll: Float64Array;
  /** Clients for whom anything of a window's counts differs, by window. */
  changedWindows: Uint32Array;
  counts: ClientCounts;
  /** Admissions in the period by region, two numbers each: care office, count. */
  admissions: Float64Array;
  waiting: WaitingTimesState;
  /** Numbers in the archive of those who take part and for whom anything differs. */
  differing: Uint32Array;
}

/** Of people. */
export const clientCounts = [
  /** Who take part. */
  'clients',
  /** Evaluated under the alternative as well. */
  'affected',
  /** For whom the days of any cell differ. */
  'differing',
  /** With days of service that are covered and were not, the other way round, and the days. */
  'gaining',
  'losing',
  'daysGained',
  'daysLost',
  /** Admitted at least once in the period. */
  'admitted',
  /** With a fact that has no end yet among those that need care. */
  'open',
] as const;
export type ClientCounts = Record<(typeof clientCounts)[number], number>;

/** How many clients are read between two looks at whether to go on. */
const step = 2_048;

/**
 * Replays some clients of an archive under two rule sets.
 *
 * @param clients numbers in the archive, each once
 * @param goOn asked now and then with how many are done; `false` ends it early
 * @returns `null` when it was ended early
 * @throws TooManyCells
 */
export function replaySlice(
  reader: ArchiveReader,
  question: SliceQuestion,
  clients: Iterable<number>,
  goOn: (done: number) => boolean,
): SliceState | null {
  const slice = new Slice(question);
  let done = 0;
  for (const client of clients) {
    if (done % step === 0 && !goOn(done)) return null;
    const facts = reader.factsAt(client, question.event, question.figures ? 'all' : 'one');
    slice.add(client, facts, factsBefore(reader, question, client) ?? facts);
    done++;
  }
  goOn(done);
  return slice.state();
}

/** `undefined` where they are those of the event. */
function factsBefore(
  reader: ArchiveReader,
  { eventBefore }: SliceQuestion,
  client: number,
): JourneyFacts | undefined {
  if (eventBefore === undefined || !reader.hasChangedSince(client, eventBefore)) return undefined;
  return reader.factsAt(client, eventBefore);
}

class Slice {
  private readonly rules: { baseline: CompiledRuleSet; alternative: CompiledRuleSet };
  private readonly difference: CoverageDifference;
  private readonly scope: CoverScope;
  private readonly takesPart: TakesPart;
  private readonly plan: BookPlan;
  private readonly books: Record<'baseline' | 'before' | 'after', ScenarioBook>;
  private readonly changed: ChangedCells;
  private readonly changedFigures: FigureChanges;
  private readonly changedAmounts: ChangedAmounts;
  private readonly changedWindows: Uint32Array;
  /** Days of payers that the client in hand has more under the alternative; and for how many clients there are any. */
  private netDays = 0;
  private changedDays = 0;
  private readonly admissions = new Map<number, number>();
  private readonly differing: number[] = [];
  private readonly waiting = new WaitingTimes();
  private readonly observed: Observed;
  private readonly counts = Object.fromEntries(clientCounts.map((name) => [name, 0])) as ClientCounts;

  constructor(question: SliceQuestion) {
    const { baseline, alternative, period, lastKnownDay, population, by, figures, mostCells, mostRows } =
      question;
    this.observed = { ...period, lastKnownDay };
    this.rules = { baseline: compileRuleSet(baseline), alternative: compileRuleSet(alternative) };
    this.difference = differenceOf(this.rules.baseline, this.rules.alternative);
    this.scope = { ...period, services: wholeCover.services };
    this.takesPart = takesPartIn(population, period);
    const buckets = by.includes('month') ? monthsOf(period) : wholeOf(period);
    const windowIds = windowIdsOf(baseline, alternative);
    const priced = [this.rules.baseline, this.rules.alternative].some(({ prices }) =>
      prices.some((price) => price !== null),
    );
    this.plan = { buckets, names: cellNames(by), windowIds, figures, mostCells, mostRows, priced };
    const amounts = (this.changedAmounts = new ChangedAmounts(buckets, mostCells));
    this.books = {
      baseline: new ScenarioBook(this.plan, this.rules.baseline),
      before: new ScenarioBook(this.plan, this.rules.baseline, { amounts, times: -1 }),
      after: new ScenarioBook(this.plan, this.rules.alternative, { amounts, times: 1 }),
    };
    this.changed = new ChangedCells(buckets, mostCells);
    this.changedFigures = new FigureChanges({ period, windowIds });
    this.changedWindows = new Uint32Array(windowIds.length);
  }

  /** @param before what the baseline knew of the client; the same object where it knew the same */
  add(client: number, facts: JourneyFacts, before: JourneyFacts): void {
    if (!this.takesPart(facts) && !(before !== facts && this.takesPart(before))) return;
    const { counts, scope, rules, books } = this;
    counts.clients += 1;
    const admission = this.plan.figures ? firstAdmission(facts, scope) : undefined;
    books.baseline.begin(client, before, admission);
    const evaluation = coverFacts(before, rules.baseline, books.baseline, scope);
    books.baseline.end(evaluation);
    if (admission !== undefined) {
      counts.admitted += 1;
      admissionsByRegion(evaluation, scope, this.admissions);
    }
    const differs = before !== facts || mayDiffer(this.difference, evaluation, facts);
    const underAlternative = differs ? this.compare(client, facts, before, admission) : evaluation;
    if (!this.plan.figures) return;
    if (isOpen(facts)) counts.open += 1;
    this.addWaiting(facts, underAlternative);
  }

  private addWaiting(facts: JourneyFacts, { runs }: Evaluation): void {
    this.waiting.add(facts, this.observed);
    const handovers = runs.flatMap((some) => some ?? []).filter(({ window }) => window.kind === 'handover');
    this.waiting.addHandovers(facts, handovers, this.observed);
  }

  /** @returns the evaluation under the alternative */
  private compare(
    client: number,
    facts: JourneyFacts,
    factsBefore: JourneyFacts,
    admission: number | undefined,
  ): Evaluation {
    const { counts, rules, books } = this;
    counts.affected += 1;
    const covered = { before: new CoveredDaysOf(), after: new CoveredDaysOf() };
    const replay = (name: 'before' | 'after', under: CompiledRuleSet, times: 1 | -1): Evaluation => {
      const book = books[name];
      const known = name === 'before' ? factsBefore : facts;
      book.begin(client, known, admission);
      const evaluation = coverFacts(known, under, this.bothInto(book, covered[name], times), this.scope);
      book.end(evaluation);
      return evaluation;
    };
    const under = replay('before', rules.baseline, -1);
    const evaluation = replay('after', rules.alternative, 1);
    this.changedFigures.endClient();
    this.changedAmounts.endClient();
    if (this.netDays !== 0) this.changedDays += 1;
    this.netDays = 0;
    if (this.plan.figures) this.compareWindows(under, evaluation);
    if (!this.changed.endClient()) return evaluation;
    counts.differing += 1;
    this.differing.push(client);
    const { gained, lost } = balanceOf(covered.before.all(), covered.after.all());
    counts.daysGained += gained;
    counts.daysLost += lost;
    if (gained > 0) counts.gaining += 1;
    if (lost > 0) counts.losing += 1;
    return evaluation;
  }

  private compareWindows(...evaluations: [Evaluation, Evaluation]): void {
    const { windowIds, buckets } = this.plan;
    const [before, after] = evaluations.map((evaluation) => {
      const figures = new WindowFigures(windowIds, buckets.period);
      figures.add(evaluation);
      return figures.state();
    });
    before!.forEach((counts, window) => {
      if (windowCounts.some((name) => counts[name] !== after![window]![name]))
        this.changedWindows[window]! += 1;
    });
  }

  private bothInto(book: ScenarioBook, covered: CoveredDaysOf, times: 1 | -1): CoverageSink {
    const { names } = this.plan;
    return {
      piece: (evaluation, service, from, until, outcome) => {
        book.piece(evaluation, service, from, until, outcome);
        this.changedFigures.piece(evaluation, service, from, until, outcome, times);
        if (outcome.payments.length > 0) covered.add(service, from, until);
        for (const payment of outcome.payments) {
          const [region, provider] = [names.region(evaluation, from), names.provider(payment)];
          this.netDays += times * (until - from);
          this.changed.book(names.first(service, payment), region, provider, from, until, times);
        }
      },
      minutes: () => undefined,
      finding: () => undefined,
    };
  }

  state(): SliceState {
    const { baseline, before, after } = this.books;
    return {
      baseline: baseline.state(),
      before: before.state(),
      after: after.state(),
      changed: this.changed.state(),
      changedFigures: this.changedFigures.states(),
      changedAmounts: this.changedAmounts.states(),
      changedInAll: Float64Array.from([this.changedDays, ...this.changedAmounts.inAll()]),
      changedWindows: this.changedWindows,
      counts: this.counts,
      admissions: Float64Array.from([...this.admissions].flat()),
      waiting: this.waiting.state(),
      differing: Uint32Array.from(this.differing),
    };
  }
}

/** Those of the baseline in its order, then what only the alternative has. */
export function windowIdsOf(baseline: RuleSet, alternative: RuleSet): string[] {
  return [...new Set([...baseline.windows, ...alternative.windows].map(({ id }) => id))];
}

/** Something that needs care goes on without a known end. */
function isOpen({ claims, stays, deliveries, death }: JourneyFacts): boolean {
  const endless = ({ until }: DayRange): boolean => until >= openFrom;
  return death === null && (claims.some(endless) || stays.some(endless) || deliveries.some(endless));
}
const openFrom = wholeCover.until;

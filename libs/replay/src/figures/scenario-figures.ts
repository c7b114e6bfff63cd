import { contains, type Day, type DayRange } from '@domeinbrug/calendar';
import { coverKinds, gapReasons, type Evaluation, type Outcome } from '@domeinbrug/coverage';
import { stretchIndexOn } from '@domeinbrug/journey';
import { columns, laws, services } from '@domeinbrug/terms';
import { wholeOf } from '../cube/buckets.js';
import { ChangedCells } from '../cube/changed-cells.js';
import { Cube } from '../cube/cube.js';
import { stateOf, type CubeState } from '../cube/cube-state.js';
import { regionOn } from '../cube/dimensions.js';

/** Cells of these figures are few: services, reasons, rules, regions. */
const mostCells = 200_000;

/** By what a service is paid, as the first number of a cell of `rules`; the second says which cell or window. */
export const ruleKinds = ['table', 'absence-retained', 'joint-funding', 'window'] as const;

/** Where the second number of a `table` rule's cell comes from. */
export const tableCell = {
  numberOf: (service: number, column: number): number => service * columns.length + column,
  nameOf: (number: number): string =>
    `${services[Math.floor(number / columns.length)]!}/${columns[number % columns.length]!}`,
};

/** What is told of a scenario beside its cube; each is days and distinct clients by a key of up to three numbers. */
export const figureNames = ['gaps', 'overlaps', 'rules', 'kinds', 'everyone', 'laws', 'handover'] as const;
export type FigureName = (typeof figureNames)[number];
export type FigureStates = Record<FigureName, CubeState>;

/** What figures are about. */
export interface FigureScope {
  period: DayRange;
  /** The ids of all windows of the run, whose places stand for them. */
  windowIds: readonly string[];
}

/**
 * Names the cells that a piece belongs to: `gaps` by (service, reason), `overlaps` (days of a service with more than one
 * payer) by service, `rules` by (kind of rule, cell or window), `kinds` by (kind of cover, region), `everyone` with any
 * cover, `laws` by law (the place after the last law is a pool), `handover` by the region of the trigger's day, of
 * windows that the period opened.
 */
export function figureCells(
  evaluation: Evaluation,
  service: number,
  from: Day,
  { payments, gap }: Outcome,
  { windowIds, period }: FigureScope,
  book: (name: FigureName, first: number, second: number) => void,
): void {
  if (gap !== null) book('gaps', service, gapReasons.indexOf(gap));
  if (payments.length === 0) return;
  if (payments.length > 1) book('overlaps', service, 0);
  book('everyone', 0, 0);
  const region = regionOn(evaluation, from);
  for (const { law, kind, run, rule } of payments) {
    book('kinds', coverKinds.indexOf(kind), region);
    if (run && kind === 'handover' && contains(period, run.trigger))
      book('handover', regionOn(evaluation, run.trigger), 0);
    book('laws', law === null ? laws.length : laws.indexOf(law), 0);
    if (run) book('rules', ruleKinds.indexOf('window'), windowIds.indexOf(rule));
    else if (rule === 'table') book('rules', 0, cellOn(evaluation, service, from));
    else book('rules', rule === 'joint-funding' ? 2 : 1, 0);
  }
}

function cellOn({ facts: { state } }: Evaluation, service: number, day: Day): number {
  return tableCell.numberOf(service, state[stretchIndexOn(state, day)!]!.column);
}

/** Adds up what a replay tells of one rule set beside its cube. */
export class ScenarioFigures {
  private readonly cubes: Record<FigureName, Cube>;

  constructor(private readonly scope: FigureScope) {
    const whole = wholeOf(scope.period);
    const cubes = figureNames.map((name) => [name, new Cube(whole, mostCells)] as const);
    this.cubes = Object.fromEntries(cubes) as Record<FigureName, Cube>;
  }

  /** A piece that lies in the period. */
  piece(
    evaluation: Evaluation,
    service: number,
    from: Day,
    until: Day,
    outcome: Outcome,
    client: number,
  ): void {
    figureCells(evaluation, service, from, outcome, this.scope, (name, first, second) =>
      this.cubes[name].add(first, second, 0, from, until, client),
    );
  }

  states(): FigureStates {
    const states = figureNames.map((name) => [name, stateOf(this.cubes[name])] as const);
    return Object.fromEntries(states) as FigureStates;
  }
}

/** For how many clients the days of a figure's cell differ between two rule sets. */
export class FigureChanges {
  private readonly cells: Record<FigureName, ChangedCells>;

  constructor(private readonly scope: FigureScope) {
    const whole = wholeOf(scope.period);
    const cells = figureNames.map((name) => [name, new ChangedCells(whole, mostCells)] as const);
    this.cells = Object.fromEntries(cells) as Record<FigureName, ChangedCells>;
  }

  /** @param times -1 under the baseline, 1 under the alternative */
  piece(
    evaluation: Evaluation,
    service: number,
    from: Day,
    until: Day,
    outcome: Outcome,
    times: 1 | -1,
  ): void {
    figureCells(evaluation, service, from, outcome, this.scope, (name, first, second) =>
      this.cells[name].book(first, second, 0, from, until, times),
    );
  }

  endClient(): void {
    for (const name of figureNames) this.cells[name].endClient();
  }

  states(): FigureStates {
    const states = figureNames.map((name) => [name, this.cells[name].state()] as const);
    return Object.fromEntries(states) as FigureStates;
  }
}

import type { Day } from '@domeinbrug/calendar';
import { coverKinds, gapReasons, type Evaluation, type Outcome } from '@domeinbrug/coverage';
import { stretchIndexOn } from '@domeinbrug/journey';
import { columns, laws, services } from '@domeinbrug/terms';
import { wholeOf, type Buckets } from '../cube/buckets.js';
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
export const figureNames = ['gaps', 'overlaps', 'rules', 'kinds', 'everyone', 'laws'] as const;
export type FigureName = (typeof figureNames)[number];
export type FigureStates = Record<FigureName, CubeState>;

/**
 * Adds up what a replay tells of one rule set beside its cube:
 * `gaps` by (service, reason), `overlaps` (days of a service with more than one payer) by service, `rules` by
 * (kind of rule, cell or window), `kinds` by (kind of cover, region), `everyone` with any cover, `laws` by law
 * (the place after the last law is a pool).
 */
export class ScenarioFigures {
  private readonly cubes: Record<FigureName, Cube>;

  /** @param windowIds the ids of all windows of the run, whose places stand for them */
  constructor(
    { period }: Buckets,
    private readonly windowIds: readonly string[],
  ) {
    const whole = wholeOf(period);
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
    const { gaps, overlaps, rules, kinds, everyone, laws: byLaw } = this.cubes;
    const { payments, gap } = outcome;
    if (gap !== null) gaps.add(service, gapReasons.indexOf(gap), 0, from, until, client);
    if (payments.length === 0) return;
    if (payments.length > 1) overlaps.add(service, 0, 0, from, until, client);
    everyone.add(0, 0, 0, from, until, client);
    const region = regionOn(evaluation, from);
    for (const { law, kind, run, rule } of payments) {
      kinds.add(coverKinds.indexOf(kind), region, 0, from, until, client);
      byLaw.add(law === null ? laws.length : laws.indexOf(law), 0, 0, from, until, client);
      if (run) rules.add(ruleKinds.indexOf('window'), this.windowIds.indexOf(rule), 0, from, until, client);
      else if (rule === 'table') rules.add(0, cellOn(evaluation, service, from), 0, from, until, client);
      else rules.add(rule === 'joint-funding' ? 2 : 1, 0, 0, from, until, client);
    }
  }

  states(): FigureStates {
    const states = figureNames.map((name) => [name, stateOf(this.cubes[name])] as const);
    return Object.fromEntries(states) as FigureStates;
  }
}

function cellOn({ facts: { state } }: Evaluation, service: number, day: Day): number {
  return tableCell.numberOf(service, state[stretchIndexOn(state, day)!]!.column);
}

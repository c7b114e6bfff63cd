import type { RuleSet } from '@domeinbrug/rules';
import { laws } from '@domeinbrug/terms';
import type { Vary } from '../run/replay-question.js';
import { sweepPlan, type SweepPlan } from './sweep-plan.js';
import { sweepSums, type SweepState, type SweepSum } from './sweep-slice.js';

/** What the alternative comes to at one value of the parameter. */
export interface SweepPointFigures extends Record<SweepSum, number> {
  value: number;
  /** Days of payers, under any law or none. */
  days: number;
  /** Against the value before, by extra week where the parameter is a length in days or weeks, else by extra unit; `null` at the first. */
  marginal: Marginal | null;
}

/** What one more week, or unit, adds; two decimals. Amounts in cents. */
export type Marginal = Record<
  'days' | 'gapDays' | 'recorded' | 'agreed' | 'assumedLow' | 'assumedMid' | 'assumedHigh',
  number
>;

export interface SweepFigures {
  parameter: string;
  unit: string;
  method: SweepPlan['method'];
  /** What a marginal figure is per. */
  per: 'week' | 'unit';
  points: SweepPointFigures[];
  /**
   * The first value from which on no step adds a tenth, per unit, of what the steepest step adds: there the curve is
   * flat. `null` when it is steep to the end, or never rises.
   */
  flattensAt: number | null;
}

const marginalNames = [
  'days',
  'gapDays',
  'recorded',
  'agreed',
  'assumedLow',
  'assumedMid',
  'assumedHigh',
] as const;

/** The points of a sweep, from its slices. */
export function sweepOf(slices: readonly SweepState[], alternative: RuleSet, vary: Vary): SweepFigures {
  const { unit } = alternative.parameters[vary.parameter]!;
  const unitsAPer = { days: 7, weeks: 1 }[unit as string];
  const points: SweepPointFigures[] = [];
  vary.values.forEach((value, index) => {
    const sums = sumsAt(slices, index);
    const days = [...laws, 'joint' as const].reduce((all, name) => all + sums[name], 0);
    const before = points.at(-1);
    const per = before && (value - before.value) / (unitsAPer ?? 1);
    const marginal = before && marginalOf({ ...sums, days }, before, per!);
    points.push({ value, ...sums, days, marginal: marginal ?? null });
  });
  return {
    parameter: vary.parameter,
    unit,
    method: sweepPlan(alternative, vary).method,
    per: unitsAPer === undefined ? 'unit' : 'week',
    points,
    flattensAt: flattensAt(points),
  };
}

function sumsAt(slices: readonly SweepState[], value: number): Record<SweepSum, number> {
  const sum = (at: number): number =>
    slices.reduce((all, slice) => all + slice[sweepSums.length * value + at]!, 0);
  return Object.fromEntries(sweepSums.map((name, at) => [name, sum(at)])) as Record<SweepSum, number>;
}

type MarginalSums = Record<(typeof marginalNames)[number], number>;

function marginalOf(point: MarginalSums, before: MarginalSums, per: number): Marginal {
  const marginal = marginalNames.map((name) => [name, rounded((point[name] - before[name]) / per)] as const);
  return Object.fromEntries(marginal) as Marginal;
}

function rounded(figure: number): number {
  return Math.round(figure * 100) / 100;
}

function flattensAt(points: readonly SweepPointFigures[]): number | null {
  const steps = points.map(({ marginal }) => Math.abs(marginal?.days ?? 0));
  const steepest = Math.max(...steps);
  const lastSteep = steps.findLastIndex((each) => each >= steepest / 10);
  if (steepest === 0 || lastSteep === points.length - 1) return null;
  return points[lastSteep]!.value;
}

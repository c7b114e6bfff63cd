import type { RuleSet } from '@domeinbrug/rules';
import { laws } from '@domeinbrug/terms';
import type { Vary } from '../run/replay-question.js';
import { sweepPlan, type SweepPlan } from './sweep-plan.js';
import type { SweepState } from './sweep-slice.js';
import { sweepSums, sweepWidth, type SweepSum } from './sweep-sums.js';

/** What the alternative comes to at one value of the parameter, by itself. */
export interface SweepPointSums extends Record<SweepSum, number> {
  value: number;
  /** Days of payers, under any law or none. */
  days: number;
}

/** The same beside the value before it. */
export interface SweepPointFigures extends SweepPointSums {
  /** Against the value before, by extra week where the parameter is a length in days or weeks, else by extra unit; `null` at the first. */
  marginal: Marginal | null;
}

/** What is told of a step, beside its clients. */
export const marginalFigures = [
  'days',
  'gapDays',
  'recorded',
  'agreed',
  'assumedLow',
  'assumedMid',
  'assumedHigh',
] as const;

/** What one more week, or unit, adds; two decimals. Amounts in cents. */
export type Marginal = Record<(typeof marginalFigures)[number], number>;

export interface Curve {
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

/** A sweep with who stands behind it: for privacy only. */
export interface SweepFigures extends Curve {
  /** By value and sum, for how many clients it differs from the value before; at the first, from the baseline. */
  changed: number[][];
  /** Likewise, clients with anything in it at the value. */
  behind: number[][];
  /** Likewise, for how many clients it differs from the alternative as it is, of which other figures tell. */
  fromOwn: number[][];
}

/** What is varied, and how its values were computed. */
export type Varied = Pick<Curve, 'parameter' | 'unit' | 'method'>;

/** The points of a sweep, from its slices. */
export function sweepOf(slices: readonly SweepState[], alternative: RuleSet, vary: Vary): SweepFigures {
  const { parameter, values } = vary;
  const { unit } = alternative.parameters[parameter]!;
  const { method } = sweepPlan(alternative, vary);
  const points = values.map((value, index) => {
    const sums = sumsAt(slices, index);
    const days = [...laws, 'joint' as const].reduce((all, name) => all + sums[name], 0);
    return { value, ...sums, days };
  });
  const clients = (name: 'changed' | 'behind' | 'fromOwn'): number[][] =>
    values.map((_, index) => clientsOf(slices.map((slice) => slice[name].subarray(sweepWidth * index))));
  return {
    ...curveOf({ parameter, unit, method }, points),
    changed: clients('changed'),
    behind: clients('behind'),
    fromOwn: clients('fromOwn'),
  };
}

/** By sum, over all slices. */
function clientsOf(slices: readonly Float64Array[]): number[] {
  return sweepSums.map((_, at) => slices.reduce((all, slice) => all + slice[at]!, 0));
}

/** The curve through points whose values rise: what each step adds, and where it flattens. */
export function curveOf({ parameter, unit, method }: Varied, sums: readonly SweepPointSums[]): Curve {
  const unitsAPer = { days: 7, weeks: 1 }[unit];
  const points = sums.map((point, at) => {
    const before = sums[at - 1];
    const marginal = before && marginalOf(point, before, (point.value - before.value) / (unitsAPer ?? 1));
    return { ...point, marginal: marginal ?? null };
  });
  const per = unitsAPer === undefined ? 'unit' : 'week';
  return { parameter, unit, method, per, points, flattensAt: flattensAt(points) };
}

function sumsAt(slices: readonly SweepState[], value: number): Record<SweepSum, number> {
  const sum = (at: number): number =>
    slices.reduce((all, { sums }) => all + sums[sweepWidth * value + at]!, 0);
  return Object.fromEntries(sweepSums.map((name, at) => [name, sum(at)])) as Record<SweepSum, number>;
}

function marginalOf(point: SweepPointSums, before: SweepPointSums, per: number): Marginal {
  const marginal = marginalFigures.map(
    (name) => [name, rounded((point[name] - before[name]) / per)] as const,
  );
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

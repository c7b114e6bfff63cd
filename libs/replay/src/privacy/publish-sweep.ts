import type { ReplayFigures } from '../results/figures-of.js';
import { curveOf, type Curve, type SweepFigures, type SweepPointFigures } from '../sweep/sweep-result.js';
import { mergeSmallSteps } from './merge-small-steps.js';
import { roundClients, tooFew, type PrivacyRule } from './privacy-rule.js';

export interface PublishedSweep extends Omit<Curve, 'points'> {
  /** Each with the values that it stands for; `null` figures where no step involves enough clients. */
  points: { values: readonly number[]; figures: SweepPointFigures | null }[];
  /** Whether each value has figures of its own; else `flattensAt` may be `null` because it cannot be told. */
  complete: boolean;
}

/**
 * The curve through the points that may be shown: a step from a hidden point would tell its figures. A point that tells
 * of a few people by itself, or beside what other figures tell of the alternative as it is, is not shown; where a law or
 * a gap does so under either rule set, none is.
 */
export function publishSweep(
  { points, changed, behind, fromOwn, ...varied }: SweepFigures,
  { laws, gaps }: ReplayFigures,
  privacy: PrivacyRule,
): PublishedSweep {
  const sides = [...laws.rows, ...gaps.rows].flatMap(({ baseline, alternative }) => [baseline, alternative]);
  const isOfFew = (people: readonly number[]): boolean => people.some((each) => tooFew(each, privacy.k));
  const few = isOfFew(sides.map(({ clients }) => clients));
  const steps = points.map((figures, at) => ({
    figures,
    value: figures.value,
    changed: [figures.clients, ...changed[at]!],
    withheld: isOfFew([...behind[at]!, ...fromOwn[at]!]),
  }));
  const shown = few
    ? [{ values: points.map(({ value }) => value), point: null, changed: [] }]
    : mergeSmallSteps(steps, privacy.k);
  const told = shown.flatMap(({ point, changed: most }) => {
    if (!point) return [];
    return { ...point.figures, clients: roundClients(most[0]!, privacy) };
  });
  const curve = curveOf(varied, told);
  // Only the last may be without figures, so those that have them are in one order.
  return {
    ...curve,
    points: shown.map(({ values }, at) => ({ values, figures: curve.points[at] ?? null })),
    complete: told.length === points.length,
  };
}

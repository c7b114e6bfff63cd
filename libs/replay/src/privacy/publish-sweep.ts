import type { ReplayFigures } from '../results/figures-of.js';
import { curveOf, type Curve, type SweepFigures, type SweepPointFigures } from '../sweep/sweep-result.js';
import { mergeSmallSteps } from './merge-small-steps.js';
import { roundClients, tooFew, type PrivacyRule } from './privacy-rule.js';

export interface PublishedSweep extends Omit<Curve, 'points'> {
  /** Each with the values that it stands for; `null` figures where no step involves enough clients. */
  points: { values: readonly number[]; figures: SweepPointFigures | null }[];
}

/**
 * The curve through the points that may be shown: a step from a hidden point would tell its figures. What tells of a few
 * people at the first value, or of a law or a gap at either end, would be told at all points: then none are.
 */
export function publishSweep(
  { points, changed, behind, ...varied }: SweepFigures,
  { laws, gaps }: ReplayFigures,
  privacy: PrivacyRule,
): PublishedSweep {
  const sides = [...laws.rows, ...gaps.rows].flatMap(({ baseline, alternative }) => [baseline, alternative]);
  const few = [...behind, ...sides.map(({ clients }) => clients)].some((each) => tooFew(each, privacy.k));
  const steps = points.map((figures, at) => {
    return { figures, value: figures.value, changed: [figures.clients, ...changed[at]!] };
  });
  const shown = few
    ? [{ values: points.map(({ value }) => value), point: null, changed: [] }]
    : mergeSmallSteps(steps, privacy.k);
  const told = shown.flatMap(({ point, changed: most }) => {
    if (!point) return [];
    return { ...point.figures, clients: roundClients(most[0]!, privacy) };
  });
  const curve = curveOf(varied, told);
  // Only the last may be without figures, so those that have them are in one order.
  return { ...curve, points: shown.map(({ values }, at) => ({ values, figures: curve.points[at] ?? null })) };
}

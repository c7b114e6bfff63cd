import { tooFew } from './privacy-rule.js';

export interface SweepPoint {
  /** What the varied parameter is at this point. */
  value: number;
  /**
   * For how many clients each thing that is told differs between the point before and this one; for the first point,
   * between baseline and this one. The same things at every point.
   */
  changed: readonly number[];
  /** Whether it tells of a few by itself, whatever the step. */
  withheld: boolean;
}

/** One point of a sweep as it may be shown. */
export interface ShownPoint<Point extends SweepPoint> {
  /** The values it stands for, in rising order. */
  values: readonly number[];
  /** Whose figures are shown; `null` when the steps to the end involve too few clients to show anything. */
  point: Point | null;
  /** Of each thing the most clients for whom it differs at one of the steps. */
  changed: readonly number[];
}

/**
 * The points of a sweep that may be shown under k. A point is merged with the next, whose figures then stand for both, as
 * long as it is withheld or anything that is told differs for 1 to k-1 clients since the point before; small steps at the end stand by
 * themselves, without figures. So the first and the last value are always among those a point stands for. Clients of
 * several steps are not added up until they reach k: a sweep often moves the same few people at every step.
 *
 * Throws `RangeError` when the values do not rise.
 */
export function mergeSmallSteps<Point extends SweepPoint>(
  points: readonly Point[],
  k: number,
): ShownPoint<Point>[] {
  const shown: ShownPoint<Point>[] = [];
  let values: number[] = [];
  let changed: number[] = [];
  for (const [at, point] of points.entries()) {
    if (at > 0 && point.value <= points[at - 1]!.value) {
      throw new RangeError(
        `Points of a sweep must rise; ${point.value} comes after ${points[at - 1]!.value}.`,
      );
    }
    values.push(point.value);
    changed = point.changed.map((clients, thing) => Math.max(clients, changed[thing] ?? 0));
    if (point.withheld || changed.some((clients) => tooFew(clients, k))) continue;
    shown.push({ values, point, changed });
    [values, changed] = [[], []];
  }
  return values.length === 0 ? shown : [...shown, { values, point: null, changed }];
}

import { tooFew } from './privacy-rule.js';

export interface SweepPoint {
  /** What the varied parameter is at this point. */
  value: number;
  /** For how many clients something differs between the point before and this one; for the first point, between baseline and this one. */
  clients: number;
}

/** One point of a sweep as it may be shown. */
export interface ShownPoint<Point extends SweepPoint> {
  /** The values it stands for, in rising order. */
  values: readonly number[];
  /** Whose figures are shown; `null` when the steps to the end involve too few clients to show anything. */
  point: Point | null;
}

/**
 * The points of a sweep that may be shown under k. A point whose step involves 1 to k-1 clients is merged with the next,
 * whose figures then stand for both; small steps at the end stand by themselves, without figures. So the first and the last
 * value are always among those a point stands for. Steps are not added up until they
 * reach k: a sweep often moves the same few people at every step.
 *
 * Throws `RangeError` when the values do not rise.
 */
export function mergeSmallSteps<Point extends SweepPoint>(
  points: readonly Point[],
  k: number,
): ShownPoint<Point>[] {
  const shown: { values: number[]; point: Point | null }[] = [];
  let waiting: number[] = [];
  for (const [at, point] of points.entries()) {
    if (at > 0 && point.value <= points[at - 1]!.value) {
      throw new RangeError(
        `Points of a sweep must rise; ${point.value} comes after ${points[at - 1]!.value}.`,
      );
    }
    waiting.push(point.value);
    if (tooFew(point.clients, k) || (point.clients === 0 && waiting.length > 1)) continue;
    shown.push({ values: waiting, point });
    waiting = [];
  }
  return waiting.length === 0 ? shown : [...shown, { values: waiting, point: null }];
}

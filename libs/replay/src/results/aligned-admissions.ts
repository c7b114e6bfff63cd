import { alignedDays, alignedLanes, type AlignedState } from '../figures/admission-figures.js';
import type { SliceState } from '../run/replay-slice.js';

/** Who pays case management around the first admission of the period, over all who were admitted. */
export interface AlignedAdmissions {
  /** Days after the admission, from -90 to 90. */
  days: number[];
  /** By day, the clients whose day lies in the period and in their life. */
  clients: number[];
  /** By lane and day, the clients of whom that lane pays; `nobody`: needed, and nobody does. The rest needs none. */
  baseline: Record<string, number[]>;
  alternative: Record<string, number[]>;
}

type Parts = readonly [AlignedState, 1 | -1][];

export function alignedOf(slices: readonly SliceState[]): AlignedAdmissions {
  const days = Array.from(
    { length: alignedDays.before + alignedDays.after + 1 },
    (_, at) => at - alignedDays.before,
  );
  const baseline: Parts = slices.map((slice) => [slice.baseline.aligned, 1]);
  const alternative: Parts = slices.flatMap(({ baseline: all, before, after }): Parts => [
    [all.aligned, 1],
    [before.aligned, -1],
    [after.aligned, 1],
  ]);
  const sum = (parts: Parts, pick: (state: AlignedState) => Float64Array): number[] =>
    days.map((_, at) => parts.reduce((all, [state, times]) => all + times * pick(state)[at]!, 0));
  const lanes = (parts: Parts): Record<string, number[]> =>
    Object.fromEntries(alignedLanes.map((lane, index) => [lane, sum(parts, (state) => state.lanes[index]!)]));
  return {
    days,
    clients: sum(baseline, (state) => state.clients),
    baseline: lanes(baseline),
    alternative: lanes(alternative),
  };
}

import type { CellRow, CellSums } from '../cells.js';
import { addUp, type PublishedRow, type TotalSums } from '../privacy/publish-cells.js';
import type { PublishedSweep } from '../privacy/publish-sweep.js';
import { compareLabels } from '../privacy/sort-rows.js';
import { compareQuestions, type QuestionDifference } from './compare-questions.js';
import { curveOf, type Curve, type SweepPointFigures, type SweepPointSums } from '../sweep/sweep-result.js';
import { sweepSums } from '../sweep/sweep-sums.js';
import type { SealedQuestion, SealedReplay } from './sealed-replay.js';

export const mergedFormat = 'domeinbrug/merged-replay/1';

/**
 * One row over all places. Where it is suppressed in some of them, its figures are those of the others: of baseline and
 * alternative a lower bound; of the change neither bound, as what is hidden may lie on either side.
 */
export interface MergedRow {
  labels: CellRow['labels'];
  /** In how many places it is published; in those that do not name it there are no such days. */
  publishedIn: number;
  suppressedIn: number;
  /** Whether the figures are lower bounds only. */
  lowerBound: boolean;
  /** `null` when it is suppressed wherever it occurs. */
  baseline: CellSums | null;
  alternative: CellSums | null;
  change: CellSums | null;
  changedClients: number | null;
}

export interface MergedReplay {
  format: typeof mergedFormat;
  question: SealedQuestion;
  /** Sorted by name. Positions and digests differ, as every place has a log of its own. */
  places: readonly Pick<SealedReplay, 'place' | 'run' | 'log'>[];
  rows: readonly MergedRow[];
  totals: {
    rows: number;
    /** Rows suppressed in at least one place. */
    suppressedRows: number;
    /** Places that told their totals; when not all did, the totals are lower bounds, and that of the change no bound. */
    toldBy: number;
    lowerBound: boolean;
    baseline: TotalSums | null;
    alternative: TotalSums | null;
    change: TotalSums | null;
  };
  /** At the values of which every place tells, which may not be all; `null` when nothing was varied. */
  sweep: MergedSweep | null;
  /** What a reader must know. */
  notes: readonly string[];
}

/** A curve, and whether it has all values that were asked. */
export type MergedSweep = Curve & Pick<PublishedSweep, 'complete'>;

export type MergeOutcome = { merged: MergedReplay } | { refused: readonly QuestionDifference[] };

/**
 * Adds up sealed replays of several places. Refused, with every difference, when they do not answer the same question or
 * a place comes twice. The order of the files does not matter. Throws `RangeError` without files.
 */
export function mergeSealed(files: readonly SealedReplay[]): MergeOutcome {
  if (files.length === 0)
    throw new RangeError('There is nothing to merge; give the sealed replay of at least one place.');
  const sorted = files.toSorted((left, right) =>
    compareLabels([left.place, left.run], [right.place, right.run]),
  );
  const refused = compareQuestions(sorted);
  if (refused.length > 0) return { refused };
  const rows = mergeRows(sorted);
  const sweep = mergeSweeps(sorted);
  return {
    merged: {
      format: mergedFormat,
      question: sorted[0]!.question, // rule sets of other ids and the same meaning go by the ids of the first place
      places: sorted.map(({ place, run, log }) => ({ place, run, log })),
      rows,
      totals: totalsOf(sorted, rows),
      sweep,
      notes: notesOf(rows, sorted, sweep),
    },
  };
}

function mergeRows(files: readonly SealedReplay[]): MergedRow[] {
  const byLabels = new Map<string, PublishedRow[]>();
  for (const row of files.flatMap(({ rows }) => rows)) {
    const key = JSON.stringify(row.labels);
    const others = byLabels.get(key);
    if (others) others.push(row);
    else byLabels.set(key, [row]);
  }
  return [...byLabels.values()].map(mergeRow).sort((left, right) => compareLabels(left.labels, right.labels));
}

function mergeRow(rows: readonly PublishedRow[]): MergedRow {
  const shown = rows.filter((row) => !row.suppressed);
  const suppressedIn = rows.length - shown.length;
  const about = {
    labels: rows[0]!.labels,
    publishedIn: shown.length,
    suppressedIn,
    lowerBound: suppressedIn > 0,
  };
  if (shown.length === 0)
    return { ...about, baseline: null, alternative: null, change: null, changedClients: null };
  return {
    ...about,
    baseline: sumOf(shown.map(({ baseline }) => baseline)),
    alternative: sumOf(shown.map(({ alternative }) => alternative)),
    change: sumOf(shown.map(({ change }) => change)),
    changedClients: shown.reduce((sum, { changedClients }) => sum + changedClients, 0),
  };
}

function sumOf(all: readonly CellSums[]): CellSums {
  return { ...addUp(all), clients: all.reduce((sum, { clients }) => sum + clients, 0) };
}

function totalsOf(files: readonly SealedReplay[], rows: readonly MergedRow[]): MergedReplay['totals'] {
  const told = files.map(({ totals }) => totals);
  const over = (side: 'baseline' | 'alternative' | 'change'): TotalSums | null => {
    const sums = told.flatMap((totals) => totals[side] ?? []);
    return sums.length === 0 ? null : addUp(sums);
  };
  const toldBy = told.filter(({ change }) => change !== null).length;
  return {
    rows: rows.length,
    suppressedRows: rows.filter(({ suppressedIn }) => suppressedIn > 0).length,
    toldBy,
    lowerBound: toldBy < files.length,
    baseline: over('baseline'),
    alternative: over('alternative'),
    change: over('change'),
  };
}

/**
 * The curve of all places together. A value that stands for a smaller step in one of them has no figures there, so it has
 * none in all. Of the steps in between, who changed is told of the one that changed most, place by place.
 */
function mergeSweeps(files: readonly SealedReplay[]): MergedSweep | null {
  const curves = files.flatMap(({ sweep }) =>
    sweep ? [sweep.points.flatMap(({ figures }) => figures ?? [])] : [],
  );
  const [first, ...others] = curves;
  if (!first) return null;
  const common = first
    .map(({ value }) => value)
    .filter((value) => others.every((points) => points.some((point) => point.value === value)));
  const points = common.map((value, at) => {
    const since = at === 0 ? -Infinity : common[at - 1]!;
    return curves.map((each) => pointAt(each, since, value)).reduce(addPoint);
  });
  const complete = common.length === files[0]!.question.vary!.values.length;
  return { ...curveOf(files[0]!.sweep!, points), complete };
}

function pointAt(points: readonly SweepPointFigures[], since: number, value: number): SweepPointSums {
  const point = points.find((each) => each.value === value)!;
  const steps = points.filter((each) => each.value > since && each.value <= value);
  return { ...point, clients: Math.max(...steps.map(({ clients }) => clients)) };
}

function addPoint(sum: SweepPointSums, point: SweepPointSums): SweepPointSums {
  const added = { ...sum };
  for (const name of [...sweepSums, 'days'] as const) added[name] += point[name];
  return added;
}

function notesOf(
  rows: readonly MergedRow[],
  files: readonly SealedReplay[],
  sweep: MergedSweep | null,
): string[] {
  const bounded = rows.filter(({ lowerBound }) => lowerBound).length;
  const notes = [
    'Clients are counted in each place by itself: who is known in two places counts twice.',
    'Counts of clients were rounded in each place before they were added up.',
  ];
  if (bounded > 0) {
    notes.push(
      `${bounded} of ${rows.length} rows are suppressed in one or more of ${files.length} places: their figures under each rule set are lower bounds, and their change may be more or less than it seems.`,
    );
  }
  const untold = files[0]!.question.vary?.values.filter(
    (value) => !sweep?.points.some((point) => point.value === value),
  );
  if (untold && untold.length > 0) {
    notes.push(
      `Not every place tells what ${untold.join(', ')} come to, where few are concerned: these values are left out.`,
    );
  }
  return notes;
}

import { contains, type DayRange } from '@domeinbrug/calendar';
import type { Evaluation, Run } from '@domeinbrug/coverage';

/** What became of the runs of one window, for triggers in the period; all are counts of runs but the people and the days. */
export const windowCounts = [
  /** Distinct, with such a run. */
  'clients',
  'opened',
  'cutByDeath',
  'cutByDischarge',
  'cutByMove',
  'cutByCompletion',
  /** Runs on none of whose days minutes of the service were recorded. */
  'unused',
  /** Days that the runs offered, after cuts; paid or not. */
  'offeredDays',
  /** Of those, days with minutes of the service. */
  'daysWithActivity',
] as const;
export type WindowCount = (typeof windowCounts)[number];

const cutNames = {
  death: 'cutByDeath',
  discharge: 'cutByDischarge',
  move: 'cutByMove',
  completed: 'cutByCompletion',
} as const;

/** Adds up window runs, by window. */
export class WindowFigures {
  private readonly counts: Record<WindowCount, number>[];

  /** @param windowIds the ids of all windows of the run, whose places stand for them */
  constructor(
    private readonly windowIds: readonly string[],
    private readonly period: DayRange,
  ) {
    this.counts = windowIds.map(() => noCounts());
  }

  /** Takes the runs of a client that was covered. */
  add(evaluation: Evaluation): void {
    const opened = new Set<Record<WindowCount, number>>();
    for (const runs of evaluation.runs.values()) {
      for (const run of runs ?? []) {
        if (!contains(this.period, run.trigger)) continue;
        const counts = this.counts[this.windowIds.indexOf(run.window.id)]!;
        addRun(counts, evaluation, run);
        opened.add(counts);
      }
    }
    for (const counts of opened) counts.clients += 1;
  }

  /** By window. */
  state(): Record<WindowCount, number>[] {
    return this.counts;
  }
}

function addRun(counts: Record<WindowCount, number>, { facts }: Evaluation, run: Run): void {
  const days = new Set<number>();
  for (const { service, day } of facts.activities)
    if (service === run.service && contains(run, day)) days.add(day);
  counts.opened += 1;
  counts.offeredDays += run.until - run.from;
  counts.daysWithActivity += days.size;
  if (days.size === 0) counts.unused += 1;
  if (run.cutBy) counts[cutNames[run.cutBy]] += 1;
}

export function noCounts(): Record<WindowCount, number> {
  return Object.fromEntries(windowCounts.map((name) => [name, 0])) as Record<WindowCount, number>;
}

/** Adds one window's counts to others, or takes them away. */
export function addCounts(
  sum: Record<WindowCount, number>,
  counts: Record<WindowCount, number>,
  times: 1 | -1 = 1,
): void {
  for (const name of windowCounts) sum[name] += times * counts[name];
}

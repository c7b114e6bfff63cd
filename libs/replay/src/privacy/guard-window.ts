import { windowCounts, type WindowCount } from '../figures/window-figures.js';
import type { WindowsCompared } from '../results/figures-of.js';
import { guarded, type Guarded } from './guarded.js';
import { tooFew, type PrivacyRule } from './privacy-rule.js';

type GuardedCounts = Guarded<Record<WindowCount, number>>;

/** What a window's runs come to as it may leave. */
export interface GuardedWindow extends Record<'baseline' | 'alternative' | 'change', GuardedCounts> {
  window: string;
}

/**
 * Counts of runs are near enough to counts of people. Days of few runs would tell of them, and so would a side beside
 * the other where few differ.
 */
export function guardWindow(
  { window, baseline, alternative, changedClients }: WindowsCompared,
  privacy: PrivacyRule,
): GuardedWindow {
  const { k } = privacy;
  const nothing = Object.fromEntries(windowCounts.map((name) => [name, null])) as GuardedCounts;
  const told = (counts: Record<WindowCount, number>): GuardedCounts => {
    const { opened, unused, offeredDays, daysWithActivity } = counts;
    return {
      ...(Object.fromEntries(
        windowCounts.map((name) => [name, guarded(counts[name], privacy)]),
      ) as GuardedCounts),
      offeredDays: tooFew(opened, k) ? null : offeredDays,
      daysWithActivity: tooFew(opened - unused, k) ? null : daysWithActivity,
    };
  };
  const [before, after] = [told(baseline), told(alternative)];
  if (tooFew(baseline.opened, k) || tooFew(alternative.opened, k))
    return { window, baseline: nothing, alternative: nothing, change: nothing };
  if (tooFew(changedClients, k)) return { window, baseline: before, alternative: nothing, change: nothing };
  const changes = windowCounts.map((name) => [
    name,
    before[name] === null || after[name] === null ? null : after[name] - before[name],
  ]);
  return {
    window,
    baseline: before,
    alternative: after,
    change: Object.fromEntries(changes) as GuardedCounts,
  };
}

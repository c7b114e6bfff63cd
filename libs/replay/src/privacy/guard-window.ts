import { windowCounts, type WindowCount } from '../figures/window-figures.js';
import type { WindowsCompared } from '../results/figures-of.js';
import { guarded, type Guarded } from './guarded.js';
import { roundDays, tooFew, type PrivacyRule } from './privacy-rule.js';

type GuardedCounts = Guarded<Record<WindowCount, number>>;

/** What a window's runs come to as it may leave. */
export interface GuardedWindow extends Record<'baseline' | 'alternative' | 'change', GuardedCounts> {
  window: string;
}

/** Told where enough people have such a run under both rule sets, and enough differ. */
export function guardWindow(
  { window, baseline, alternative, changedClients }: WindowsCompared,
  privacy: PrivacyRule,
): GuardedWindow {
  const { k } = privacy;
  const nothing = Object.fromEntries(windowCounts.map((name) => [name, null])) as GuardedCounts;
  if (tooFew(baseline.clients, k) || tooFew(alternative.clients, k))
    return { window, baseline: nothing, alternative: nothing, change: nothing };
  const before = told(baseline, privacy);
  if (tooFew(changedClients, k)) return { window, baseline: before, alternative: nothing, change: nothing };
  const after = told(alternative, privacy);
  const changes = windowCounts.map((name) => [
    name,
    before[name] === null || after[name] === null ? null : after[name] - before[name],
  ]);
  const change = Object.fromEntries(changes) as GuardedCounts;
  return { window, baseline: before, alternative: after, change };
}

/** Days of few runs would tell of them, and so would what a window offers more than it pays, or a few use of it more. */
function told(counts: Record<WindowCount, number>, privacy: PrivacyRule): GuardedCounts {
  const { clients, opened, unused, offeredDays, daysWithActivity } = counts;
  const days = (runs: number, count: number): number | null =>
    tooFew(Math.min(runs, clients), privacy.k) ? null : roundDays(count, privacy);
  return {
    ...(Object.fromEntries(
      windowCounts.map((name) => [name, guarded(counts[name], privacy)]),
    ) as GuardedCounts),
    offeredDays: days(opened, offeredDays),
    daysWithActivity: days(opened - unused, daysWithActivity),
  };
}

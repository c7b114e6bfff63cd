import { suggestion } from './names.js';
import type { Overlaid } from './overlay.js';
import type { ParsedRuleSet } from './parsed-rule-set.js';
import type { ProblemReport } from './problem.js';

/** Assumed use belongs to a window, is whole, and runs from low to high. */
export function checkAssumedUse(over: ParsedRuleSet, whole: Overlaid, report: ProblemReport): void {
  const ids = whole.windows.map(({ id }) => id);
  for (const [id, use] of Object.entries(whole.assumedUse)) {
    const path = ['assumedUse', id];
    if (!ids.includes(id) && !over.removed.some(([section]) => section === 'windows')) {
      report.add(
        path,
        'unknown-window',
        `There is no window ${id}.${suggestion(id, ids)} Write the id of one of: ${ids.join(', ') || 'none'}.`,
      );
    }
    for (const key of ['minutes', 'per'] as const) {
      const refused = over.removed.some((at) => at[0] === 'assumedUse' && at[1] === id && at[2] === key);
      if (use[key] !== undefined || refused) continue;
      report.add(
        path,
        'missing-key',
        `${key} is missing. Write minutes: { low, mid, high } and per: window.`,
      );
    }
    const { low = 0, mid = 0, high = 0 } = use.minutes ?? {};
    if (low > mid || mid > high) {
      report.add(
        [...path, 'minutes'],
        'wrong-value',
        'The estimates do not run upwards. Write low, mid and high in that order.',
      );
    }
  }
}

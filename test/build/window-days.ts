import type { JourneyEvent } from '@domeinbrug/journey';
import { cover } from './answers.js';
import { registered } from './events.js';
import { rulesWith, windowWith } from './rule-sets.js';

/** The table pays nothing for case management with an entitlement, so that a window shows alone. */
export const caseManagementOutsideOnly = {
  'case-management': ['zvw', 'ended', 'ended', 'ended', 'ended', 'ended', 'ended', 'ended'],
};

/** The days, both inclusive, of the rows that the window of {@link windowWith} gives a registered client. */
export function windowDays(
  keys: Record<string, unknown>,
  events: readonly JourneyEvent[],
  parameters: Record<string, unknown> = {},
): string[] {
  const rules = rulesWith({ cover: caseManagementOutsideOnly, windows: [windowWith(keys)], parameters });
  return cover([registered('2020-01-01'), ...events], rules)
    .cover.filter(({ rule }) => rule === 'six-weeks')
    .map(({ firstDay, lastDay }) => `${firstDay} - ${lastDay ?? 'open'}`);
}

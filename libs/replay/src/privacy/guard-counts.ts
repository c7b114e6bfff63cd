import { clientCounts, type ClientCounts } from '../run/replay-slice.js';
import { guarded, type Guarded } from './guarded.js';
import { tooFew, type PrivacyRule } from './privacy-rule.js';

/**
 * People are rounded. Days gained and lost are told where enough people gained, enough lost, and the change of all
 * covered days may be told: that is what one is more than the other.
 */
export function guardCounts(
  counts: ClientCounts,
  hidesCovered: boolean,
  privacy: PrivacyRule,
): Guarded<ClientCounts> {
  const { daysGained, daysLost, gaining, losing } = counts;
  const few = hidesCovered || tooFew(gaining, privacy.k) || tooFew(losing, privacy.k);
  const people = clientCounts.map((name) => [name, guarded(counts[name], privacy)]);
  return {
    ...(Object.fromEntries(people) as Guarded<ClientCounts>),
    daysGained: few ? null : daysGained,
    daysLost: few ? null : daysLost,
  };
}

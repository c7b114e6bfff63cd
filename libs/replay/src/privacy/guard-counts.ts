import { clientCounts, type ClientCounts } from '../run/replay-slice.js';
import { guarded, type Guarded } from './guarded.js';
import { tooFew, type PrivacyRule } from './privacy-rule.js';

/**
 * People are rounded. Days gained and lost are told where enough people gained and enough lost: what one is more than
 * the other is the change of all covered days, so that either tells the other.
 */
export function guardCounts(counts: ClientCounts, privacy: PrivacyRule): Guarded<ClientCounts> {
  const { daysGained, daysLost, gaining, losing } = counts;
  const few = tooFew(gaining, privacy.k) || tooFew(losing, privacy.k);
  const people = clientCounts.map((name) => [name, guarded(counts[name], privacy)]);
  return {
    ...(Object.fromEntries(people) as Guarded<ClientCounts>),
    daysGained: few ? null : daysGained,
    daysLost: few ? null : daysLost,
  };
}

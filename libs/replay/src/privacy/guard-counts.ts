import { clientCounts, type ClientCounts } from '../run/replay-slice.js';
import { guarded, type Guarded } from './guarded.js';
import { tooFew, type PrivacyRule } from './privacy-rule.js';

/** Days stay where those whose they are are enough; people are rounded. */
export function guardCounts(counts: ClientCounts, privacy: PrivacyRule): Guarded<ClientCounts> {
  const daysOf = { daysGained: counts.gaining, daysLost: counts.losing };
  const told = clientCounts.map((name) => {
    if (!(name in daysOf)) return [name, guarded(counts[name], privacy)];
    const people = daysOf[name as keyof typeof daysOf];
    return [name, tooFew(people, privacy.k) ? null : counts[name]];
  });
  return Object.fromEntries(told) as Guarded<ClientCounts>;
}

import type { Amount, FunderShare } from '@domeinbrug/coverage';
import { funderKinds } from '@domeinbrug/terms';
import {
  day,
  decimal,
  either,
  list,
  named,
  nullable,
  oneOf,
  optional,
  wholeNumber,
} from '../description/shape.js';
import type { OthersShare, Settlement, SettlementSide } from '../use-cases/settle-client.js';
import { clientId, coordinates, firstDay, funder, lastDay, service } from './coverage.js';

export const amountBasis = oneOf<Amount['basis']>(
  ['recorded', 'agreed', 'assumed'],
  'Recorded days or minutes, the volume that was granted, or what the rule set takes a window to use.',
);

export const amount = named<Amount>('Amount', 'What something costs, in whole cents.', {
  basis: amountBasis,
  low: wholeNumber('The lowest estimate.', 12_600),
  mid: wholeNumber('The middle estimate.', 12_600),
  high: wholeNumber('The highest estimate; the three differ only where the use is assumed.', 12_600),
});

const share = decimal('Percent.', 100);

const funderShare = named<FunderShare>('FunderShare', 'One funder’s share of a service on these days.', {
  funder,
  share,
  amounts: optional(list(amount, 'One per basis, where the days are closed and the service has a price.')),
});

const othersShare = named<OthersShare>(
  'OthersShare',
  'Another’s share: what kind of organisation, no more.',
  {
    funder: oneOf<string>(funderKinds, 'What kind of organisation.'),
    share,
  },
);

const side = named<SettlementSide>('SettlementSide', 'One side of the comparison.', coordinates);

const shares = list(either(funderShare, othersShare), 'By funder; empty: nobody.');

const row = named<Settlement['rows'][number]>('SettlementRow', 'Days on which the payers differ.', {
  service,
  firstDay,
  lastDay,
  from: shares,
  to: shares,
  days: nullable(wholeNumber('How many days; null when the last is open.', 42)),
});

export const settlement = named<Settlement>('Settlement', 'Who pays what instead of whom, for one client.', {
  clientId,
  from: side,
  to: side,
  lastDay: nullable(day('Through which day was compared; null: to the end.', '2024-04-14')),
  rows: list(row, 'By service and first day.'),
});

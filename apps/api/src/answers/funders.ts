import {
  coverKinds,
  gapReasons,
  type DaySums,
  type Effect,
  type FunderTotals,
  type GapSums,
  type OverlapDays,
  type OverlapTotals,
  type SeenShare,
  type SettlementCell,
} from '@domeinbrug/coverage';
import { laws } from '@domeinbrug/terms';
import {
  day,
  decimal,
  list,
  named,
  nullable,
  object,
  oneOf,
  optional,
  text,
  wholeNumber,
  type Fields,
  type Shape,
} from '../description/shape.js';
import type { Closing } from '../use-cases/closing.js';
import type { FunderCoverage, SeenFunderClient } from '../use-cases/read-funder-coverage.js';
import type { FunderOverlaps, OverlapRow } from '../use-cases/read-funder-overlaps.js';
import type { FunderSettlementAnswer } from '../use-cases/settle-funder.js';
import {
  because,
  clientId,
  coordinates,
  coverRow,
  firstDay,
  funder,
  gapFields,
  service,
} from './coverage.js';
import { amount, amountBasis } from './settlement.js';

const closingId = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';

const gap = named<SeenFunderClient['gaps'][number]>(
  'FunderGapRow',
  'Days that the funder would have to pay.',
  {
    ...gapFields,
    law: oneOf(laws, 'The law under which it would have to pay.'),
  },
);

const funderClient = named<SeenFunderClient>('FunderClient', 'One client of the funder.', {
  clientId,
  cover: list(coverRow, 'What it pays.'),
  gaps: list(gap, 'What nobody pays and it would have to.'),
});

const daySums: Fields<DaySums> = {
  clients: wholeNumber('Distinct clients.', 5),
  days: wholeNumber('Days of care: one for each service and day.', 210),
  unpricedDays: wholeNumber(
    'Of those, the days of which no price or use is known; they are in no amount.',
    0,
  ),
  amounts: list(amount, 'One per basis; amounts of different bases are never added.'),
};
const gapSums: Fields<GapSums> = { clients: daySums.clients, days: daySums.days };

const totals = named<FunderTotals>('FunderTotals', 'Over all pages, of the days asked.', {
  clients: wholeNumber('Clients with a row or gap.', 6),
  cover: object<FunderTotals['cover']>('What it pays.', {
    ...daySums,
    services: list(
      object<FunderTotals['cover']['services'][number]>('One service and kind of cover.', {
        service,
        kind: oneOf(coverKinds, 'The kind of cover.'),
        ...daySums,
      }),
      'Per service and kind of cover.',
    ),
  }),
  gaps: object<FunderTotals['gaps']>('What nobody pays and it would have to.', {
    ...gapSums,
    services: list(
      object<FunderTotals['gaps']['services'][number]>('One service and reason.', {
        service,
        reason: oneOf(gapReasons, 'Why nobody pays.'),
        ...gapSums,
      }),
      'Per service and reason.',
    ),
  }),
});

const next = nullable(text('The after of the next page; null on the last.', 'WyIxOTciXQ'));
const period = { firstDay: day('The first day asked about.'), lastDay: day('The last day asked about.') };

export const funderCoverage = named<FunderCoverage>('FunderCoverage', 'A page of a funder’s clients.', {
  funder,
  ...period,
  ...coordinates,
  totals: optional(totals),
  clients: list(funderClient, 'Each client once, in an order that stays.'),
  next,
});

const beside = object<OverlapDays['beside']>('What the other law pays.', {
  law: oneOf(laws, 'The other law.', 'wlz'),
  pays: oneOf(['service', 'client'], 'The same service, or something else for the same client.', 'client'),
});

const overlap = named<OverlapRow>('Overlap', 'Days on which the funder pays beside another law.', {
  service,
  firstDay,
  lastDay: day('The last day.', '2024-04-14'),
  days: wholeNumber('How many days.', 42),
  law: oneOf(laws, 'The law that the funder pays under.', 'zvw'),
  kind: oneOf(coverKinds, 'Regular cover, or why it is paid.', 'handover'),
  rule: text('table, absence-retained or the window’s id.', 'handover'),
  share: decimal('Percent that the funder pays.', 100),
  beside,
  because,
});

const overlapTotals = named<OverlapTotals>('OverlapTotals', 'Over all pages, of the days asked.', {
  clients: wholeNumber('Clients with such a day.', 3),
  beside: list(
    object<OverlapTotals['beside'][number]>('One law beside one service of the funder.', {
      law: oneOf(laws, 'The other law.', 'wlz'),
      pays: oneOf(['service', 'client'], 'The same service, or something else for the same client.'),
      service,
      clients: daySums.clients,
      days: wholeNumber('Days beside that law.', 126),
    }),
    'Per other law and service; a day beside two laws counts under each.',
  ),
});

export const funderOverlaps = named<FunderOverlaps>('FunderOverlaps', 'A page of overlapping days.', {
  funder,
  ...period,
  ...coordinates,
  totals: optional(overlapTotals),
  clients: list(
    object<FunderOverlaps['clients'][number]>('One client.', {
      clientId,
      overlaps: list(overlap, 'By service and first day.'),
    }),
    'Each client once, in an order that stays.',
  ),
  next,
});

const seenShare = object<SeenShare>('The funder itself by name, another by kind.', {
  funder: text('insurer:3311 for the funder that asks, insurer for another.', 'insurer:3311'),
  share: decimal('Percent.', 100),
});
const shares = list(seenShare, 'Empty = nobody.');
const change = { days: wholeNumber('Days more, or fewer.', 25, {}) };
const effect = (description: string): Shape<Effect> =>
  object<Effect>(description, {
    ...change,
    amounts: list(amountMoreOrLess, 'Per basis, what is more or, negative, less.'),
  });

const amountMoreOrLess = object<Effect['amounts'][number]>('A difference in whole cents.', {
  basis: amountBasis,
  low: wholeNumber('Of the lowest estimates.', 12_600, {}),
  mid: wholeNumber('Of the middle estimates.', 12_600, {}),
  high: wholeNumber('Of the highest estimates.', 12_600, {}),
});

const sums = object<DaySums>('What the funder pays, by this side.', daySums);
const side = object<FunderSettlementAnswer['sides']['from']>('One side of the comparison.', {
  ...coordinates,
  closing: nullable(text('The closing it was taken from, by id; null for a moment.', closingId)),
});

export const funderSettlement = named<FunderSettlementAnswer>(
  'FunderSettlement',
  'What a funder pays more or less, and because of what.',
  {
    funder,
    ...period,
    sides: object<FunderSettlementAnswer['sides']>('What is compared.', { from: side, to: side }),
    from: sums,
    to: sums,
    matrix: list(
      object<SettlementCell>('Days paid one way and now another, or the same.', {
        service,
        from: shares,
        to: shares,
        clients: daySums.clients,
        days: daySums.days,
        amounts: object<SettlementCell['amounts']>('The funder’s own part.', {
          from: list(amount, 'Before.'),
          to: list(amount, 'After.'),
        }),
      }),
      'By service; the days of which the funder is or was a payer.',
    ),
    effects: object<FunderSettlementAnswer['effects']>(
      'The difference by cause, one let in after the other: late data, then rules, then prices.',
      {
        data: effect('What became known or was corrected.'),
        rules: effect('Other rules.'),
        prices: effect('Other prices and assumed uses.'),
        total: effect('All together.'),
      },
    ),
  },
);

export const closing = named<Closing>(
  'Closing',
  'A period as it was known under rules, frozen under a name.',
  {
    id: text('SHA-256 (hex) of the other fields in the form of RFC 8785.', closingId, {
      pattern: '^[0-9a-f]{64}$',
    }),
    funder,
    name: text('Its name, unique for the funder.', 'jaarrekening 2025'),
    period: object<Closing['period']>('Its days, both inclusive.', {
      firstDay: day('The first day.', '2025-01-01'),
      lastDay: day('The last day.', '2025-12-31'),
    }),
    ...coordinates,
  },
);

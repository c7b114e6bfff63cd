import type { DifferingJourney, JourneyDifference, JourneyRow, Split, StationSums } from '@domeinbrug/replay';
import {
  decimal,
  list,
  named,
  nullable,
  object,
  oneOf,
  text,
  wholeNumber,
  type Shape,
} from '../description/shape.js';
import type { ReplayDifference } from '../use-cases/read-replay-difference.js';
import type { ReplayJourneys } from '../use-cases/read-replay-journeys.js';
import { totalSums } from './replays.js';

const id = text('The replay’s id.', '2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae');
/** A day of the calendar, or so many days after the first that differs; `format` is about texts only. */
function dayOrNumber<T extends string | number | null = string | number>(
  description: string,
  more: readonly 'null'[] = [],
): Shape<T> {
  const schema = { type: ['string', 'integer', ...more], format: 'date', description, examples: [0] };
  return { schema, example: 0 as T, named: {} };
}

const firstDay = dayOrNumber('The first day, inclusive: a date, or days after the first that differs.');
const lastDay = dayOrNumber<string | number | null>(
  'The last day, inclusive, in the same way; null: no end known.',
  ['null'],
);
const payer = text('Who pays; under k10 the kind of organisation.', 'insurer');
const percent = decimal('Percent.', 100);
const service = text('The service.', 'case-management');

const row = named<JourneyRow>('ReplayJourneyRow', 'Days on which one funder pays one service.', {
  service,
  firstDay,
  lastDay,
  funder: payer,
  share: percent,
  law: nullable(text('The law it is paid under.', 'zvw'), 'The law it is paid under; null for a pool.'),
  kind: text('Regular cover, or why it is paid.', 'handover'),
  rule: text('The rule that pays.', 'handover'),
  provider: nullable(text('AGB code.', '65656055'), 'AGB code; null: unknown, or left out under k10.'),
});

const shares = list(
  object<JourneyDifference['from'][number]>('One payer.', { funder: payer, share: percent }),
  'Who pays; empty: nobody.',
);

const difference = named<JourneyDifference>('ReplayJourneyDifference', 'Days on which the payers differ.', {
  service,
  firstDay,
  lastDay,
  from: shares,
  to: shares,
  days: nullable(wholeNumber('How many days.', 42), 'How many days; null when the last is open.'),
});

const journey = named<DifferingJourney>('ReplayJourney', 'A client for whom anything differs.', {
  pseudonym: text('Of this replay only.', '9f86d081884c7d65', { pattern: '^[0-9a-f]{16}$' }),
  days: oneOf(
    ['dates', 'relative'],
    'dates: of the calendar; relative: counted from the first day that differs.',
    'relative',
  ),
  baseline: list(row, 'Under the baseline.'),
  alternative: list(row, 'Under the alternative.'),
  difference: list(difference, 'By service and first day.'),
});

export const replayJourneys = named<ReplayJourneys>('ReplayJourneys', 'A page of clients.', {
  id,
  clients: list(journey, 'By pseudonym.'),
  next: nullable(
    text('The after of the next page.', '9f86d081884c7d65'),
    'The after of the next page; null on the last.',
  ),
});

const sums = totalSums as Shape<StationSums>;

const split = object<Split>('The difference in parts that add up to the cent.', {
  from: sums,
  to: sums,
  corrections: sums,
  rules: sums,
  prices: sums,
  total: sums,
});

export const replayDifference = named<ReplayDifference>(
  'ReplayDifference',
  'What the alternatives of two replays differ by, and because of what.',
  {
    from: text('The id of the replay compared with.', 'a'.repeat(64)),
    to: id,
    split: nullable(split, 'In parts that add up to the cent; null where too few clients are in it.'),
  },
);

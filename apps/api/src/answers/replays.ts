import {
  dimensions,
  privacyProfiles,
  type CellSums,
  type Dimension,
  type Population,
  type PublishedTotals,
  type TotalSums,
} from '@domeinbrug/replay';
import {
  day,
  decimal,
  list,
  moment,
  named,
  nullable,
  object,
  oneOf,
  optional,
  position,
  text,
  wholeNumber,
  yesNo,
  type Fields,
} from '../description/shape.js';
import type { ReplayCell, ReplayResults } from '../use-cases/replay-results.js';
import type { ReplayAsked, ReplayTold } from '../use-cases/replay-told.js';
import type { ReplayAnswer } from '../use-cases/read-replay.js';
import { ruleSetRef } from './coverage.js';
import { replayFigures } from './replay-figures.js';

const id = text(
  'The replay’s id: SHA-256 (hex) over all that its answer depends on.',
  '2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae',
  { pattern: '^[0-9a-f]{64}$' },
);

const birthYear = object<NonNullable<Population['birthYear']>>('Years of birth, both included.', {
  min: optional(wholeNumber('Not before this year.', 1930)),
  max: optional(wholeNumber('Not after this year.', 1950)),
});

const population = named<Population>(
  'ReplayPopulation',
  'Whose histories are replayed: clients who meet all of it on one day of the period; nothing named: everybody.',
  {
    municipality: optional(text('CBS code of the municipality.', '0363')),
    careOffice: optional(text('Code of the care office.', '5515')),
    insurer: optional(text('UZOVI code of the insurer.', '3311')),
    profile: optional(text('Care profile (COD163).', '754')),
    birthYear: optional(birthYear),
  },
);

const vary = object<NonNullable<ReplayAsked['vary']>>('A parameter of the alternative at several values.', {
  parameter: text('The parameter.', 'handoverLength'),
  values: list(decimal('A value, in the parameter’s unit.', 42), 'Ascending.', [0, 28, 42]),
});

const asked = named<ReplayAsked>(
  'ReplayAsked',
  'What was asked, with what its names and moments stand for: all that the id is made of.',
  {
    engine: text('The engine that answers; another one has other ids.', 'replay 1'),
    baseline: ruleSetRef,
    alternative: ruleSetRef,
    firstDay: day('The first day, inclusive.', '2024-01-01'),
    lastDay: day('The last day, inclusive.', '2024-12-31'),
    knownAt: moment('What was recorded later took no part.'),
    position: position('The position of the log that knownAt stands for.'),
    digest: text('SHA-256 (hex) over the log up to there.', 'a'.repeat(64), { pattern: '^[0-9a-f]{64}$' }),
    population,
    vary: nullable(vary, 'A parameter of the alternative at several values; null: none.'),
    privacy: oneOf(privacyProfiles, 'k10: what is about fewer than ten clients is hidden; none: nothing is.'),
  },
);

const state = oneOf(
  ['running', 'done', 'failed', 'cancelled'],
  'Where it stands; failed and cancelled ones have no answer, and can be asked for again.',
  'done',
);

const told: Fields<ReplayTold> = {
  id,
  state,
  progress: decimal('The part of the clients that is done, from 0 to 1.', 1),
  failure: nullable(text('Why there is no answer; null unless it failed.', 'Ask again.')),
  sameMeaning: yesNo(
    'Both rule sets mean the same: nothing can differ, unless a parameter is varied.',
    false,
  ),
  asked,
};

export const replay = named<ReplayTold>('Replay', 'How far a replay is, and of what.', told);

export const replayAnswer = named<ReplayAnswer>('ReplayAnswer', 'How far a replay is, and what it found.', {
  ...told,
  figures: nullable(replayFigures, 'What it found; null before its end.'),
});

/** As `text/event-stream`. */
export const replayProgress = text(
  'How far it is, whenever that changes, and at last how it ended; then the stream ends. A comment every 15 seconds.',
  'id: done\nevent: done\ndata: {"state":"done","progress":1,"failure":null}\n\n',
);

const count = (description: string, example: number): ReturnType<typeof wholeNumber> =>
  wholeNumber(description, example, {});

const sums: Fields<TotalSums> = {
  days: count('Days of service.', 1_260),
  unpricedDays: count('Days of which the rule set has no price.', 0),
  recorded: count('Cents, of what was recorded.', 126_000),
  agreed: count('Cents, of what was agreed and not recorded.', 0),
  assumedLow: count('Cents, of what is assumed: the lowest estimate.', 0),
  assumedMid: count('Cents, of what is assumed: the middle estimate.', 0),
  assumedHigh: count('Cents, of what is assumed: the highest estimate.', 0),
};

const cellSums = named<CellSums>(
  'ReplaySums',
  'What days come to. Amounts of different bases are never added.',
  { ...sums, clients: count('Distinct clients; rounded to tens under k10.', 40) },
);

export const totalSums = named<TotalSums>(
  'ReplayTotalSums',
  'Sums over rows; without clients, of whom one may stand in several rows.',
  sums,
);

const labelled: Record<Dimension, [says: string, example: string]> = {
  funder: ['Who pays.', 'insurer:3311'],
  service: ['The service.', 'case-management'],
  kind: ['Regular cover, or why it is paid.', 'handover'],
  month: ['The month, YYYY-MM.', '2024-03'],
  region: ['The care office of the day; null: unknown.', '5515'],
  provider: ['AGB code of the provider; null: unknown.', '65656055'],
};

const label = (dimension: Dimension) => optional(nullable(text(...labelled[dimension])));

const cell = named<ReplayCell>(
  'ReplayCell',
  'What a cell comes to under both rule sets. It has the labels that were asked for, and when suppressed nothing else.',
  {
    funder: label('funder'),
    service: label('service'),
    kind: label('kind'),
    month: label('month'),
    region: label('region'),
    provider: label('provider'),
    suppressed: yesNo('Hidden, because it tells something of a few people.', false),
    baseline: nullable(cellSums, 'Under the baseline; null when suppressed.'),
    alternative: nullable(cellSums, 'Under the alternative; null when suppressed.'),
    change: nullable(cellSums, 'The alternative less the baseline; null when suppressed.'),
    changedClients: nullable(
      count('Clients for whom the days of the cell differ; null when suppressed.', 40),
    ),
  },
);

const totals = object<PublishedTotals>('Over all rows, the suppressed included.', {
  rows: wholeNumber('How many rows there are.', 12),
  suppressedRows: wholeNumber('How many of them are suppressed.', 0),
  baseline: nullable(totalSums, 'Null where it would lay a suppressed row bare.'),
  alternative: nullable(totalSums, 'Null where it would lay a suppressed row bare.'),
  change: nullable(totalSums, 'Null where it would lay a suppressed row bare.'),
});

export const replayResults = named<ReplayResults>(
  'ReplayResults',
  'The cells of a replay as they may leave.',
  {
    id,
    asked,
    dimensions: list(oneOf(dimensions, 'What rows are told by.'), 'In the order of the columns of a file.', [
      'funder',
      'service',
      'kind',
      'month',
    ]),
    rows: list(cell, 'By label after label.'),
    totals,
  },
);

export const replayCsv = text(
  'RFC 4180 under # lines that say how it was made; with Accept-Language: nl as a Dutch spreadsheet opens it: ; between, a decimal comma, dd-mm-yyyy. Amounts in euros.',
  'funder,suppressed,baselineDays\r\ninsurer:3311,0,1260\r\n',
);

export const replayParquet = text(
  'Apache Parquet; how it was made stands in the key-value metadata.',
  'PAR1',
);

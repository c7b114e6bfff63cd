import { coverKinds } from '@domeinbrug/coverage';
import type { PublishedFigure, PublishedReplay, PublishedTable } from '@domeinbrug/replay';
import {
  decimal,
  list,
  named,
  nullable,
  object,
  record,
  text,
  yesNo,
  type Fields,
  type Shape,
} from '../description/shape.js';
import type { OnTheWire } from '../use-cases/replay-told.js';
import { any, few } from './replay-counts.js';
import { sweep } from './replay-sweep.js';
import { waitingTimes } from './replay-waiting-times.js';

type Figures = OnTheWire<PublishedReplay>;

const header = object<Figures['header']>('How it was made; stands above every file too.', {
  id: text('The replay’s id.', '2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae'),
  lines: list(
    object<Figures['header']['lines'][number]>('One thing that it depends on.', {
      name: text('What it is.', 'engine'),
      nameNl: text('The same in Dutch.', 'rekenversie'),
      value: text('What it was.', 'replay 1'),
    }),
    'In the order to be shown.',
  ),
});

const counts = object<Figures['counts']>('Clients; null where they are too few.', {
  clients: few('Who take part.', 2_000),
  affected: few('For whom the alternative may give something else.', 400),
  differing: few('For whom the days of any cell differ.', 380),
  gaining: few('With days of service that somebody pays now and nobody did.', 380),
  losing: few('With days of service that nobody pays now and somebody did.', 0),
  daysGained: few('Days of service that somebody pays now and nobody did.', 15_960),
  daysLost: few('Days of service that nobody pays now and somebody did.', 0),
  admitted: few('Admitted at least once in the period.', 390),
  open: few('In need of care without a known end.', 1_200),
});

const side = (description: string): Shape<OnTheWire<PublishedFigure>['baseline']> =>
  nullable(
    object<NonNullable<PublishedFigure['baseline']>>('Days and clients.', {
      days: any('Days of service.', 1_260),
      clients: any('Distinct clients; rounded to tens under k10.', 40),
    }),
    description,
  );

const row = named<OnTheWire<PublishedFigure>>('ReplayFigure', 'One row of a figure.', {
  labels: list(nullable(text('In the order of the dimensions; null: unknown.', 'wlz')), 'What it is about.'),
  suppressed: yesNo('Hidden, because it tells something of a few people.', false),
  baseline: side('Under the baseline; null when suppressed.'),
  alternative: side('Under the alternative; null when suppressed.'),
  change: side('The alternative less the baseline; null when suppressed.'),
});

const table = (description: string, dimension: string): Shape<OnTheWire<PublishedTable>> =>
  object<OnTheWire<PublishedTable>>(description, {
    dimensions: list(text('What rows are told by.', dimension), 'What the labels are of.'),
    rows: list(row, 'By label after label.'),
  });

const tables = object<Figures['tables']>('Days of service and clients.', {
  covered: table('That somebody pays.', 'all'),
  laws: table('By law.', 'law'),
  gaps: table('Needed, and nobody pays.', 'reason'),
  overlaps: table('With more than one payer.', 'service'),
  kinds: table('By kind of cover and region.', 'kind'),
  rules: table('By the rule that pays.', 'rule'),
});

type WindowCounts = Figures['windows'][number]['baseline'];

const windowCounts: Fields<WindowCounts> = {
  clients: few('People with such a window.', 380),
  opened: few('Windows that opened.', 380),
  cutByDeath: few('Cut short by a death.', 30),
  cutByDischarge: few('Cut short by a discharge.', 10),
  cutByMove: few('Cut short by a move.', 0),
  cutByCompletion: few('Ended because it was done.', 40),
  unused: few('Without any minutes recorded.', 90),
  offeredDays: few('Days that they offered, after cuts.', 15_960),
  daysWithActivity: few('Of those, days with minutes of the service.', 1_900),
};

const windowSide = named<WindowCounts>(
  'ReplayWindowCounts',
  'What became of windows; null where they are too few.',
  windowCounts,
);

const handoverDays = object<Figures['handover']['regions'][number]['baseline']>('Covered handover days.', {
  days: any('Days.', 15_960),
  clients: any('Distinct clients with such a day.', 380),
  perAdmission: decimal('Days per admission.', 40.92),
});

const spread = nullable(
  object<NonNullable<Figures['handover']['spread']['baseline']>>('Days per admission over the regions.', {
    lowest: decimal('In the region with the fewest.', 38.2),
    highest: decimal('In the region with the most.', 41.7),
    difference: decimal('Between them.', 3.5),
  }),
  'Days per admission over the regions; null without any.',
);

const handover = object<Figures['handover']>(
  'Covered handover days per admission; regions with few left out.',
  {
    regions: list(
      object<Figures['handover']['regions'][number]>('One region.', {
        region: nullable(text('Care office.', '5515'), 'Care office; null: unknown.'),
        admissions: any('Admissions in the period.', 390),
        baseline: handoverDays,
        alternative: handoverDays,
      }),
      'By region.',
    ),
    spread: object<Figures['handover']['spread']>('How far regions lie apart.', {
      baseline: spread,
      alternative: spread,
    }),
  },
);

const byDay = list(nullable(any('Clients.', 380), 'Clients; null where they are too few.'), 'By day.', [380]);
const lanes = record(byDay, 'By who pays: a law, joint, or nobody although it is needed.', 'zvw');

const aligned = object<Figures['aligned']>(
  'Who pays case management around the first admission of the period, all admitted clients laid over each other.',
  {
    days: list(any('Days after the admission.', 0), 'From -90 to 90.'),
    clients: byDay,
    baseline: lanes,
    alternative: lanes,
  },
);

const estimates = object<Figures['breakEven'][number]['cost']>('Three estimates.', {
  low: decimal('The lowest estimate.', 31_500),
  mid: decimal('The middle estimate.', 63_000),
  high: decimal('The highest estimate.', 94_500),
});

const breakEven = object<Figures['breakEven'][number]>(
  'How many avoided days of residence pay for one run of a window: cents, and days.',
  {
    window: text('The window.', 'handover'),
    service: text('The service.', 'case-management'),
    cost: estimates,
    wlzDay: any('Cents that a day of residence costs.', 28_000),
    days: estimates,
    refill: list(
      object<Figures['breakEven'][number]['refill'][number]>('When the next on the list takes the place.', {
        percent: any('Of the freed places that are taken.', 50),
        days: nullable(
          decimal('Days that then pay for a run.', 4.5),
          'Days that then pay for a run; null: nothing is saved.',
        ),
      }),
      'By the share of freed places that are taken.',
    ),
    runs: few('Windows that opened; null where they are too few.', 380),
  },
);

const savedByBasis = {
  recorded: decimal('Cents saved, of what was recorded.', 126_000),
  agreed: decimal('Cents saved, of what was agreed and not recorded.', 0),
  assumedMid: decimal('Cents saved, of what is assumed: the middle estimate.', 0),
};

const wlzSaving = object<Figures['wlzSavings'][number]>('A service of which care offices pay fewer days.', {
  service: text('The service.', 'vacancy'),
  days: any('Fewer days of care offices.', 4_500),
  ...savedByBasis,
  refill: list(
    object<Figures['wlzSavings'][number]['refill'][number]>('When the next on the list takes the place.', {
      percent: any('Of the freed places that are taken.', 50),
      ...savedByBasis,
    }),
    'By the share of freed places that are taken.',
  ),
});

const rules = list(text('The rule.', coverKinds[0]), 'Rules that pay no day at all.', []);

/** What a replay found, beside its cells. */
export const replayFigures = named<Figures>('ReplayFigures', 'What a replay found, as it may leave.', {
  header,
  counts,
  tables,
  neverHit: object<Figures['neverHit']>('Rules that were never hit.', {
    baseline: rules,
    alternative: rules,
  }),
  windows: list(
    object<Figures['windows'][number]>('What became of one window.', {
      window: text('The window.', 'handover'),
      baseline: windowSide,
      alternative: windowSide,
      change: windowSide,
    }),
    'In the order of the rule sets.',
  ),
  handover,
  aligned,
  waitingTimes,
  breakEven: list(breakEven, 'Of windows whose use and prices the rule set tells.', []),
  wlzSavings: list(wlzSaving, 'What the Wlz saves, with what is left as freed places are taken.', []),
  sweep: nullable(sweep, 'The alternative at several values; null when nothing was varied.'),
  unknown: list(
    text('A sentence.', 'A rule set without prices gives days and no amounts.'),
    'What the answer does not know.',
  ),
});

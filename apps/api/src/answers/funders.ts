import { coverKinds } from '@domeinbrug/coverage';
import type { FunderClient, FunderTotals } from '@domeinbrug/projections';
import { laws } from '@domeinbrug/terms';
import {
  day,
  list,
  named,
  nullable,
  object,
  oneOf,
  optional,
  text,
  wholeNumber,
} from '../description/shape.js';
import type { FunderCoverage } from '../use-cases/read-funder-coverage.js';
import { clientId, coordinates, coverRow, funder, gapFields, service } from './coverage.js';

const gap = named<FunderClient['gaps'][number]>('FunderGapRow', 'Days that the funder would have to pay.', {
  ...gapFields,
  law: oneOf(laws, 'The law under which it would have to pay.'),
});

const funderClient = named<FunderClient>('FunderClient', 'One client of the funder.', {
  clientId,
  cover: list(coverRow, 'What it pays.'),
  gaps: list(gap, 'What nobody pays and it would have to.'),
});

const totals = named<FunderTotals>('FunderTotals', 'Over all pages.', {
  clients: wholeNumber('Clients with a row or gap.', 5),
  rows: wholeNumber('Rows of cover.', 10),
  gaps: wholeNumber('Gaps.', 1),
  cover: list(
    object<FunderTotals['cover'][number]>('Per service and kind of cover.', {
      service,
      kind: oneOf(coverKinds, 'The kind of cover.'),
      clients: wholeNumber('Clients with such a row that day.', 5),
    }),
    'Per service and kind of cover.',
  ),
});

export const funderCoverage = named<FunderCoverage>('FunderCoverage', 'A page of a funder’s clients.', {
  funder,
  on: day('The day asked about.'),
  ...coordinates,
  totals: optional(totals),
  clients: list(funderClient, 'By client id.'),
  next: nullable(text('The after of the next page; null on the last.', 'WyIxOTciXQ')),
});

import type { PublishedReplay } from '@domeinbrug/replay';
import { decimal, list, nullable, object, text } from '../description/shape.js';
import type { OnTheWire } from '../use-cases/replay-told.js';
import { any } from './replay-counts.js';

type WaitingTimes = OnTheWire<PublishedReplay['waitingTimes']>;

const figureOf = text('What is told.', 'indication-to-admission');
const careOffice = nullable(
  text('Care office, or all.', '5515'),
  'Care office; all: all together; null: none was known.',
);
const share = decimal('From 0 to 1.', 0.21);

/** How long people waited and how old they were. */
export const waitingTimes = object<WaitingTimes>(
  'How long people waited and how old they were; rows of few are left out.',
  {
    waits: list(
      object<WaitingTimes['waits'][number]>(
        'One wait; who still waits counts for as long as was seen (Kaplan-Meier).',
        {
          name: figureOf,
          region: careOffice,
          clients: any('Distinct clients; rounded to tens under k10.', 40),
          from: text('From what on.', 'wlz-indication-issued'),
          to: text('Until what.', 'client-admitted'),
          events: any('Waits that came to what was waited for.', 38),
          stillWaiting: any('Waits that go on.', 2),
          endedOtherwise: any('Waits that ended without it.', 1),
          medianDays: nullable(
            any('Half of all waits are over by this day.', 48),
            'Half of all waits are over by this day; null: cannot be told.',
          ),
          p90Days: nullable(
            any('Nine of ten waits are over by this day.', 120),
            'Nine of ten waits are over by this day; null: cannot be told.',
          ),
          shareOverNorm: nullable(share, 'The share that waits longer than the norm; null: cannot be told.'),
          normDays: nullable(any('The norm in days.', 42), 'The norm in days; null: there is none.'),
        },
      ),
      'How long people waited.',
    ),
    ages: list(
      object<WaitingTimes['ages'][number]>('One age.', {
        name: figureOf,
        region: careOffice,
        clients: any('Distinct clients; rounded to tens under k10.', 40),
        unknown: any('Times of which no year of birth is known.', 0),
        known: any('Times of which it is known.', 390),
        medianYears: nullable(
          any('Half are at most so old.', 84),
          'Half are at most so old; null: cannot be told.',
        ),
        p90Years: nullable(
          any('Nine of ten are at most so old.', 92),
          'Nine of ten are at most so old; null: cannot be told.',
        ),
      }),
      'How old people were.',
    ),
    shares: list(
      object<WaitingTimes['shares'][number]>('One share.', {
        name: figureOf,
        region: careOffice,
        clients: any('Distinct clients; rounded to tens under k10.', 40),
        counted: any('How often it was so.', 21),
        of: any('Of so many times that it could have been.', 100),
        share,
      }),
      'How often something was so.',
    ),
  },
);

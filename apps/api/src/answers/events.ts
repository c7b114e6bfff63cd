import type { RowChange } from '@domeinbrug/coverage';
import { wireTypes } from '@domeinbrug/journey';
import type { ProblemError } from '@domeinbrug/problems';
import { errorCodes } from '../description/error-codes.js';
import {
  anything,
  list,
  moment,
  named,
  nullable,
  object,
  oneOf,
  optional,
  position,
  text,
  yesNo,
  type Shape,
} from '../description/shape.js';
import type { JourneyAnswer, JourneyEntry } from '../use-cases/read-client-events.js';
import type { Rejection } from '../use-cases/record-events.js';
import type { AnsweredEvent, EventEffect, EventsAnswer } from '../use-cases/tell-effects.js';
import { clientId, coordinates, coverRow, finding, gapRow, minutesRow } from './coverage.js';

const source = text('The system that sent it.', 'urn:nld:agb:65656055:systeem:ecd');
const id = text('Its id, unique per source.', 'adm-1');

const problemError = named<ProblemError>('ProblemError', 'One thing that is wrong, and where.', {
  pointer: text('JSON pointer into the event.', '/data/firstDay'),
  code: oneOf(Object.keys(errorCodes), 'What is wrong there, for programs.', 'day-invalid'),
  detail: text('What is wrong there and what to write instead.', 'Write a day that exists, as YYYY-MM-DD.'),
});

const rejections: readonly Rejection[] = [
  'invalid-event',
  'source-foreign',
  'type-not-allowed',
  'content-differs',
  'client-erased',
];

/** @param row what changed; its example is that of a row that came */
function changesOf<Row>(name: string, row: Shape<Row>, description: string): Shape<RowChange<Row>[]> {
  const change = named<{ change: RowChange['change']; before: Row | null; after: Row | null }>(
    name,
    'One row that the event made different.',
    {
      change: oneOf(
        ['added', 'changed', 'withdrawn'],
        'Changed when only the end, amount or provider differs; else one row is withdrawn and another added.',
      ),
      before: { ...nullable(row, 'The row before; null when it is new.'), example: null },
      after: nullable(row, 'The row after; null when it is gone.'),
    },
  );
  return list(change as unknown as Shape<RowChange<Row>>, description);
}

const noFindings = (description: string): Shape<EventEffect['findings']['opened']> =>
  list(finding, description, []);

const eventEffect = named<EventEffect>(
  'EventEffect',
  'What the event changed in its client’s coverage, against what was known right before it, as far as the sender may see.',
  {
    ruleSet: coordinates.ruleSet,
    knownAt: nullable(
      moment('When the event was recorded.'),
      'When the event was recorded; null for one that is not new.',
    ),
    cover: changesOf('CoverChange', coverRow, 'Who pays otherwise than before.'),
    gaps: {
      ...changesOf('GapChange', gapRow, 'Days on which nobody pays, that came, went or changed.'),
      example: [],
    },
    minutes: {
      ...changesOf('MinutesChange', minutesRow, 'Minutes that are paid otherwise than before.'),
      example: [],
    },
    findings: object<EventEffect['findings']>('What contradicts something.', {
      opened: noFindings('Findings that there were not before.'),
      closed: noFindings('Findings that there are no more.'),
    }),
    inWords: list(
      text(
        'A sentence in the language of Content-Language.',
        'Insurer 3311 pays case management from 4 March 2024 through 14 April 2024 (warm handover).',
      ),
      'The same in words; at least one sentence, also when nothing changed.',
    ),
  },
);

const eventResult = named<AnsweredEvent>('EventResult', 'What became of one event.', {
  source: optional(source),
  id: optional(id),
  clientId: optional(clientId),
  status: oneOf(['recorded', 'known', 'rejected'], 'What became of it.'),
  position: optional(position('Where it lies in the log.')),
  code: optional(oneOf(rejections, 'Why it was rejected.')),
  errors: optional(list(problemError, 'Each thing that is wrong with it.')),
  effect: optional(eventEffect),
});

/** An example of what goes well: a rejection in it would teach the wrong lesson. */
const recorded = {
  source: source.example,
  id: id.example,
  clientId: clientId.example,
  status: 'recorded' as const,
  position: '197',
};

export const eventsRecorded = named<EventsAnswer>('EventsRecorded', 'What became of each event.', {
  position: position('The last position of what was sent: a read with atLeast this sees it.'),
  results: list(eventResult, 'One per event, in order.', [recorded]),
});

const eventKey = named<JourneyEntry['correctedBy'][number]>('EventKey', 'How an event is named.', {
  source,
  id,
});

const journeyEntry = named<JourneyEntry>('JourneyEntry', 'One event of a journey.', {
  position: position('Where it lies in the log.'),
  recordedAt: moment('When it was recorded here.'),
  source,
  id,
  type: oneOf(wireTypes, 'Its type.', 'nl.domeinbrug.client-admitted.v1'),
  time: text('When the source registered it, as it was sent.', '2024-03-05T08:12:00+01:00', {
    format: 'date-time',
  }),
  data: anything('By the schema at GET /v1/schemas/{type}.v1.json; without the BSN.', {
    firstDay: '2024-03-04',
    provider: '65656055',
  }),
  correctedBy: list(eventKey, 'The corrections that name this event, oldest first.', []),
  retractedBy: list(eventKey, 'The retractions that name this event, oldest first.', []),
  inForce: yesNo('Whether it takes part, itself or as corrected.'),
});

export const journey = named<JourneyAnswer>('Journey', 'Everything that was told about one client.', {
  clientId,
  knownAt: coordinates.knownAt,
  position: coordinates.position,
  events: list(journeyEntry, 'In order of recording.'),
});

export const foundClient = named<{ clientId: string }>('FoundClient', 'The person’s client id.', {
  clientId,
});

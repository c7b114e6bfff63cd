import {
  coverKinds,
  gapReasons,
  unpaidReasons,
  type CoverRow,
  type EventRef,
  type Finding,
  type GapRow,
  type MinutesRow,
  type ParameterRead,
} from '@domeinbrug/coverage';
import { clientNamePattern, eventTypes, referenceEventTypes } from '@domeinbrug/journey';
import type { HiddenEvent, OthersRow, Seen, SeenBecause, SeenTimeline } from '@domeinbrug/sight';
import { laws, levels, services, type Funder } from '@domeinbrug/terms';
import {
  always,
  day,
  decimal,
  either,
  emptyList,
  list,
  moment,
  named,
  nullable,
  object,
  oneOf,
  position,
  text,
  wholeNumber,
  type Fields,
} from '../description/shape.js';
import type { Preview } from '../use-cases/preview-coverage.js';

const isScalar = { type: ['string', 'number', 'boolean'] };

export const clientId = text(
  'What the asker calls the client: the id that its organisation alone was given, or the one that it asked with.',
  '3RO24JNV6FZ7UZESB6YCKYV6YBOGCQ36QBCTA5VMR3RS6GDJCRBGW23YF5PQKYV6YBOG',
  { pattern: clientNamePattern },
);

/** Who pays, as every answer names it. */
export const funder = text<Funder>('Who pays: kind and code, such as insurer:3311.', 'insurer:3311', {
  pattern: '^(municipality|insurer|care-office|pool):.+$',
});

export const provider = text('AGB code of the provider.', '65656055', { pattern: '^[0-9]{8}$' });
export const service = oneOf(services, 'The service.', 'case-management');
export const firstDay = day('The first day, inclusive.');
export const lastDay = nullable(day('The last day, inclusive; null: no end known.', '2024-04-14'));

/** The coordinates of an answer about coverage. */
export const ruleSetRef = named<SeenTimeline['ruleSet']>(
  'RuleSetRef',
  'The rule set that the answer is under.',
  {
    id: text('The rule set’s id.', 'six-weeks'),
    version: text('Its version.', '2026.1'),
    hash: text(
      'SHA-256 (hex) of what it says.',
      '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
      { pattern: '^[0-9a-f]{64}$' },
    ),
  },
);
export const coordinates = {
  knownAt: moment('What was recorded later took no part.'),
  position: position('The position of the log that knownAt stands for.'),
  ruleSet: ruleSetRef,
};

const eventType = oneOf(
  [...eventTypes, ...referenceEventTypes],
  'Its type, without prefix and version.',
  'client-admitted',
);

export const eventRef = named<EventRef>('EventRef', 'One event of a journey.', {
  source: text('The system that sent it.', 'urn:nld:agb:65656055:systeem:ecd'),
  id: text('Its id, unique per source.', 'adm-1'),
  type: eventType,
});

const parameterRead = named<ParameterRead>('ParameterRead', 'A value of the rule set that was read.', {
  name: text('The parameter.', 'handoverLength'),
  value: {
    schema: { ...isScalar, description: 'Its value.', examples: [42] },
    example: 42,
    named: {},
  },
  level: oneOf(levels, 'The level that the value was found on.', 'national'),
  code: nullable(
    text('The code on that level.', '3311'),
    'The code on that level; null for national, and for that of another organisation.',
  ),
  since: day('The first day of the value.', '2015-01-01'),
});

const hiddenEvent = named<HiddenEvent>('HiddenEvent', 'An event that the asker may not see whole.', {
  source: always(null, 'Not the asker’s to see.'),
  id: always(null, 'Not the asker’s to see.'),
  type: nullable(eventType, 'Its type, where that tells no more than the row; else null.'),
  law: nullable(
    oneOf(laws, 'The law it fell under; null for none.'),
    'The law it fell under; null for none.',
  ),
  says: oneOf(
    ['told by another organisation', 'decided under another law', 'interrupted by other care'],
    'All that may be said of it.',
  ),
});

export const seenEvent = either(eventRef, hiddenEvent);

export const because = named<SeenBecause>(
  'Because',
  'The events and parameters that made a row begin, end and be what it is, as far as the asker may see them.',
  {
    opened: list(seenEvent, 'What made it begin.'),
    closed: list(seenEvent, 'What made it end.'),
    parameters: list(parameterRead, 'The values that were read.'),
  },
);

const nothing = object<OthersRow['because']>('Nothing of it is the asker’s to see.', {
  opened: emptyList('Always empty.'),
  closed: emptyList('Always empty.'),
  parameters: emptyList('Always empty.'),
});

const share = decimal('Percent of the service on these days.', 100);
const law = nullable(oneOf(laws, 'The law it is paid under; null for a joint-funding pool.', 'zvw'));
const kind = oneOf(coverKinds, 'Regular cover, or why it is paid.', 'handover');

const rule = text('table, absence-retained, joint-funding or the window’s id.', 'handover');

export const coverRow = named<Seen<CoverRow>>('CoverRow', 'Days on which one funder pays one service.', {
  service,
  firstDay,
  lastDay,
  funder,
  share,
  law,
  kind,
  provider: nullable(provider, 'AGB code of the provider; null when none is known.'),
  rule,
  because,
});

export const othersRow = named<OthersRow>(
  'OthersRow',
  'Days that another pays: by which law; to a provider also who.',
  {
    service,
    firstDay,
    lastDay,
    law,
    kind,
    share,
    funder: nullable(funder, 'Who pays; null to a funder.'),
    provider: nullable(provider, 'The other side of a handover; else null.'),
    rule: nullable(rule, 'By which rule; null to a funder.'),
    because: nothing,
  },
);

export const gapFields: Fields<Seen<GapRow>> = {
  service,
  firstDay,
  lastDay,
  reason: oneOf(gapReasons, 'Why nobody pays.'),
  because,
};
export const gapRow = named<Seen<GapRow>>(
  'GapRow',
  'Days on which a service is needed and nobody pays.',
  gapFields,
);

export const minutesRow = named<MinutesRow>(
  'MinutesRow',
  'Minutes of one service, day, provider and subject; whole minutes.',
  {
    service,
    day: day('The day of the care.'),
    provider,
    subject: oneOf(['client', 'carer'], 'Whom they were for.'),
    funded: wholeNumber('Minutes that are paid.', 45),
    overCap: wholeNumber('Minutes over the cap of a window.', 0),
    outside: wholeNumber('Minutes that nobody pays.', 0),
    reason: nullable(
      oneOf(unpaidReasons, 'Why there are minutes that nobody pays; null when there are none.'),
    ),
  },
);

export const finding = named<Finding>('Finding', 'What contradicts something; nothing was refused for it.', {
  code: text('The kind of finding.', 'end-without-start'),
  text: text(
    'What was found, in words.',
    'An end was reported of something that is not known to have begun.',
  ),
  events: list(eventRef, 'The events concerned.'),
});

export const timeline = named<SeenTimeline>(
  'CoverageTimeline',
  'Who pays for one client on each day, as far as the asker may see it.',
  {
    clientId,
    ...coordinates,
    cover: list(either(coverRow, othersRow), 'Who pays; by service, first day and funder.'),
    gaps: list(gapRow, 'Needed days on which nobody pays; by service and first day.'),
    minutes: list(minutesRow, 'Recorded minutes, split by who pays them.'),
    findings: list(finding, 'What contradicts something.'),
  },
);

export const preview = named<Preview>('Preview', 'What coverage would be; nothing was stored.', {
  clientId,
  knownAt: coordinates.knownAt,
  position: coordinates.position,
  timelines: list(timeline, 'One per rule set asked, in order.'),
});

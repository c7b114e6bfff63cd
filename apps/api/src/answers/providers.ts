import { unpaidReasons } from '@domeinbrug/coverage';
import type { MinutesSums } from '@domeinbrug/projections';
import { windowKinds } from '@domeinbrug/rules';
import {
  decimal,
  list,
  named,
  nullable,
  oneOf,
  optional,
  text,
  wholeNumber,
  yesNo,
} from '../description/shape.js';
import type { Findings, FindingSeen } from '../use-cases/read-findings.js';
import type { ProviderMinutes } from '../use-cases/read-provider-minutes.js';
import type { ProviderWindow, ProviderWindows } from '../use-cases/read-provider-windows.js';
import { clientId, coordinates, eventRef, firstDay, funder, lastDay, provider, service } from './coverage.js';

const sums = named<MinutesSums>(
  'MinutesSums',
  'Minutes of one cell; only the dimensions asked for are there.',
  {
    month: optional(text('The month, YYYY-MM.', '2024-03', { pattern: '^[0-9]{4}-[0-9]{2}$' })),
    service: optional(service),
    reason: optional(
      nullable(oneOf(unpaidReasons, 'Why nobody pays them; null for those that are paid or over a cap.')),
    ),
    funded: wholeNumber('Minutes that are paid.', 45),
    overCap: wholeNumber('Minutes over the cap of a window.', 0),
    unpaid: wholeNumber('Minutes that nobody pays.', 0),
  },
);

export const providerMinutes = named<ProviderMinutes>('ProviderMinutes', 'Recorded minutes, added up.', {
  provider,
  ...coordinates,
  sums: list(sums, 'In the order of what they are added up by.'),
});

const findingSeen = named<FindingSeen>('FindingSeen', 'What contradicts something in what the asker sent.', {
  clientId,
  code: text('The kind of finding.', 'retroactive-decision'),
  text: text(
    'What was found, in words.',
    'It was decided more than 14 days after the day on which it begins.',
  ),
  events: list(eventRef, 'The asker’s own events that it is about; an auditor sees all.'),
  withOthers: yesNo('Whether it is about events of other organisations too.', false),
});

export const findings = named<Findings>('Findings', 'A page of findings.', {
  ...coordinates,
  findings: list(findingSeen, 'By client.'),
  next: nullable(text('The after of the next page; null on the last.', 'WyIxOTciXQ')),
});

const providerWindow = named<ProviderWindow>('ProviderWindow', 'Days that one rule pays the provider for.', {
  clientId,
  service,
  kind: oneOf(windowKinds, 'What the window is for.', 'handover'),
  rule: text('The window’s id.', 'handover'),
  funder,
  share: decimal('Percent of the service on these days.', 100),
  firstDay,
  lastDay,
  daysLeft: nullable(wholeNumber('Days left, counted from today or from a first day still to come.', 12)),
  cap: nullable(wholeNumber('Minutes that the window pays at most; null without a cap.', 600)),
  minutesUsed: wholeNumber('Minutes taken of it so far.', 45),
});

export const providerWindows = named<ProviderWindows>('ProviderWindows', 'A page of windows.', {
  provider,
  ...coordinates,
  windows: list(providerWindow, 'By client, service and first day.'),
  next: nullable(text('The after of the next page; null on the last.', 'WyIxOTciXQ')),
});

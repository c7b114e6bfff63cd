import { coverageChanges, type CoverageRows } from './row-changes.js';
import { changesInWords } from './changes-in-words.js';
import type { CoverRow, Finding, GapRow, MinutesRow } from './coverage-timeline.js';

const because = { opened: [], closed: [], parameters: [] };
const nothing: CoverageRows = { cover: [], gaps: [], minutes: [], findings: [] };

const paid = (part: Partial<CoverRow> = {}): CoverRow => ({
  service: 'case-management',
  firstDay: '2024-03-04',
  lastDay: '2024-04-14',
  funder: 'insurer:3311',
  share: 100,
  law: 'zvw',
  kind: 'handover',
  provider: '31313131',
  rule: 'handover',
  because,
  ...part,
});

const unpaid = (part: Partial<GapRow> = {}): GapRow => ({
  service: 'household-help',
  firstDay: '2024-03-04',
  lastDay: null,
  reason: 'excluded-by-wlz',
  because,
  ...part,
});

const minutes = (part: Partial<MinutesRow> = {}): MinutesRow => ({
  service: 'guidance',
  day: '2024-03-05',
  provider: '31313131',
  subject: 'client',
  funded: 60,
  overCap: 0,
  outside: 0,
  reason: null,
  ...part,
});

function both(before: Partial<CoverageRows>, after: Partial<CoverageRows>): [en: string[], nl: string[]] {
  const changes = coverageChanges({ ...nothing, ...before }, { ...nothing, ...after });
  return [changesInWords(changes, 'en'), changesInWords(changes, 'nl')];
}

test('a row that comes and one that goes', () => {
  const regular = paid({ kind: 'regular', rule: 'table', funder: 'municipality:0363', lastDay: null });
  expect(both({ cover: [regular] }, { cover: [paid()] })).toEqual([
    [
      'Municipality 0363 no longer pays case management from 4 March 2024 on.',
      'Insurer 3311 pays case management from 4 March 2024 through 14 April 2024 (warm handover).',
    ],
    [
      'Gemeente 0363 betaalt casemanagement dementie vanaf 4 maart 2024 niet langer.',
      'Zorgverzekeraar 3311 betaalt casemanagement dementie van 4 maart 2024 tot en met 14 april 2024 (warme overdracht).',
    ],
  ]);
});

test('a row with another end, share, provider and law says what it was', () => {
  const before = paid({ lastDay: null });
  const after = paid({ lastDay: '2024-03-04', share: 62.5, provider: null, law: null });
  expect(both({ cover: [before] }, { cover: [after] })).toEqual([
    [
      'Insurer 3311 now pays 62.5 percent of case management on 4 March 2024 (warm handover), provider unknown, ' +
        'law undecided; before: from 4 March 2024 on, 100 percent, provider 31313131, Zvw.',
    ],
    [
      'Zorgverzekeraar 3311 betaalt 62,5 procent van casemanagement dementie nu op 4 maart 2024 (warme overdracht), ' +
        'zorgaanbieder onbekend, wet nog onbeslist; eerst: vanaf 4 maart 2024, 100 procent, zorgaanbieder 31313131, Zvw.',
    ],
  ]);
});

test('days on which nobody pays, with the reason', () => {
  const ended = unpaid({ lastDay: '2024-03-24' });
  const other = unpaid({ reason: 'no-decision', service: 'guidance' });
  expect(both({ gaps: [unpaid(), other] }, { gaps: [ended] })[0]).toEqual([
    'There is no longer a gap in guidance from 4 March 2024 on (it was: no decision or entitlement).',
    'Nobody pays household help from 4 March 2024 through 24 March 2024: the Wlz goes first and its delivery has ' +
      'not begun; before: from 4 March 2024 on.',
  ]);
  expect(both({}, { gaps: [unpaid()] })[1]).toEqual([
    'Niemand betaalt hulp bij het huishouden vanaf 4 maart 2024: de Wlz gaat voor, levering nog niet gestart.',
  ]);
});

test('minutes are summed by service', () => {
  const later = [
    minutes({ funded: 0, outside: 60, reason: 'ended' }),
    minutes({ day: '2024-03-06', funded: 30, overCap: 15 }),
  ];
  expect(both({ minutes: [minutes()] }, { minutes: later })).toEqual([
    ['Minutes of guidance: 30 fewer paid, 15 more over the cap, 60 more unpaid.'],
    ['Minuten begeleiding: 30 minder betaald, 15 meer boven het maximum, 60 meer onbetaald.'],
  ]);
  expect(both({ minutes: [minutes()] }, { minutes: [minutes({ day: '2024-03-06' })] })[0]).toEqual([
    'Minutes of guidance: the same sums, on other days or for other reasons.',
  ]);
});

test('findings that came and went', () => {
  const finding: Finding = {
    code: 'end-without-start',
    text: 'An end was reported of something that is not known to have begun.',
    events: [{ source: 's', id: 'e', type: 'client-discharged' }],
  };
  expect(both({ findings: [finding] }, {})[0]).toEqual([
    `No longer found (end-without-start): ${finding.text}`,
  ]);
  expect(both({}, { findings: [finding] })[1]).toEqual([
    'Nieuw signaal (end-without-start): Er is een einde gemeld van iets waarvan geen begin bekend is.',
  ]);
  expect(both({ findings: [finding] }, { findings: [{ ...finding, events: [...finding.events] }] })).toEqual([
    [],
    [],
  ]);
});

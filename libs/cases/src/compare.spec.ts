import type { CoverageTimeline, CoverRow, MinutesRow } from '@domeinbrug/coverage';
import type { Expectation } from './case-file.js';
import { differences, fundersText, settlementDifferences } from './compare.js';

const because = { opened: [], closed: [], parameters: [] };
const row = (firstDay: string, lastDay: string | null, fields: Partial<CoverRow> = {}): CoverRow => ({
  service: 'guidance',
  firstDay,
  lastDay,
  funder: 'municipality:0363',
  share: 100,
  law: 'wmo',
  kind: 'regular',
  provider: '41414141',
  rule: 'table',
  because,
  ...fields,
});
const timeline = (parts: Partial<CoverageTimeline>): CoverageTimeline => ({
  clientId: 'c',
  ruleSet: { id: 'r', version: '1', hash: '' },
  knownAt: '',
  position: '0',
  cover: [],
  gaps: [],
  minutes: [],
  findings: [],
  ...parts,
});
const expected = (
  firstDay: string,
  lastDay: string | null,
  fields = {},
): Record<string, string | number | null> & {
  service: string;
  firstDay: string;
  lastDay: string | null;
} => ({
  service: 'guidance',
  firstDay,
  lastDay,
  funder: 'municipality:0363',
  share: 100,
  kind: 'regular',
  rule: 'table',
  ...fields,
});
const asked = (parts: Partial<Expectation>): Expectation => ({ services: ['guidance'], ...parts });

describe('rows', () => {
  it('that are as expected make no difference', () => {
    expect(
      differences(
        asked({ cover: [expected('2024-01-01', null)] }),
        timeline({ cover: [row('2024-01-01', null)] }),
      ),
    ).toEqual([]);
  });

  it('missing or unexpected are told, each on a line', () => {
    expect(
      differences(
        asked({ cover: [expected('2024-01-02', null)] }),
        timeline({ cover: [row('2024-01-01', null)] }),
      ),
    ).toEqual([
      'missing cover:    guidance 2024-01-02 - open: funder municipality:0363, share 100, kind regular, rule table',
      'unexpected cover: guidance 2024-01-01 - open: funder municipality:0363, share 100, kind regular, rule table',
    ]);
  });

  it.each([
    ['funder', 'municipality:0518'],
    ['share', 50],
    ['kind', 'retained'],
    ['rule', 'handover'],
  ])('differ in %s', (field, value) => {
    const cover = [expected('2024-01-01', null, { [field]: value })];
    expect(differences(asked({ cover }), timeline({ cover: [row('2024-01-01', null)] }))).toHaveLength(2);
  });

  it('of services that were not asked are not looked at', () => {
    expect(differences({ services: ['residence'] }, timeline({ cover: [row('2024-01-01', null)] }))).toEqual(
      [],
    );
  });

  it('of a service that was asked must all be listed', () => {
    expect(differences(asked({}), timeline({ cover: [row('2024-01-01', null)] }))).toHaveLength(1);
  });

  it('are compared by provider only where a row of the service names one', () => {
    const two = timeline({
      cover: [row('2024-01-01', '2024-01-31'), row('2024-02-01', null, { provider: '45454545' })],
    });
    expect(differences(asked({ cover: [expected('2024-01-01', null)] }), two)).toEqual([]);
    const named = [
      expected('2024-01-01', '2024-01-31', { provider: '41414141' }),
      expected('2024-02-01', null, { provider: '45454545' }),
    ];
    expect(differences(asked({ cover: named }), two)).toEqual([]);
    expect(
      differences(asked({ cover: [expected('2024-01-01', null, { provider: '41414141' })] }), two),
    ).toHaveLength(3);
  });

  it('may be expected to name no provider', () => {
    const none = timeline({ cover: [row('2024-01-01', null, { provider: null })] });
    expect(differences(asked({ cover: [expected('2024-01-01', null, { provider: null })] }), none)).toEqual(
      [],
    );
  });

  it('of one funder with a day between are two', () => {
    const two = timeline({ cover: [row('2024-01-01', '2024-01-31'), row('2024-02-02', null)] });
    expect(differences(asked({ cover: [expected('2024-01-01', null)] }), two)).toHaveLength(3);
  });
});

describe('gaps and findings', () => {
  it('are compared by reason', () => {
    const gap = { service: 'guidance', firstDay: '2024-01-01', lastDay: null, because } as const;
    const actual = timeline({ gaps: [{ ...gap, reason: 'no-decision' }] });
    const gaps = [{ service: 'guidance', firstDay: '2024-01-01', lastDay: null, reason: 'refused' }];
    expect(differences(asked({ gaps }), actual)).toEqual([
      'missing gap:    guidance 2024-01-01 - open: reason refused',
      'unexpected gap: guidance 2024-01-01 - open: reason no-decision',
    ]);
  });

  it('must be among those found; others may be', () => {
    const actual = timeline({
      findings: [
        { code: 'after-death', text: '', events: [] },
        { code: 'wrong-target', text: '', events: [] },
      ],
    });
    expect(differences(asked({ findings: ['after-death'] }), actual)).toEqual([]);
    expect(differences(asked({ findings: ['delivery-unknown'] }), actual)).toEqual([
      'missing finding: delivery-unknown',
    ]);
  });
});

describe('minutes', () => {
  const minutes = (day: string, funded: number, fields: Partial<MinutesRow> = {}): MinutesRow => ({
    service: 'guidance',
    day,
    provider: '41414141',
    subject: 'client',
    funded,
    overCap: 1,
    outside: 2,
    reason: 'no-decision',
    ...fields,
  });
  const actual = timeline({
    minutes: [
      minutes('2024-01-01', 10),
      minutes('2024-01-02', 20),
      minutes('2024-01-02', 40, { subject: 'carer' }),
    ],
  });

  it('are summed over what is not named', () => {
    const expectation: Expectation['minutes'] = [
      { funded: 70, overCap: 3, outside: 6 },
      { day: '2024-01-02', funded: 60, overCap: 2, outside: 4 },
      { day: '2024-01-02', subject: 'carer', funded: 40, overCap: 1, outside: 2 },
    ];
    expect(differences(asked({ minutes: expectation }), actual)).toEqual([]);
  });

  it('that differ are told', () => {
    expect(
      differences(asked({ minutes: [{ day: '2024-01-01', funded: 11, overCap: 1, outside: 2 }] }), actual),
    ).toEqual([
      'minutes of {"day":"2024-01-01"}: funded 11, over the cap 1, outside 2 expected, funded 10, over the cap 1, outside 2 found',
    ]);
  });
});

describe('a settlement', () => {
  it.each([
    [[], 'none'],
    [[{ funder: 'insurer:3311', share: 100 }], 'insurer:3311'],
    [[{ funder: 'insurer:3311', share: 50 }], 'insurer:3311 50'],
    [
      [
        { funder: 'insurer:3311', share: 50 },
        { funder: 'care-office:5515', share: 50 },
      ],
      'care-office:5515 50 + insurer:3311 50',
    ],
  ] as const)('%j is written %s', (funders, text) => {
    expect(fundersText(funders)).toBe(text);
  });

  const line = { service: 'guidance', firstDay: '2024-01-01', lastDay: '2024-01-31', days: 31 } as const;

  it('is compared row by row', () => {
    const actual = [{ ...line, from: [], to: [{ funder: 'insurer:3311', share: 100 } as const] }];
    const want = (to: string): Parameters<typeof settlementDifferences>[0] => ({
      from: 'a',
      to: 'b',
      rows: [{ ...line, from: 'none', to }],
    });
    expect(settlementDifferences(want('insurer:3311'), actual)).toEqual([]);
    expect(settlementDifferences(want('insurer:3332'), actual)).toEqual([
      'missing row:    guidance 2024-01-01 - 2024-01-31: none -> insurer:3332, 31 days',
      'unexpected row: guidance 2024-01-01 - 2024-01-31: none -> insurer:3311, 31 days',
    ]);
  });
});

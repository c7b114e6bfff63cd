import { coverageTable, findingLines, minutesLines } from './coverage-table.js';
import { gap, row } from './sample-rows.js';

const registered = {
  source: 'urn:nld:gemeentecode:0363:systeem:wmo',
  id: 'e1',
  type: 'client-registered',
} as const;
const admitted = { source: 'urn:nld:agb:61610003:systeem:ecd', id: 'e7', type: 'client-admitted' } as const;

describe('the table of a timeline', () => {
  it('puts rows and gaps under their service, in order of day', () => {
    expect(
      coverageTable(
        {
          cover: [
            row('case-management', ['2023-09-04', null], 'insurer:3311'),
            row('guidance', ['2023-02-06', '2024-02-29'], 'municipality:0363', { law: 'wmo', share: 50 }),
            row('guidance', ['2024-04-01', null], 'pool:noord', {
              law: null,
              kind: 'joint',
              rule: 'joint-funding',
              provider: null,
            }),
          ],
          gaps: [gap('guidance', ['2024-03-01', '2024-03-31'], 'excluded-by-wlz')],
        },
        { why: false },
      ),
    ).toEqual([
      '  first day   last day    payer              share  law  kind     rule             provider',
      'case-management',
      '  2023-09-04  open        insurer:3311       100%   zvw  regular  table            61610002',
      '',
      'guidance',
      '  2023-02-06  2024-02-29  municipality:0363  50%    wmo  regular  table            61610002',
      '  2024-03-01  2024-03-31  nobody                         gap      excluded-by-wlz',
      '  2024-04-01  open        pool:noord         100%   -    joint    joint-funding    -',
    ]);
  });

  it('writes the reasons under a row when asked why', () => {
    const because = {
      opened: [registered],
      closed: [admitted],
      parameters: [
        { name: 'handoverLength', value: 42, level: 'national', code: null, since: '2015-01-01' },
        { name: 'undelivered', value: 'strict', level: 'insurer', code: '3311', since: '2024-01-01' },
      ],
    } as const;
    const cover = [
      row('residence', ['2024-03-04', '2024-04-14'], 'care-office:5515', {
        because: structuredClone(because) as never,
      }),
    ];
    expect(coverageTable({ cover, gaps: [] }, { why: true }).slice(3)).toEqual([
      '    opened by  client-registered e1 of urn:nld:gemeentecode:0363:systeem:wmo',
      '    closed by  client-admitted e7 of urn:nld:agb:61610003:systeem:ecd',
      '    as read    handoverLength = 42 (national, since 2015-01-01)',
      '               undelivered = strict (insurer 3311, since 2024-01-01)',
    ]);
  });

  it('has no lines without rows', () => {
    expect(coverageTable({ cover: [], gaps: [] }, { why: true })).toEqual([]);
  });

  it('sums minutes per service and for whom', () => {
    const minutes = (subject: 'client' | 'carer', funded: number, outside: number) => ({
      service: 'case-management' as const,
      day: '2024-01-01',
      provider: '61610002',
      subject,
      funded,
      overCap: 5,
      outside,
      reason: null,
    });
    expect(
      minutesLines({
        minutes: [minutes('client', 60, 0), minutes('client', 1140, 30), minutes('carer', 0, 20)],
      }),
    ).toEqual([
      'case-management: 1,200 minutes funded, 10 over the cap, 30 outside',
      'case-management (for the carer): 0 minutes funded, 5 over the cap, 20 outside',
    ]);
  });

  it('tells findings with their events', () => {
    expect(
      findingLines({ findings: [{ code: 'after-death', text: 'A sentence.', events: [admitted] }] }),
    ).toEqual(['after-death: A sentence.', '  client-admitted e7 of urn:nld:agb:61610003:systeem:ecd']);
  });
});

import { parseDay } from '@domeinbrug/calendar';
import type { CoverageTimeline, CoverRow, GapRow } from '@domeinbrug/coverage';
import type { JourneyFacts } from '@domeinbrug/journey';
import type { Service } from '@domeinbrug/terms';
import { visibleToProvider, visibleWhenSupposed, type ProviderAsker } from './provider-view.js';

const home: ProviderAsker = { kind: 'provider', code: '65656055' };
const manager: ProviderAsker = { kind: 'provider', code: '31313131' };
const because = { opened: [], closed: [], parameters: [] };

function row(
  service: Service,
  firstDay: string,
  lastDay: string | null,
  provider: string,
  more = {},
): CoverRow {
  const paid = { funder: 'insurer:3311', share: 100, law: 'zvw', kind: 'regular', rule: 'table' } as const;
  return { service, firstDay, lastDay, provider, because, ...paid, ...more };
}

function gap(service: Service, firstDay: string, lastDay: string | null): GapRow {
  return { service, firstDay, lastDay, reason: 'no-policy', because };
}

function timeline(cover: CoverRow[], gaps: GapRow[] = [], more = {}): CoverageTimeline {
  const ruleSet = { id: 'r', version: '1', hash: '' };
  const knownAt = '2024-06-01T00:00:00Z';
  return {
    clientId: 'CLIENT0001',
    ruleSet,
    knownAt,
    position: '1',
    cover,
    gaps,
    minutes: [],
    findings: [],
    ...more,
  };
}

/** In care on days without any row. */
function inCare({ code }: ProviderAsker, firstDay: string, untilDay: string): JourneyFacts {
  const claim = { from: parseDay(firstDay), until: parseDay(untilDay), provider: Number(code) };
  return { claims: [claim], deliveries: [], stays: [], activities: [] } as unknown as JourneyFacts;
}
const nowhere = inCare(home, '2024-01-01', '2024-01-01');

const handedOver = timeline([
  row('case-management', '2024-03-04', '2024-04-14', manager.code, { kind: 'handover', rule: 'handover' }),
  row('residence', '2024-03-04', null, home.code, { law: 'wlz', funder: 'care-office:5515' }),
  row('guidance', '2024-01-01', '2024-03-20', '42424242'),
]);

describe('what a provider sees', () => {
  it('is, of others on the days in care, who pays but not who gives it', () => {
    const all = timeline([row('guidance', '2024-01-01', '2024-03-31', manager.code)]);
    const truth = { facts: inCare(home, '2024-02-01', '2024-02-11'), cover: all.cover };
    expect(visibleToProvider(all, home, truth).cover).toEqual([
      expect.objectContaining({
        firstDay: '2024-02-01',
        lastDay: '2024-02-10',
        funder: 'insurer:3311',
        provider: null,
      }),
    ]);
  });

  it.each([
    [manager, 'residence', home.code, null],
    [home, 'case-management', manager.code, '2024-04-14'],
  ])('is in a handover the other side on all its days, by name', (asker, service, other, lastDay) => {
    const { cover } = visibleToProvider(handedOver, asker, { facts: nowhere, cover: handedOver.cover });
    expect(cover.find((each) => each.service === service)).toMatchObject({
      firstDay: '2024-03-04',
      lastDay,
      provider: other,
    });
    expect(cover.find((each) => each.service === 'guidance')).toMatchObject({
      firstDay: '2024-03-04',
      lastDay: '2024-03-20',
      provider: null,
    });
  });

  it('has nothing of a clinic that it is not', () => {
    const all = timeline(
      [row('mental-health-care', '2024-02-01', '2024-02-20', '06290000')],
      [gap('mental-health-care', '2024-02-21', '2024-02-29'), gap('guidance', '2024-02-01', null)],
      {
        minutes: [
          {
            service: 'mental-health-care',
            day: '2024-02-05',
            provider: home.code,
            subject: 'client',
            funded: 1,
          },
        ],
      },
    );
    const seen = visibleToProvider(all, home, {
      facts: inCare(home, '2024-01-01', '2025-01-01'),
      cover: all.cover,
    });
    expect(seen.cover).toEqual([]);
    expect(seen.gaps).toMatchObject([{ service: 'guidance', firstDay: '2024-02-01', lastDay: '2024-12-31' }]);
    expect(seen.minutes).toEqual([]);
  });
});

it('shows of what is supposed only days that are one’s own by what is true, and those to come', () => {
  const supposed = timeline([row('case-management', '2015-01-01', null, manager.code)], [], {
    findings: [{ code: 'after-death', text: '', events: [] }],
  });
  const truth = { facts: inCare(manager, '2024-02-01', '2024-02-11'), cover: [] };
  const seen = visibleWhenSupposed(supposed, manager, truth, parseDay('2024-06-01'), []);
  expect(seen.cover.map(({ firstDay, lastDay }) => [firstDay, lastDay])).toEqual([
    ['2024-02-01', '2024-02-10'],
    ['2024-06-01', null],
  ]);
  expect(seen.findings).toEqual([]);
});

import { parseDay } from '@domeinbrug/calendar';
import type { JourneyEvent } from '@domeinbrug/journey';
import { services, type Funder, type Service } from '@domeinbrug/terms';
import { fold } from '../../../test/build/answers.js';
import {
  admitted,
  caseManager,
  entitled,
  pooled,
  registered,
  time,
  wmo,
} from '../../../test/build/events.js';
import { rulesWith, windowWith } from '../../../test/build/rule-sets.js';
import type { CoverKind } from './coverage-timeline.js';
import { FunderTotalsAdder, type FunderTotals } from './funder-totals.js';
import { paidDaysOf } from './paid-days.js';

const rules = rulesWith({ windows: [windowWith()] });
const home = registered('2023-01-01');
const admission: JourneyEvent[] = [
  home,
  wmo(['guidance'], '2023-05-01'),
  caseManager('2023-06-01'),
  entitled('2024-01-15'),
  admitted('2024-03-04'),
];

interface Asked {
  firstDay?: string;
  lastDay?: string;
  only?: Service[];
  kinds?: CoverKind[];
  under?: typeof rules;
}

function totals(
  funder: Funder,
  clients: readonly JourneyEvent[][],
  { firstDay = '2024-01-01', lastDay = '2024-12-31', only, kinds, under = rules }: Asked = {},
): FunderTotals {
  const scope = {
    from: parseDay(firstDay),
    until: parseDay(lastDay) + 1,
    services: (only ?? services).map((service) => services.indexOf(service)),
  };
  const adder = new FunderTotalsAdder({ funder, kinds });
  clients.forEach((events, at) => adder.add(`client${at}`, paidDaysOf(fold(...events), under, scope)));
  return adder.totals();
}

/** `guidance regular: 14 days of 1`. */
const lines = ({ cover, gaps }: FunderTotals): string[] => [
  ...cover.services.map(
    ({ service, kind, days, clients }) => `${service} ${kind}: ${days} days of ${clients}`,
  ),
  ...gaps.services.map(
    ({ service, reason, days, clients }) => `${service} ${reason}: ${days} days of ${clients}`,
  ),
];

describe('the totals of a funder', () => {
  it('add its days within the period, by service and kind, and the gap days that are its own', () => {
    expect(lines(totals('insurer:3311', [admission]))).toEqual([
      'case-management handover: 42 days of 1', // 4 March through 14 April
      'case-management regular: 63 days of 1', // 1 January through 3 March
    ]);
    expect(lines(totals('municipality:0363', [admission]))).toEqual([
      'guidance regular: 14 days of 1', // through 14 January
      'guidance excluded-by-wlz: 49 days of 1', // until the admission
    ]);
    expect(lines(totals('care-office:5515', [admission]))).toEqual(['residence regular: 303 days of 1']);
  });

  it('count a client once, whatever it needs', () => {
    const { clients, cover, gaps } = totals('municipality:0363', [
      admission,
      [home, wmo(['guidance', 'household-help'], '2024-12-30')],
      [home],
    ]);
    expect([clients, cover.clients, cover.days, gaps.clients]).toEqual([2, 2, 14 + 2 + 2, 1]);
  });

  it('are of the services and kinds that were asked; a kind has no gaps', () => {
    expect(lines(totals('municipality:0363', [admission], { only: ['household-help'] }))).toEqual([]);
    expect(lines(totals('insurer:3311', [admission], { kinds: ['handover'] }))).toEqual([
      'case-management handover: 42 days of 1',
    ]);
    expect(totals('municipality:0363', [admission], { kinds: ['regular'] }).gaps.clients).toBe(0);
  });

  it('of a pool are those of its name', () => {
    const journey = [home, pooled(['guidance'], '2024-12-31')];
    expect(lines(totals('pool:bridge', [journey]))).toEqual(['guidance joint: 1 days of 1']);
    expect(totals('pool:other', [journey]).clients).toBe(0);
  });

  it('say of how many days no price is known', () => {
    const { days, unpricedDays, amounts } = totals('insurer:3311', [admission]).cover;
    expect([days, unpricedDays, amounts]).toEqual([105, 105, []]);
  });
});

describe('the amounts of a funder', () => {
  const prices = {
    residence: { unit: 'cent-per-day', national: { '2024-01-01': 20000 } },
    'case-management': { unit: 'cent-per-hour', national: { '2024-01-01': 6000 } },
  };
  const shared = [
    { law: 'zvw', share: 60 },
    { law: 'wlz', share: 40 },
  ];
  const priced = rulesWith({ windows: [windowWith({ pays: shared })], prices });
  const visited = [...admission, time('case-management', '2024-03-06', 61)];

  it('are its share of what is shared, without losing a cent', () => {
    // 61 minutes at 60 euros an hour: 61 euros, of which 36.60 and 24.40.
    const insurer = totals('insurer:3311', [visited], { under: priced, kinds: ['handover'] }).cover;
    const careOffice = totals('care-office:5515', [visited], { under: priced, kinds: ['handover'] }).cover;
    expect(insurer.amounts).toEqual([{ basis: 'recorded', low: 3660, mid: 3660, high: 3660 }]);
    expect(careOffice.amounts).toEqual([{ basis: 'recorded', low: 2440, mid: 2440, high: 2440 }]);
  });

  it('of parts of a period add up to those of the whole', () => {
    const half = (firstDay: string, lastDay: string): number =>
      totals('care-office:5515', [visited], { under: priced, only: ['residence'], firstDay, lastDay }).cover
        .amounts[0]!.mid;
    expect(half('2024-01-01', '2024-06-30') + half('2024-07-01', '2024-12-31')).toBe(303 * 20000);
  });
});

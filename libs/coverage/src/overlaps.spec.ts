import { formatDay } from '@domeinbrug/calendar';
import { services, type Funder } from '@domeinbrug/terms';
import { fold } from '../../../test/build/answers.js';
import { admitted, caseManager, entitled, registered, wmo } from '../../../test/build/events.js';
import { rulesWith, windowWith } from '../../../test/build/rule-sets.js';
import { wholeCover } from './cover-facts.js';
import { overlapDays, OverlapTotalsAdder, type OverlapDays } from './overlaps.js';
import { paidDaysOf, type PaidClient } from './paid-days.js';

const rules = rulesWith({
  windows: [
    windowWith({
      phases: [
        { days: 14, pays: [{ law: 'zvw', share: 100 }] },
        {
          pays: [
            { law: 'zvw', share: 60 },
            { law: 'wlz', share: 40 },
          ],
        },
      ],
    }),
  ],
});
const admission: PaidClient = paidDaysOf(
  fold(
    registered('2023-01-01'),
    wmo(['guidance'], '2024-02-01', { lastDay: '2024-02-10' }),
    caseManager('2024-02-05'),
    entitled('2024-03-04'),
    admitted('2024-03-04'),
  ),
  rules,
  wholeCover,
);

/** `case-management handover 2024-03-04 - 2024-03-17 beside wlz (client)`. */
const line = ({ service, kind, from, until, beside }: OverlapDays): string =>
  `${services[service]} ${kind} ${formatDay(from)} - ${formatDay(until - 1)} beside ${beside.law} (${beside.pays})`;
const overlaps = (funder: Funder): string[] => overlapDays(admission, funder).map(line);

describe('overlaps of a funder', () => {
  it('tell beside which law, and whether that pays the same service or another one', () => {
    expect(overlaps('insurer:3311')).toEqual([
      'case-management regular 2024-02-05 - 2024-02-10 beside wmo (client)',
      'case-management handover 2024-03-04 - 2024-03-17 beside wlz (client)',
      'case-management handover 2024-03-18 - 2024-04-14 beside wlz (service)',
    ]);
    expect(overlaps('municipality:0363')).toEqual([
      'guidance regular 2024-02-05 - 2024-02-10 beside zvw (client)',
    ]);
  });

  it('are of the funder’s own services and kinds that were asked', () => {
    const own = overlapDays(admission, 'care-office:5515', { services: [services.indexOf('residence')] });
    expect(own.map(line)).toEqual(['residence regular 2024-03-04 - 2024-04-14 beside zvw (client)']);
    expect(overlapDays(admission, 'insurer:3311', { kinds: ['regular'] })).toHaveLength(1);
  });

  it('add up by law and service', () => {
    const adder = new OverlapTotalsAdder();
    const own = overlapDays(admission, 'insurer:3311');
    adder.add('a', own);
    adder.add('b', own);
    adder.add('c', []);
    const each = { service: 'case-management', clients: 2 };
    expect(adder.totals()).toEqual({
      clients: 2,
      beside: [
        { law: 'wlz', pays: 'client', ...each, days: 28 },
        { law: 'wlz', pays: 'service', ...each, days: 56 },
        { law: 'wmo', pays: 'client', ...each, days: 12 },
      ],
    });
  });
});

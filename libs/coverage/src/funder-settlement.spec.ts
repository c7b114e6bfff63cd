import { parseDay } from '@domeinbrug/calendar';
import type { JourneyEvent } from '@domeinbrug/journey';
import type { Funder } from '@domeinbrug/terms';
import { fold } from '../../../test/build/answers.js';
import { admitted, caseManager, corrected, entitled, registered } from '../../../test/build/events.js';
import { rulesWith, windowWith } from '../../../test/build/rule-sets.js';
import type { CompiledRuleSet } from './compile.js';
import { wholeCover } from './cover-facts.js';
import { FunderSettlementAdder, rulesAtPricesOf, type FunderSettlement } from './funder-settlement.js';
import { paidDaysOf, type PaidClient } from './paid-days.js';

const pricesOf = (residenceDay: number): Record<string, unknown> => ({
  residence: { unit: 'cent-per-day', national: { '2024-01-01': residenceDay } },
});
const admission = admitted('2024-03-04');
const told: JourneyEvent[] = [
  registered('2023-01-01'),
  caseManager('2023-06-01'),
  entitled('2024-03-04'),
  admission,
];
/** A correction of the day of admission, three days later. */
const learned = [...told, corrected(admission, admitted('2024-03-07'))];

interface Side {
  events: JourneyEvent[];
  rules: CompiledRuleSet;
}

function settle(funder: Funder, from: Side, to: Side): FunderSettlement {
  const march = { ...wholeCover, from: parseDay('2024-03-01'), until: parseDay('2024-04-01') };
  const station = (events: JourneyEvent[], rules: CompiledRuleSet): PaidClient =>
    paidDaysOf(fold(...events), rules, march);
  const adder = new FunderSettlementAdder(funder);
  adder.add('client', [
    station(from.events, from.rules),
    station(to.events, from.rules),
    station(to.events, rulesAtPricesOf(to.rules, from.rules)),
    station(to.events, to.rules),
  ]);
  return adder.settlement();
}

/** `residence insurer 100 -> nobody: 3 days`. */
const lines = ({ matrix }: FunderSettlement): string[] =>
  matrix.map(({ service, from, to, days }) => {
    const side = (shares: typeof from): string =>
      shares.map(({ funder, share }) => `${funder} ${share}`).join(' + ') || 'nobody';
    return `${service} ${side(from)} -> ${side(to)}: ${days} days`;
  });

const sharp = rulesWith({ prices: pricesOf(20000) });
const withWindow = rulesWith({ windows: [windowWith()], prices: pricesOf(20000) });
const dearer = rulesWith({ windows: [windowWith()], prices: pricesOf(21000) });

describe('the settlement of a funder', () => {
  it('by what became known moves days from one to another', () => {
    const careOffice = settle(
      'care-office:5515',
      { events: told, rules: sharp },
      { events: learned, rules: sharp },
    );
    expect(lines(careOffice)).toEqual([
      'residence care-office:5515 100 -> nobody: 3 days',
      'residence care-office:5515 100 -> care-office:5515 100: 25 days',
    ]);
    expect(careOffice.effects.data).toEqual({
      days: -3,
      amounts: [{ basis: 'recorded', low: -60000, mid: -60000, high: -60000 }],
    });
    expect(careOffice.effects.rules).toEqual({ days: 0, amounts: [] });
  });

  it('splits what data, rules and prices did, each on top of the one before', () => {
    const { from, to, effects } = settle(
      'care-office:5515',
      { events: told, rules: sharp },
      { events: learned, rules: dearer },
    );
    // 28 days at 200 euros; then 25 at 200; then 25 at 210.
    expect([from.amounts[0]!.mid, to.amounts[0]!.mid]).toEqual([560000, 525000]);
    expect(effects.data.amounts[0]!.mid).toBe(-60000);
    expect(effects.rules.amounts).toEqual([]);
    expect(effects.prices.amounts[0]!.mid).toBe(25000);
    expect(effects.total.amounts[0]!.mid).toBe(-35000);
  });

  it('gives a new window to the rules', () => {
    const insurer = settle(
      'insurer:3311',
      { events: told, rules: sharp },
      { events: learned, rules: withWindow },
    );
    expect(lines(insurer)).toEqual([
      'case-management nobody -> insurer:3311 100: 28 days',
      'case-management insurer:3311 100 -> insurer:3311 100: 3 days',
    ]);
    expect([insurer.effects.data.days, insurer.effects.rules.days]).toEqual([3, 25]);
    expect([insurer.from.unpricedDays, insurer.to.unpricedDays]).toEqual([3, 31]);
  });

  it('shows of another payer what kind of organisation it is', () => {
    const shared = rulesWith({
      windows: [
        windowWith({
          pays: [
            { law: 'zvw', share: 60 },
            { law: 'wlz', share: 40 },
          ],
        }),
      ],
    });
    const { matrix } = settle(
      'insurer:3311',
      { events: told, rules: sharp },
      { events: told, rules: shared },
    );
    expect(matrix[0]!.to).toEqual([
      { funder: 'insurer:3311', share: 60 },
      { funder: 'care-office', share: 40 },
    ]);
  });
});

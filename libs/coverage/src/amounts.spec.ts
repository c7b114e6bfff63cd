import { parseDay } from '@domeinbrug/calendar';
import type { Journey, JourneyEvent } from '@domeinbrug/journey';
import { loadRuleSets, readRuleSet } from '@domeinbrug/rules';
import { readFileSync } from 'node:fs';
import { costingUnder, splitCents } from './amounts.js';
import { compileRuleSet, type CompiledRuleSet } from './compile.js';
import { determineCoverage } from './determine-coverage.js';
import { settlementBetween, type SettlementRow } from './settlement.js';

const knownAt = { instant: Date.UTC(2025, 0, 1), position: '9' };
const event = (id: string, type: JourneyEvent['type'], data: object): JourneyEvent =>
  ({ source: 'urn:nld:agb:31313131:systeem:ecd', id, type, recordedAt: 0, data }) as unknown as JourneyEvent;

const admitted: JourneyEvent[] = [
  event('reg', 'client-registered', {
    firstDay: '2023-01-01',
    municipality: '0363',
    insurer: '3311',
    careOffice: '5515',
  }),
  event('cm', 'case-management-started', { firstDay: '2023-09-11', provider: '31313131' }),
  event('i', 'wlz-indication-issued', {
    decisionId: 'c1',
    decidedOn: '2024-03-04',
    firstDay: '2024-03-04',
    profile: '754',
  }),
  event('a', 'client-admitted', { provider: '42424242', firstDay: '2024-03-04', withTreatment: true }),
];
const journeyOf = (...more: JourneyEvent[]): Journey => ({
  clientId: 'client0001',
  events: [...admitted, ...more],
});

const shipped = (id: string) => ({ name: id, text: readFileSync(`rules/${id}.yaml`, 'utf8') });

function priced(base: string, extra: object = {}): CompiledRuleSet {
  const catalogue = loadRuleSets(['sharp-cut', 'six-weeks', 'split-payment'].map(shipped));
  if (!catalogue.ok) throw new Error(JSON.stringify(catalogue.problems));
  const overlay = {
    base,
    prices: {
      'case-management': { unit: 'cent-per-hour', national: { '2024-01-01': 8835 } },
      residence: { unit: 'cent-per-day', national: { '2024-01-01': 21484, '2024-03-10': 20001 } },
    },
    ...extra,
  };
  const { ruleSet, problems } = readRuleSet(overlay, catalogue.value, { inline: true });
  if (!ruleSet) throw new Error(JSON.stringify(problems));
  return compileRuleSet(ruleSet);
}

function settled(journey: Journey, from: CompiledRuleSet, to: CompiledRuleSet): SettlementRow[] {
  return settlementBetween(
    determineCoverage(journey, from, knownAt),
    determineCoverage(journey, to, knownAt),
    {
      lastDay: '2024-12-31',
      costing: { before: costingUnder(journey, from, knownAt), after: costingUnder(journey, to, knownAt) },
    },
  );
}

describe('amounts', () => {
  it('multiplies a day price by the days on which it holds', () => {
    const costing = costingUnder(journeyOf(), priced('sharp-cut'), knownAt);
    const cents = 6 * 21484 + 4 * 20001; // 4 through 9 March, then 10 through 13 March
    expect(costing('residence', 'table', parseDay('2024-03-04'), parseDay('2024-03-14'))).toEqual({
      basis: 'recorded',
      low: cents,
      mid: cents,
      high: cents,
    });
  });

  it('takes recorded minutes before anything else', () => {
    const visit = { service: 'case-management', day: '2024-03-06', minutes: 120, provider: '31313131' };
    const rows = settled(
      journeyOf(event('t', 'activity-recorded', visit)),
      priced('sharp-cut'),
      priced('six-weeks'),
    );
    expect(rows[0]!.to).toEqual([
      {
        funder: 'insurer:3311',
        share: 100,
        amounts: [{ basis: 'recorded', low: 17670, mid: 17670, high: 17670 }],
      },
    ]);
  });

  it('takes the granted volume where no minutes were recorded', () => {
    const volume = { quantity: 1, unit: 'hours', per: 'week' };
    const [reg, , ...rest] = admitted;
    const cm = event('cm', 'case-management-started', {
      firstDay: '2023-09-11',
      provider: '31313131',
      volume,
    });
    const journey = { clientId: 'client0001', events: [reg!, cm, ...rest] };
    const rows = settled(journey, priced('sharp-cut'), priced('six-weeks'));
    expect(rows[0]!.to[0]!.amounts).toEqual([{ basis: 'agreed', low: 53010, mid: 53010, high: 53010 }]); // 6 x 8835
  });

  it('assumes what the rule set says where nothing is known, as a range of its own', () => {
    const handover = { minutes: { low: 90, mid: 180, high: 360 }, per: 'window', source: 'assumption' };
    const rows = settled(journeyOf(), priced('sharp-cut'), priced('six-weeks', { assumedUse: { handover } }));
    expect(rows[0]!.to[0]!.amounts).toEqual([{ basis: 'assumed', low: 13253, mid: 26505, high: 53010 }]);
  });

  it('splits the days of a shared window without losing a cent', () => {
    const visit = { service: 'case-management', day: '2024-03-06', minutes: 41, provider: '31313131' };
    const rows = settled(
      journeyOf(event('t', 'activity-recorded', visit)),
      priced('sharp-cut'),
      priced('split-payment'),
    );
    const amounts = rows[0]!.to.map((share) => share.amounts![0]!.mid);
    expect(amounts.reduce((sum, cents) => sum + cents, 0)).toBe(Math.round((41 * 8835) / 60));
  });

  it('says nothing of what has no price or no end', () => {
    const costing = costingUnder(journeyOf(), priced('sharp-cut'), knownAt);
    expect(costing('guidance', 'table', parseDay('2024-03-04'), parseDay('2024-03-05'))).toBeNull();
    const rows = settled(journeyOf(), priced('sharp-cut'), priced('six-weeks'));
    expect(rows[0]!.to).toEqual([{ funder: 'insurer:3311', share: 100 }]);
  });

  it('gives the cents that are left to the largest remainders', () => {
    expect(splitCents(100, [50, 50])).toEqual([50, 50]);
    expect(splitCents(101, [50, 50])).toEqual([51, 50]);
    expect(splitCents(10, [70, 20, 10])).toEqual([7, 2, 1]);
    expect(splitCents(5, [34, 33, 33])).toEqual([2, 2, 1]);
  });
});

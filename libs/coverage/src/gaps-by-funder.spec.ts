import { parseDay } from '@domeinbrug/calendar';
import type { Cell, RuleSet } from '@domeinbrug/rules';
import { compileRuleSet, type CompiledRuleSet } from './compile.js';
import type { GapRow } from './coverage-timeline.js';
import { gapsByFunder } from './gaps-by-funder.js';
import type { PayerLine } from './payer-lines.js';

const because = { opened: [], closed: [], parameters: [] };
const gap = (part: Partial<GapRow> = {}): GapRow => ({
  service: 'guidance',
  firstDay: '2024-01-10',
  lastDay: '2024-02-20',
  reason: 'excluded-by-wlz',
  because,
  ...part,
});
const line = (firstDay: string | null, lastDay: string | null, part: Partial<PayerLine> = {}): PayerLine => ({
  firstDay,
  lastDay,
  municipality: '0363',
  insurer: '3311',
  careOffice: '5515',
  ...part,
});

function rulesWith(outside: Cell, national: Record<string, string> = {}): CompiledRuleSet {
  const values = Object.entries(national).map(([since, value]) => ({ since: parseDay(since), value }));
  const local = { provider: {}, insurer: {}, municipality: {}, 'care-office': {} };
  return compileRuleSet({
    cover: { guidance: [outside, 'undelivered'] },
    parameters: { payerOutside: { unit: 'choice', allowed: null, national: values, local } },
    windows: [],
    prices: {},
    assumedUse: {},
  } as unknown as RuleSet);
}

const days = (gaps: ReturnType<typeof gapsByFunder>): string[] =>
  gaps.map(({ funder, firstDay, lastDay }) => `${funder} ${firstDay}..${lastDay ?? ''}`);

test('a gap belongs to whoever is its municipality, insurer or care office on each day', () => {
  const lines = [
    line('2023-01-01', '2024-01-31'),
    line('2024-02-01', '2024-02-09', { municipality: '0518' }),
    line('2024-02-10', null, { municipality: '0518', insurer: '7095' }),
  ];
  expect(days(gapsByFunder([gap()], rulesWith('wmo'), lines))).toEqual([
    'municipality:0363 2024-01-10..2024-01-31',
    'municipality:0518 2024-02-01..2024-02-20',
  ]);
});

test('an open gap stays open', () => {
  const [open] = gapsByFunder([gap({ lastDay: null })], rulesWith('zvw'), [line('2023-01-01', null)]);
  expect(open).toMatchObject({ funder: 'insurer:3311', law: 'zvw', lastDay: null });
});

test('days without a payer and services that no law pays outside the Wlz are nobody’s', () => {
  expect(gapsByFunder([gap()], rulesWith('wmo'), [line('2023-01-01', null, { municipality: null })])).toEqual(
    [],
  );
  expect(gapsByFunder([gap()], rulesWith('none'), [line('2023-01-01', null)])).toEqual([]);
});

test('a cell that names a parameter follows its dates', () => {
  const rules = rulesWith('$payerOutside', { '2020-01-01': 'wmo', '2024-02-01': 'zvw' });
  expect(days(gapsByFunder([gap()], rules, [line(null, null)]))).toEqual([
    'municipality:0363 2024-01-10..2024-01-31',
    'insurer:3311 2024-02-01..2024-02-20',
  ]);
});

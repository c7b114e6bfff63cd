import type { CellRow, CellSums } from '../cells.js';
import { privacyRule, withoutPrivacy } from '../privacy/privacy-rule.js';
import { noRow, splitOf } from './split-between.js';

const k10 = privacyRule('k10')!;

function sums(days: number, clients: number, recorded: number): CellSums {
  return { ...noRow.baseline, days, clients, recorded };
}

function step(from: CellSums, to: CellSums, changedClients: number): CellRow {
  const change = sums(to.days - from.days, to.clients - from.clients, to.recorded - from.recorded);
  return { labels: [], baseline: from, alternative: to, change, changedClients, behind: [] };
}

const [first, known, ruled, last] = [
  sums(1_000, 40, 70_001),
  sums(990, 39, 69_302),
  sums(1_200, 41, 83_999),
  sums(1_200, 41, 90_003),
];

it('adds up to the cent', () => {
  const split = splitOf([step(first, known, 12), step(known, ruled, 20), step(ruled, last, 0)], k10)!;
  expect([split.corrections.recorded, split.rules.recorded, split.prices.recorded]).toEqual([
    -699, 14_697, 6_004,
  ]);
  expect(split.total).toMatchObject({ days: 200, recorded: 20_002 });
  expect(Object.keys(split.total)).not.toContain('clients');
});

it('is not told when few people stand behind a part, except to whom nothing is hidden', () => {
  const steps = [step(first, known, 3), step(known, ruled, 20), step(ruled, last, 0)] as const;
  expect(splitOf(steps, k10)).toBeNull();
  expect(splitOf(steps, withoutPrivacy)?.corrections.days).toBe(-10);
});

it('of nobody is nothing', () => {
  expect(splitOf([noRow, noRow, noRow], k10)?.total.days).toBe(0);
});

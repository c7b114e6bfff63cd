import { OPEN_END, type DayRange } from '@domeinbrug/calendar';
import { ownCost, paidDaysOf, wholeCover, type CompiledRuleSet, type Outcome } from '@domeinbrug/coverage';
import type { JourneyFacts } from '@domeinbrug/journey';
import { laws } from '@domeinbrug/terms';

/** What is added up at each value of a sweep: days of payers by law, needed days that nobody pays, amounts in cents. */
export const sweepSums = [
  ...laws,
  'joint',
  'gapDays',
  'pricedDays',
  'recorded',
  'agreed',
  'assumedLow',
  'assumedMid',
  'assumedHigh',
  /** Clients for whom any day is paid otherwise than at the value before; at the first value, than under the baseline. */
  'clients',
] as const;
export type SweepSum = (typeof sweepSums)[number];
export const sweepWidth = sweepSums.length;
export const placeOf = Object.fromEntries(sweepSums.map((name, at) => [name, at])) as Record<
  SweepSum,
  number
>;

/** Days of a piece, by who pays them. */
export function addDays(sums: Float64Array, { payments, gap }: Outcome, days: number): void {
  for (const { law } of payments) sums[law === null ? placeOf.joint : placeOf[law]]! += days;
  if (gap !== null) sums[placeOf.gapDays]! += days;
}

/** What a client's paid days within the period cost. */
export function addAmounts(
  sums: Float64Array,
  facts: JourneyFacts,
  rules: CompiledRuleSet,
  period: DayRange,
): void {
  const client = paidDaysOf(facts, rules, wholeCover);
  for (const row of client.paid) {
    const paid = row.until >= OPEN_END ? { ...row, until: Math.max(row.from, period.until) } : row;
    const [from, until] = [Math.max(paid.from, period.from), Math.min(paid.until, period.until)];
    if (from >= until) continue;
    for (const payment of paid.payments) {
      const cost = ownCost(client, paid, payment);
      if (!cost) continue;
      const [before, after] = [cost.before(from), cost.before(until)];
      sums[placeOf.pricedDays]! += until - from;
      if (cost.basis !== 'assumed') sums[placeOf[cost.basis]]! += after.mid - before.mid;
      else {
        sums[placeOf.assumedLow]! += after.low - before.low;
        sums[placeOf.assumedMid]! += after.mid - before.mid;
        sums[placeOf.assumedHigh]! += after.high - before.high;
      }
    }
  }
}

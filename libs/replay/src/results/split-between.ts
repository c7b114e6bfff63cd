import type { CellRow, CellSums } from '../cells.js';
import { tooFew, type PrivacyRule } from '../privacy/privacy-rule.js';

/** The sums of one station between two runs, over all funders and services; amounts in cents. */
export type StationSums = Omit<CellSums, 'clients'>;

/**
 * The difference between what two runs say of their alternatives, split so that the parts add up to the cent. The causes
 * are let in one after the other, as in a funder's settlement: what became known, then the rules, then the prices and
 * assumed uses. In another order a part may come out otherwise; the sum does not.
 */
export interface Split {
  from: StationSums;
  to: StationSums;
  corrections: StationSums;
  rules: StationSums;
  prices: StationSums;
  total: StationSums;
}

const none: CellSums = {
  days: 0,
  clients: 0,
  unpricedDays: 0,
  recorded: 0,
  agreed: 0,
  assumedLow: 0,
  assumedMid: 0,
  assumedHigh: 0,
};

/** Of nobody. */
export const noRow: CellRow = {
  labels: [],
  baseline: none,
  alternative: none,
  change: none,
  changedClients: 0,
  behind: [],
};

/**
 * @param steps from each station to the next, over everybody: with what the second run knew; under its rules at the prices
 *   of the first; at its own prices
 * @returns `null` where too few clients stand behind a part or an end
 */
export function splitOf(steps: readonly [CellRow, CellRow, CellRow], privacy: PrivacyRule): Split | null {
  const [corrections, rules, prices] = steps;
  const people = [
    corrections.baseline.clients,
    prices.alternative.clients,
    ...steps.flatMap(({ changedClients, behind }) => [changedClients, ...behind]),
  ];
  if (people.some((few) => tooFew(few, privacy.k))) return null;
  const [from, to] = [corrections.baseline, prices.alternative];
  return {
    from: sums(from),
    to: sums(to),
    corrections: sums(corrections.change),
    rules: sums(rules.change),
    prices: sums(prices.change),
    total: difference(to, from),
  };
}

function sums({ clients: _people, ...rest }: CellSums): StationSums {
  return rest;
}

function difference(to: CellSums, from: CellSums): StationSums {
  const [after, before] = [sums(to), sums(from)];
  const names = Object.keys(after) as (keyof StationSums)[];
  return Object.fromEntries(
    names.map((name) => [name, after[name] - before[name]]),
  ) as unknown as StationSums;
}

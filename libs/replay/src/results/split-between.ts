import type { CellSums } from '../cells.js';

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

/** @param stations as the first run; with what the second knew; under its rules at the prices of the first; as the second */
export function splitOf(stations: readonly [StationSums, StationSums, StationSums, StationSums]): Split {
  const [first, known, ruled, last] = stations;
  return {
    from: first,
    to: last,
    corrections: difference(known, first),
    rules: difference(ruled, known),
    prices: difference(last, ruled),
    total: difference(last, first),
  };
}

function difference(sums: StationSums, before: StationSums): StationSums {
  const names = Object.keys(sums) as (keyof StationSums)[];
  return Object.fromEntries(names.map((name) => [name, sums[name] - before[name]])) as unknown as StationSums;
}

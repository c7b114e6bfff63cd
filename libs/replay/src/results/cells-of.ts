import type { DayRange } from '@domeinbrug/calendar';
import { amountClients, AmountSum, comparedNames, type AmountSums } from '../cube/amount-cells.js';
import { monthName, monthsOf, wholeOf } from '../cube/buckets.js';
import { CubeSum, type Booked } from '../cube/cube-state.js';
import { TooManyCells, type CellKey } from '../cube/cell-table.js';
import { cellNames, type Dimension } from '../cube/dimensions.js';
import type { CellRow, Cells, CellSums } from '../cells.js';
import type { SliceState } from '../run/replay-slice.js';

/** What the cells of a run are of. */
export interface CellsAsked {
  by: readonly Dimension[];
  period: DayRange;
  /** Names of pools, by their code. */
  pools: readonly string[];
  /** No limit when left out. */
  mostRows?: number;
}

/** The cells of a run, from its slices: whole, nothing suppressed. @throws TooManyCells */
export function cellsOf(slices: readonly SliceState[], asked: CellsAsked): Cells {
  const { by, period, pools, mostRows = Infinity } = asked;
  const byMonth = by.includes('month');
  const { starts, count } = byMonth ? monthsOf(period) : wholeOf(period);
  const names = cellNames(by);
  const sums = sumsOf(slices);
  const rows: CellRow[] = [];
  for (const key of sums.keys) {
    for (let part = 0; part < count; part++) {
      const [baseline, alternative] = [sums.baseline(key, part), sums.alternative(key, part)];
      if (isNothing(baseline) && isNothing(alternative)) continue;
      const labels = names.labelsOf(key, monthName(starts[part]!), pools);
      const changedClients = sums.changed(key, part);
      if (rows.length >= mostRows) throw new TooManyCells(mostRows);
      const change = less(alternative, baseline);
      rows.push({ labels, baseline, alternative, change, changedClients, behind: sums.behind(key, part) });
    }
  }
  return {
    dimensions: by,
    rows: rows.sort((a, b) => compareLabels(a.labels, b.labels)),
    changedInAll: changedInAll(slices),
  };
}

/** For how many clients each total differs. */
export function changedInAll(slices: readonly SliceState[]): number[] {
  const counts = slices.map((slice) => [...slice.changedInAll]);
  return counts.reduce((sum, some) => sum.map((count, at) => count + some[at]!));
}

/** Where nothing has a price. */
const nobody: readonly number[] = [...amountClients, ...amountClients, ...comparedNames].map(() => 0);

interface ScenarioSums {
  keys: CellKey[];
  baseline(key: CellKey, part: number): CellSums;
  alternative(key: CellKey, part: number): CellSums;
  changed(key: CellKey, part: number): number;
  behind(key: CellKey, part: number): readonly number[];
}

/** The alternative is the baseline of all, less that of the clients who may differ, plus theirs under the alternative. */
function sumsOf(slices: readonly SliceState[]): ScenarioSums {
  const [base, other, changed] = [new CubeSum(), new CubeSum(), new CubeSum()];
  const [baseAmounts, otherAmounts] = [new AmountSum(), new AmountSum()];
  const changedAmounts = comparedNames.map(() => new CubeSum());
  for (const { baseline, before, after, changed: counts, changedAmounts: byAmount } of slices) {
    changedAmounts.forEach((sum, name) => sum.add(byAmount[name]!));
    for (const [cubes, amounts] of [
      [base, baseAmounts],
      [other, otherAmounts],
    ] as const) {
      cubes.add(baseline.cube);
      amounts.add(baseline.amounts);
    }
    other.add(before.cube, -1);
    otherAmounts.add(before.amounts, -1);
    other.add(after.cube);
    otherAmounts.add(after.amounts);
    changed.add(counts);
  }
  const isPriced = slices.some(({ baseline }) => baseline.amounts !== null);
  const behind: ScenarioSums['behind'] = (key, part) => [
    ...[baseAmounts, otherAmounts].flatMap((amounts) => {
      const booked = amounts.at(key, part);
      return amountClients.map((name) => booked[name]);
    }),
    ...changedAmounts.map((amounts) => amounts.at(key, part).clients),
  ];
  const keys = new Map([...base.keys(), ...other.keys()].map((key) => [key.join(' '), key]));
  return {
    keys: [...keys.values()],
    baseline: (key, part) => sumsAt(base.at(key, part), baseAmounts.at(key, part)),
    alternative: (key, part) => sumsAt(other.at(key, part), otherAmounts.at(key, part)),
    changed: (key, part) => changed.at(key, part).clients,
    behind: isPriced ? behind : () => nobody,
  };
}

export function sumsAt({ days, clients }: Booked, booked: AmountSums): CellSums {
  const { pricedDays, recorded, agreed, assumedLow, assumedMid, assumedHigh } = booked;
  const unpricedDays = days - pricedDays;
  return { days, clients, unpricedDays, recorded, agreed, assumedLow, assumedMid, assumedHigh };
}

function isNothing({ days }: CellSums): boolean {
  return days === 0;
}

/** What one comes to more than the other. */
export function less(sums: CellSums, others: CellSums): CellSums {
  const names = Object.keys(sums) as (keyof CellSums)[];
  return Object.fromEntries(names.map((name) => [name, sums[name] - others[name]])) as unknown as CellSums;
}

/** By code point, label by label; unknown comes first. */
export function compareLabels(a: readonly (string | null)[], b: readonly (string | null)[]): number {
  for (const [at, label] of a.entries()) {
    const other = b[at]!;
    if (label !== other) return label === null || (other !== null && label < other) ? -1 : 1;
  }
  return 0;
}

import type { Day } from '@domeinbrug/calendar';
import type { DaysCost } from '@domeinbrug/coverage';
import type { Buckets } from './buckets.js';
import { CellTable, type CellKey } from './cell-table.js';

/** What is added up of a cell and part: the days of which price and use are known, and their whole cents by basis. */
export const amountNames = [
  'pricedDays',
  'recorded',
  'agreed',
  'assumedLow',
  'assumedMid',
  'assumedHigh',
] as const;
export type AmountName = (typeof amountNames)[number];
export type AmountSums = Record<AmountName, number>;

/** As numbers to be posted: of cell n, part p the sums begin at 6 times (n times the parts, plus p). */
export interface AmountState {
  parts: number;
  keys: Int32Array;
  sums: Float64Array;
}

const width = amountNames.length;
const firstOf = {
  recorded: amountNames.indexOf('recorded'),
  agreed: amountNames.indexOf('agreed'),
  assumed: amountNames.indexOf('assumedLow'),
};

/** Adds up amounts by cell and part of the period. */
export class AmountCells {
  private readonly cells: CellTable;
  private sums = new Float64Array(0);

  constructor(
    private readonly buckets: Buckets,
    mostCells: number,
  ) {
    this.cells = new CellTable(mostCells);
  }

  /** @param cost of the whole range that these days are part of */
  add([a, b, c]: CellKey, from: Day, until: Day, cost: DaysCost): void {
    const { starts, ofDay, period, count } = this.buckets;
    const base = this.cells.numberOf(a, b, c) * count;
    this.makeRoom(width * (base + count));
    const last = ofDay[until - 1 - period.from]!;
    for (let part = ofDay[from - period.from]!; part <= last; part++) {
      const [start, end] = [Math.max(from, starts[part]!), Math.min(until, starts[part + 1]!)];
      const place = width * (base + part);
      this.sums[place]! += end - start;
      this.addCost(place, cost, start, end);
    }
  }

  private addCost(place: number, cost: DaysCost, from: Day, until: Day): void {
    const [before, after] = [cost.before(from), cost.before(until)];
    const first = place + firstOf[cost.basis];
    if (cost.basis !== 'assumed') {
      this.sums[first]! += after.mid - before.mid;
      return;
    }
    this.sums[first]! += after.low - before.low;
    this.sums[first + 1]! += after.mid - before.mid;
    this.sums[first + 2]! += after.high - before.high;
  }

  private makeRoom(room: number): void {
    if (room <= this.sums.length) return;
    const larger = new Float64Array(2 * room);
    larger.set(this.sums);
    this.sums = larger;
  }

  state(): AmountState {
    const { size } = this.cells;
    const keys = Int32Array.from(Array.from({ length: size }, (_, cell) => this.cells.keyOf(cell)).flat());
    return { parts: this.buckets.count, keys, sums: this.sums.slice(0, width * size * this.buckets.count) };
  }
}

export function noAmounts(): AmountSums {
  return { pricedDays: 0, recorded: 0, agreed: 0, assumedLow: 0, assumedMid: 0, assumedHigh: 0 };
}

/** Amounts of different clients as one. */
export class AmountSum {
  private readonly cells = new Map<string, { key: CellKey; parts: AmountSums[] }>();

  /** @param state `null` under rules without prices */
  add(state: AmountState | null, times: 1 | -1 = 1): void {
    if (state === null) return;
    const { parts, keys, sums } = state;
    for (let cell = 0; 3 * cell < keys.length; cell++) {
      const key: CellKey = [keys[3 * cell]!, keys[3 * cell + 1]!, keys[3 * cell + 2]!];
      for (let part = 0; part < parts; part++) {
        const sum = this.partsOf(key, parts)[part]!;
        amountNames.forEach((name, at) => (sum[name] += times * sums[width * (parts * cell + part) + at]!));
      }
    }
  }

  at(key: CellKey, part: number): AmountSums {
    return this.cells.get(key.join(' '))?.parts[part] ?? noAmounts();
  }

  private partsOf(key: CellKey, parts: number): AmountSums[] {
    const name = key.join(' ');
    let cell = this.cells.get(name);
    if (!cell) this.cells.set(name, (cell = { key, parts: Array.from({ length: parts }, noAmounts) }));
    return cell.parts;
  }
}

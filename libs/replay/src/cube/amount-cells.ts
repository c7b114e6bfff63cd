import type { Day } from '@domeinbrug/calendar';
import type { DaysCost } from '@domeinbrug/coverage';
import type { Buckets } from './buckets.js';
import { CellTable, type CellKey } from './cell-table.js';
import { ChangedCells } from './changed-cells.js';
import type { CubeState } from './cube-state.js';

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

/** Distinct clients with an amount on each basis, and with days of which price or use is unknown. */
export const amountClients = [
  'recordedClients',
  'agreedClients',
  'assumedClients',
  'unpricedClients',
] as const;
export type AmountClients = Record<(typeof amountClients)[number], number>;

const bookedNames = [...amountNames, ...amountClients] as const;
export type BookedAmounts = AmountSums & AmountClients;

/** As numbers to be posted: of cell n, part p the sums begin at 10 times (n times the parts, plus p). */
export interface AmountState {
  parts: number;
  keys: Int32Array;
  sums: Float64Array;
}

const width = bookedNames.length;
const placeOf = Object.fromEntries(bookedNames.map((name, at) => [name, at])) as Record<
  keyof BookedAmounts,
  number
>;
const unpriced = amountClients.indexOf('unpricedClients');
const clientsOf = { recorded: 0, agreed: 1, assumed: 2 };

/** Adds up amounts by cell and part of the period. Clients come one after the other. */
export class AmountCells {
  private readonly cells: CellTable;
  private sums = new Float64Array(0);
  /** By place and group of {@link amountClients} the client that was counted last. */
  private lastClient = new Int32Array(0);

  constructor(
    private readonly buckets: Buckets,
    mostCells: number,
  ) {
    this.cells = new CellTable(mostCells);
  }

  /**
   * @param cost of the whole range that these days are part of; `null` = not known
   * @param client a number of its own, not negative
   */
  add(key: CellKey, from: Day, until: Day, cost: DaysCost | null, client: number): void {
    const base = this.placeOf(key);
    forEachPart(this.buckets, from, until, (part, start, end) => {
      this.count(base + part, cost === null ? unpriced : clientsOf[cost.basis], client);
      if (cost !== null) addCost(this.sums, width * (base + part), cost, start, end);
    });
  }

  private placeOf([a, b, c]: CellKey): number {
    const base = this.cells.numberOf(a, b, c) * this.buckets.count;
    const places = base + this.buckets.count;
    if (width * places > this.sums.length) this.grow(2 * places);
    return base;
  }

  private count(place: number, group: number, client: number): void {
    const at = amountClients.length * place + group;
    if (this.lastClient[at] === client) return;
    this.lastClient[at] = client;
    this.sums[width * place + amountNames.length + group]! += 1;
  }

  private grow(places: number): void {
    const [sums, lastClient] = [this.sums, this.lastClient];
    this.sums = new Float64Array(width * places);
    this.sums.set(sums);
    this.lastClient = new Int32Array(amountClients.length * places).fill(-1);
    this.lastClient.set(lastClient);
  }

  state(): AmountState {
    const { size } = this.cells;
    const keys = Int32Array.from(Array.from({ length: size }, (_, cell) => this.cells.keyOf(cell)).flat());
    return { parts: this.buckets.count, keys, sums: this.sums.slice(0, width * size * this.buckets.count) };
  }
}

/** What is compared of amounts: each of them, and the days without. */
export const comparedNames = [...amountNames, 'unpricedDays'] as const;
const daysWithout = comparedNames.length - 1;

/** For how many clients an amount of a cell and part differs between two rule sets, each by itself. */
export class ChangedAmounts {
  private readonly changed: ChangedCells[];
  private readonly sums = new Float64Array(comparedNames.length);
  /** Of the client in hand, over all cells; and for how many clients that differs. */
  private readonly net = new Float64Array(comparedNames.length);
  private readonly changedInAll = new Float64Array(comparedNames.length);

  constructor(
    private readonly buckets: Buckets,
    mostCells: number,
  ) {
    this.changed = comparedNames.map(() => new ChangedCells(buckets, mostCells));
  }

  /**
   * @param cost `null` = not known
   * @param times -1 under the baseline, 1 under the alternative
   */
  add(key: CellKey, from: Day, until: Day, cost: DaysCost | null, times: 1 | -1): void {
    forEachPart(this.buckets, from, until, (part, start, end) => {
      this.sums.fill(0);
      if (cost === null) this.sums[daysWithout] = end - start;
      else addCost(this.sums, 0, cost, start, end);
      this.sums.forEach((sum, name) => {
        this.changed[name]!.bookPart(key, part, times * sum);
        this.net[name]! += times * sum;
      });
    });
  }

  endClient(): void {
    for (const cells of this.changed) cells.endClient();
    this.net.forEach((sum, name) => {
      if (sum !== 0) this.changedInAll[name]! += 1;
    });
    this.net.fill(0);
  }

  /** By {@link comparedNames}, for how many clients the sum over all cells differs. */
  inAll(): Float64Array {
    return this.changedInAll;
  }

  /** By {@link comparedNames}. */
  states(): CubeState[] {
    return this.changed.map((cells) => cells.state());
  }
}

function forEachPart(
  { starts, ofDay, period }: Buckets,
  from: Day,
  until: Day,
  visit: (part: number, start: Day, end: Day) => void,
): void {
  const last = ofDay[until - 1 - period.from]!;
  for (let part = ofDay[from - period.from]!; part <= last; part++)
    visit(part, Math.max(from, starts[part]!), Math.min(until, starts[part + 1]!));
}

function addCost(sums: Float64Array, place: number, cost: DaysCost, from: Day, until: Day): void {
  const [before, after] = [cost.before(from), cost.before(until)];
  sums[place]! += until - from;
  if (cost.basis !== 'assumed') {
    sums[place + placeOf[cost.basis]]! += after.mid - before.mid;
    return;
  }
  sums[place + placeOf.assumedLow]! += after.low - before.low;
  sums[place + placeOf.assumedMid]! += after.mid - before.mid;
  sums[place + placeOf.assumedHigh]! += after.high - before.high;
}

export function noAmounts(): BookedAmounts {
  return Object.fromEntries(bookedNames.map((name) => [name, 0])) as BookedAmounts;
}

/** Amounts of different clients as one. */
export class AmountSum {
  private readonly cells = new Map<string, { key: CellKey; parts: BookedAmounts[] }>();

  /** @param state `null` where nothing has a price */
  add(state: AmountState | null, times: 1 | -1 = 1): void {
    if (state === null) return;
    const { parts, keys, sums } = state;
    for (let cell = 0; 3 * cell < keys.length; cell++) {
      const key: CellKey = [keys[3 * cell]!, keys[3 * cell + 1]!, keys[3 * cell + 2]!];
      for (let part = 0; part < parts; part++) {
        const sum = this.partsOf(key, parts)[part]!;
        bookedNames.forEach((name, at) => (sum[name] += times * sums[width * (parts * cell + part) + at]!));
      }
    }
  }

  at(key: CellKey, part: number): BookedAmounts {
    return this.cells.get(key.join(' '))?.parts[part] ?? noAmounts();
  }

  private partsOf(key: CellKey, parts: number): BookedAmounts[] {
    const name = key.join(' ');
    let cell = this.cells.get(name);
    if (!cell) this.cells.set(name, (cell = { key, parts: Array.from({ length: parts }, noAmounts) }));
    return cell.parts;
  }
}

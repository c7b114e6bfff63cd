import type { Day } from '@domeinbrug/calendar';
import type { Buckets } from './buckets.js';
import { CellTable, type CellKey } from './cell-table.js';
import type { CubeState } from './cube-state.js';

/**
 * For how many clients the days of a cell and part differ between two rule sets. A client's days are booked under one,
 * taken away under the other, and what is left at its end counts. Only for clients that may differ: a piece costs as
 * many steps as it has months.
 */
export class ChangedCells {
  private readonly cells: CellTable;
  private net = new Float64Array(0);
  private counts = new Float64Array(0);
  private touched: number[] = [];

  constructor(
    private readonly buckets: Buckets,
    mostCells: number,
  ) {
    this.cells = new CellTable(mostCells);
  }

  /** @param times -1 under the baseline, 1 under the alternative */
  book(a: number, b: number, c: number, from: Day, until: Day, times: 1 | -1): void {
    const { starts, ofDay, period } = this.buckets;
    const base = this.baseOf(a, b, c);
    const last = ofDay[until - 1 - period.from]!;
    for (let part = ofDay[from - period.from]!; part <= last; part++)
      this.add(base + part, times * (Math.min(until, starts[part + 1]!) - Math.max(from, starts[part]!)));
  }

  /** Anything else than days that belongs to one part. */
  bookPart([a, b, c]: CellKey, part: number, amount: number): void {
    if (amount !== 0) this.add(this.baseOf(a, b, c) + part, amount);
  }

  private baseOf(a: number, b: number, c: number): number {
    const base = this.cells.numberOf(a, b, c) * this.buckets.count;
    if (base >= this.net.length) this.grow();
    return base;
  }

  private add(place: number, amount: number): void {
    this.net[place]! += amount;
    this.touched.push(place);
  }

  /** @returns whether anything differs for the client */
  endClient(): boolean {
    let differs = false;
    for (const place of this.touched) {
      if (this.net[place] === 0) continue; // equal, or counted already
      this.counts[place]! += 1;
      this.net[place] = 0;
      differs = true;
    }
    this.touched = [];
    return differs;
  }

  state(): CubeState {
    const parts = this.buckets.count;
    const keys = Int32Array.from(
      Array.from({ length: this.cells.size }, (_, cell) => this.cells.keyOf(cell)).flat(),
    );
    const clients = this.counts.slice(0, parts * this.cells.size);
    return { parts, keys, days: new Float64Array(clients.length), clients };
  }

  private grow(): void {
    const room = Math.max(64 * this.buckets.count, 2 * this.net.length);
    const enlarged = (before: Float64Array): Float64Array<ArrayBuffer> => {
      const larger = new Float64Array(room);
      larger.set(before);
      return larger;
    };
    this.net = enlarged(this.net);
    this.counts = enlarged(this.counts);
  }
}

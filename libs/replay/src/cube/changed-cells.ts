import type { Day } from '@domeinbrug/calendar';
import type { Buckets } from './buckets.js';
import { CellTable } from './cell-table.js';
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
    const { starts, ofDay, period, count } = this.buckets;
    const base = this.cells.numberOf(a, b, c) * count;
    if (base >= this.net.length) this.grow();
    const last = ofDay[until - 1 - period.from]!;
    for (let part = ofDay[from - period.from]!; part <= last; part++) {
      const days = Math.min(until, starts[part + 1]!) - Math.max(from, starts[part]!);
      this.net[base + part]! += times * days;
      this.touched.push(base + part);
    }
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

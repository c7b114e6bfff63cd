import type { Day } from '@domeinbrug/calendar';
import type { Buckets } from './buckets.js';
import { CellTable, TooManyCells, type CellKey } from './cell-table.js';

/** Days and distinct clients of one cell, by part of the period. */
export interface CubeCell {
  key: CellKey;
  days: Float64Array;
  clients: Float64Array;
}

/**
 * Adds up days and distinct clients by cell and part of the period, in constant time a piece however many months it
 * runs: the days of its first and last month, and one more and one less in a count of whole months that is added up at
 * the end. Clients come one after the other; within a client in any order.
 */
export class Cube {
  /** Whole numbers above 2^31 occur: a country's days of one year. */
  private days = new Float64Array(0);
  private wholeParts = new Int32Array(0);
  private clients = new Int32Array(0);
  /** By cell the client it was last booked for, and the parts in which that client counts already, 32 to a word. */
  private lastClient = new Int32Array(0);
  private counted = new Int32Array(0);
  private readonly cells: CellTable;
  private readonly words: number;
  private room = 0;
  /** Parts of cells with any client: each is a row of the answer. */
  private rows = 0;

  /** @param mostRows no limit when left out */
  constructor(
    readonly buckets: Buckets,
    mostCells: number,
    private readonly mostRows = Infinity,
  ) {
    this.cells = new CellTable(mostCells);
    this.words = (buckets.count + 31) >> 5;
  }

  get size(): number {
    return this.cells.size;
  }

  /**
   * Books `[from, until)`, which lies in the period, for a client.
   *
   * @param client a number of its own, not negative
   * @returns the number of the cell
   * @throws TooManyCells
   */
  add(a: number, b: number, c: number, from: Day, until: Day, client: number): number {
    const cell = this.cells.numberOf(a, b, c);
    if (cell >= this.room) this.grow();
    const { starts, ofDay, period, count } = this.buckets;
    const first = ofDay[from - period.from]!;
    const last = ofDay[until - 1 - period.from]!;
    const base = cell * count;
    if (first === last) {
      this.days[base + first]! += until - from;
    } else {
      this.days[base + first]! += starts[first + 1]! - from;
      this.days[base + last]! += until - starts[last]!;
      if (last > first + 1) {
        this.wholeParts[base + first + 1]! += 1;
        this.wholeParts[base + last]! -= 1;
      }
    }
    this.count(cell, first, last, client);
    return cell;
  }

  /** Each part of the period counts a client once. */
  private count(cell: number, first: number, last: number, client: number): void {
    const base = cell * this.words;
    if (this.lastClient[cell] !== client) {
      this.lastClient[cell] = client;
      for (let word = 0; word < this.words; word++) this.counted[base + word] = 0;
    }
    for (let word = first >> 5; word <= last >> 5; word++) {
      const before = this.counted[base + word]!;
      const wanted = bitsBetween(Math.max(first - (word << 5), 0), Math.min(last - (word << 5), 31));
      if ((wanted & ~before) === 0) continue;
      this.counted[base + word] = before | wanted;
      this.countNew(cell, word, wanted & ~before);
    }
  }

  private countNew(cell: number, word: number, fresh: number): void {
    const base = cell * this.buckets.count + (word << 5);
    for (let left = fresh; left !== 0; left &= left - 1) {
      const part = base + 31 - Math.clz32(left & -left);
      if (this.clients[part] === 0) this.rows += 1;
      this.clients[part]! += 1;
    }
    if (this.rows > this.mostRows) throw new TooManyCells(this.mostRows);
  }

  private grow(): void {
    this.room = Math.max(64, 2 * this.room);
    const { count } = this.buckets;
    this.days = enlarged(this.days, new Float64Array(this.room * count));
    this.wholeParts = enlarged(this.wholeParts, new Int32Array(this.room * count));
    this.clients = enlarged(this.clients, new Int32Array(this.room * count));
    this.lastClient = enlarged(this.lastClient, new Int32Array(this.room).fill(-1));
    this.counted = enlarged(this.counted, new Int32Array(this.room * this.words));
  }

  /** What has been booked, in order of first booking. */
  *all(): Generator<CubeCell> {
    const { count, starts } = this.buckets;
    for (let cell = 0; cell < this.cells.size; cell++) {
      const days = this.days.slice(cell * count, (cell + 1) * count);
      let whole = 0;
      for (let part = 0; part < count; part++) {
        whole += this.wholeParts[cell * count + part]!;
        days[part]! += whole * (starts[part + 1]! - starts[part]!);
      }
      const clients = Float64Array.from(this.clients.subarray(cell * count, (cell + 1) * count));
      yield { key: this.cells.keyOf(cell), days, clients };
    }
  }
}

/** The bits from one place to another, both included. */
function bitsBetween(first: number, last: number): number {
  return (-1 << first) & (-1 >>> (31 - last));
}

function enlarged<T extends Float64Array | Int32Array>(before: T, larger: T): T {
  larger.set(before);
  return larger;
}

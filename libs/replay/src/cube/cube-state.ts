import { CellTable, type CellKey } from './cell-table.js';
import type { Cube } from './cube.js';

/** What a cube holds, as plain numbers to be posted between threads: the figures of cell n begin at n times the parts. */
export interface CubeState {
  parts: number;
  keys: Int32Array;
  days: Float64Array;
  clients: Float64Array;
}

export function stateOf(cube: Cube): CubeState {
  const parts = cube.buckets.count;
  const state: CubeState = {
    parts,
    keys: new Int32Array(3 * cube.size),
    days: new Float64Array(parts * cube.size),
    clients: new Float64Array(parts * cube.size),
  };
  let cell = 0;
  for (const { key, days, clients } of cube.all()) {
    state.keys.set(key, 3 * cell);
    state.days.set(days, parts * cell);
    state.clients.set(clients, parts * cell);
    cell++;
  }
  return state;
}

/** Figures of one cell and part. */
export interface Booked {
  days: number;
  clients: number;
}

/** Cubes of different clients as one: whole numbers, so the order in which they are added makes no difference. */
export class CubeSum {
  private readonly cells = new CellTable(Infinity);
  private days = new Float64Array(0);
  private clients = new Float64Array(0);
  private parts = 0;

  add({ parts, keys, days, clients }: CubeState, times: 1 | -1 = 1): void {
    this.parts = parts;
    for (let from = 0; 3 * from < keys.length; from++) {
      const to = this.cells.numberOf(keys[3 * from]!, keys[3 * from + 1]!, keys[3 * from + 2]!);
      this.makeRoom(parts * (to + 1));
      for (let part = 0; part < parts; part++) {
        this.days[parts * to + part]! += times * days[parts * from + part]!;
        this.clients[parts * to + part]! += times * clients[parts * from + part]!;
      }
    }
  }

  /** Nothing when no client was ever booked there. */
  at(key: CellKey, part: number): Booked {
    const cell = this.cells.find(...key);
    if (cell === undefined) return { days: 0, clients: 0 };
    return { days: this.days[this.parts * cell + part]!, clients: this.clients[this.parts * cell + part]! };
  }

  /** In no order that means anything. */
  keys(): CellKey[] {
    return Array.from({ length: this.cells.size }, (_, cell) => this.cells.keyOf(cell));
  }

  private makeRoom(room: number): void {
    if (room <= this.days.length) return;
    this.days = larger(this.days, 2 * room);
    this.clients = larger(this.clients, 2 * room);
  }
}

function larger(before: Float64Array, room: number): Float64Array<ArrayBuffer> {
  const enlarged = new Float64Array(room);
  enlarged.set(before);
  return enlarged;
}

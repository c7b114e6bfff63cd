import type { CellKey } from './cell-table.js';
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
  private readonly cells = new Map<string, { key: CellKey; parts: Booked[] }>();

  add({ parts, keys, days, clients }: CubeState, times: 1 | -1 = 1): void {
    for (let cell = 0; 3 * cell < keys.length; cell++) {
      const key: CellKey = [keys[3 * cell]!, keys[3 * cell + 1]!, keys[3 * cell + 2]!];
      const sums = this.partsOf(key, parts);
      for (let part = 0; part < parts; part++) {
        sums[part]!.days += times * days[parts * cell + part]!;
        sums[part]!.clients += times * clients[parts * cell + part]!;
      }
    }
  }

  private partsOf(key: CellKey, parts: number): Booked[] {
    const name = key.join(' ');
    let cell = this.cells.get(name);
    if (!cell) {
      cell = { key, parts: Array.from({ length: parts }, () => ({ days: 0, clients: 0 })) };
      this.cells.set(name, cell);
    }
    return cell.parts;
  }

  /** Nothing when no client was ever booked there. */
  at(key: CellKey, part: number): Booked {
    return this.cells.get(key.join(' '))?.parts[part] ?? { days: 0, clients: 0 };
  }

  keys(): CellKey[] {
    return [...this.cells.values()].map(({ key }) => key);
  }
}

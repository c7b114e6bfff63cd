import type { Generation } from './generation.js';

/**
 * Numbers that never decrease, in four bytes each: a distance from a base, and another base wherever the distance
 * would not fit. Exact up to 2^53, which for a log whose positions are byte offsets is 9 petabytes.
 */
export class RisingNumbers {
  private readonly distance: Uint32Array;
  private readonly bases: { name: 'positionBases' | 'momentBases'; first: Uint32Array; base: Float64Array };

  constructor(
    private readonly generation: Generation,
    private readonly name: 'positions' | 'moments',
  ) {
    const { tables } = generation;
    const bases = name === 'positions' ? 'positionBases' : 'momentBases';
    this.distance = tables[name].distance;
    this.bases = { name: bases, ...tables[bases] };
  }

  get length(): number {
    return this.generation.used(this.name);
  }

  push(value: number): void {
    const { distance, bases } = this;
    const rows = this.length;
    const last = this.generation.used(bases.name) - 1;
    if (last < 0 || value - bases.base[last]! > 0xffffffff) {
      bases.first[last + 1] = rows;
      bases.base[last + 1] = value;
      this.generation.setUsed(bases.name, last + 2);
      distance[rows] = 0;
    } else {
      distance[rows] = value - bases.base[last]!;
    }
    this.generation.setUsed(this.name, rows + 1);
  }

  /** @param place from 0 */
  at(place: number): number {
    const { distance, bases } = this;
    const base = lastAtMost(this.generation.used(bases.name), (at) => bases.first[at]!, place);
    return bases.base[base]! + distance[place]!;
  }

  /** How many of the first `length` numbers are at most `value`. */
  countAtMost(value: number, length: number): number {
    return lastAtMost(length, (at) => this.at(at), value) + 1;
  }
}

/** The last of `length` ascending numbers that is at most `value`; -1 when there is none. */
export function lastAtMost(length: number, at: (place: number) => number, value: number): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (at(middle) <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

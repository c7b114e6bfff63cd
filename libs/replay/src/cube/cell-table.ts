/** What tells one cell from another: up to three whole numbers of 32 bits, packed by whoever names the cells. */
export type CellKey = readonly [number, number, number];

/** Cells that occur, numbered in order of first use: a dictionary of whole numbers by open addressing. */
export class CellTable {
  private keys = new Int32Array(3 * firstRoom);
  private places = new Int32Array(2 * firstRoom);
  private used = 0;

  /** @param mostCells more than these do not fit in memory beside everything else */
  constructor(private readonly mostCells: number) {}

  get size(): number {
    return this.used;
  }

  /**
   * The number of the cell with this key, a new one when it is the first time.
   * @throws TooManyCells
   */
  numberOf(a: number, b: number, c: number): number {
    const mask = this.places.length - 1;
    for (let place = spread(a, b, c) & mask; ; place = (place + 1) & mask) {
      const cell = this.places[place]! - 1;
      if (cell < 0) return this.add(place, a, b, c);
      if (this.isAt(cell, a, b, c)) return cell;
    }
  }

  /** The number of the cell with this key; `undefined` when there is none. */
  find(a: number, b: number, c: number): number | undefined {
    const mask = this.places.length - 1;
    for (let place = spread(a, b, c) & mask; ; place = (place + 1) & mask) {
      const cell = this.places[place]! - 1;
      if (cell < 0) return undefined;
      if (this.isAt(cell, a, b, c)) return cell;
    }
  }

  keyOf(cell: number): CellKey {
    return [this.keys[3 * cell]!, this.keys[3 * cell + 1]!, this.keys[3 * cell + 2]!];
  }

  private isAt(cell: number, a: number, b: number, c: number): boolean {
    const { keys } = this;
    return keys[3 * cell] === a && keys[3 * cell + 1] === b && keys[3 * cell + 2] === c;
  }

  private add(place: number, a: number, b: number, c: number): number {
    if (this.used >= this.mostCells) throw new TooManyCells(this.mostCells);
    const cell = this.used++;
    if (3 * cell >= this.keys.length) this.keys = grown(this.keys);
    this.keys.set([a, b, c], 3 * cell);
    this.places[place] = cell + 1;
    if (2 * this.used > this.places.length) this.spreadOut();
    return cell;
  }

  private spreadOut(): void {
    const mask = 2 * this.places.length - 1;
    this.places = new Int32Array(mask + 1);
    for (let cell = 0; cell < this.used; cell++) {
      let place = spread(...this.keyOf(cell)) & mask;
      while (this.places[place] !== 0) place = (place + 1) & mask;
      this.places[place] = cell + 1;
    }
  }
}

/** The cells of a question would not fit in memory. */
export class TooManyCells extends Error {
  override readonly name = 'TooManyCells';

  constructor(mostCells: number) {
    super(
      `The answer would have more than ${mostCells.toLocaleString('en')} cells; ask for fewer dimensions or a shorter period.`,
    );
  }
}

const firstRoom = 1024;

function spread(a: number, b: number, c: number): number {
  let mixed = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b) ^ Math.imul(c, 0xc2b2ae35);
  mixed ^= mixed >>> 15;
  return Math.imul(mixed, 0x2c1b3c6d) ^ (mixed >>> 12);
}

function grown(array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(2 * array.length);
  larger.set(array);
  return larger;
}

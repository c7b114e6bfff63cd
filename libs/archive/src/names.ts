import type { Generation } from './generation.js';

/** Lists of text, and the table that each one's bytes lie in. */
const bytesOf = {
  clientNames: 'clientNameBytes',
  pools: 'poolBytes',
  volumes: 'volumeBytes',
} as const;

/** Texts in order of first use, as UTF-8 one behind another. */
export class Names {
  private readonly decoded: string[] = [];

  constructor(
    private readonly generation: Generation,
    private readonly name: keyof typeof bytesOf,
  ) {}

  get length(): number {
    return this.generation.used(this.name);
  }

  /** The text's place. The caller sees to it that there is room. */
  push(text: string): number {
    const place = this.length;
    const bytes = Buffer.from(text);
    const start = this.generation.used(bytesOf[this.name]);
    this.generation.tables[bytesOf[this.name]].byte.set(bytes, start);
    this.generation.tables[this.name].end[place] = start + bytes.length;
    this.generation.setUsed(bytesOf[this.name], start + bytes.length);
    this.generation.setUsed(this.name, place + 1);
    return place;
  }

  at(place: number): string {
    const { end } = this.generation.tables[this.name];
    const start = place === 0 ? 0 : end[place - 1]!;
    const { byte } = this.generation.tables[bytesOf[this.name]];
    return Buffer.from(byte.subarray(start, end[place])).toString();
  }

  /** Overwrites a text with zeros. */
  blot(place: number): void {
    const { end } = this.generation.tables[this.name];
    const start = place === 0 ? 0 : end[place - 1]!;
    this.generation.tables[bytesOf[this.name]].byte.fill(0, start, end[place]);
  }

  /** All of them; the list grows as more come, and its members never change. */
  all(): readonly string[] {
    for (let place = this.decoded.length; place < this.length; place++) this.decoded.push(this.at(place));
    return this.decoded;
  }
}

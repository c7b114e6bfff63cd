import type { Generation } from './generation.js';
import { Names } from './names.js';

/** A pseudonym as it is stored: 128 bits, or the hash of one that is spelled out. */
interface Key {
  words: readonly [number, number, number, number];
  spelled: boolean;
}

/** Stands in the column `spelled` of a client of whom nothing is kept but the number. */
const FORGOTTEN = 2;

/** Whether nothing is kept of a client. */
export function isForgotten({ tables }: Generation, number: number): boolean {
  return tables.clients.spelled[number] === FORGOTTEN;
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const valueOf = new Int8Array(128).fill(-1);
[...letters].forEach((letter, value) => (valueOf[letter.charCodeAt(0)] = value));

/**
 * Pseudonyms and the numbers of their clients. Those that the product makes (base32 of 128 bits, 26 letters) take
 * 16 bytes; others (8 to 64 letters and digits) are spelled out. Found by hash, in a table of open slots.
 */
export class ClientTable {
  private readonly names: Names;

  constructor(private readonly generation: Generation) {
    this.names = new Names(generation, 'clientNames');
  }

  /** The client's number, or `undefined` when it has none. */
  numberOf(client: string): number | undefined {
    const key = keyOf(client);
    const { client: slots } = this.generation.tables.slots;
    for (let slot = this.firstSlot(key.words); ; slot = (slot + 1) % slots.length) {
      const taken = Atomics.load(slots, slot);
      if (taken === 0) return undefined;
      if (this.isKey(taken - 1, key, client)) return taken - 1;
    }
  }

  /** Numbers a client that has none. It counts once the caller has raised the number of clients. */
  add(client: string): number {
    const { words, spelled } = keyOf(client);
    const number = this.generation.used('clients');
    const { clients } = this.generation.tables;
    clients.key0[number] = spelled ? this.names.push(client) : words[0];
    clients.key1[number] = words[1];
    clients.key2[number] = words[2];
    clients.key3[number] = words[3];
    clients.spelled[number] = spelled ? 1 : 0;
    this.occupy(number, words);
    return number;
  }

  clientAt(number: number): string {
    const { key0, spelled } = this.generation.tables.clients;
    if (spelled[number] === FORGOTTEN) return '';
    return spelled[number] ? this.names.at(key0[number]!) : textOf(this.wordsAt(number));
  }

  /** From here on the number is nobody's. A name that was spelled out is overwritten. */
  forget(number: number): void {
    const { clients } = this.generation.tables;
    const place = clients.spelled[number] === 1 ? clients.key0[number] : undefined;
    clients.spelled[number] = FORGOTTEN;
    for (const key of [clients.key0, clients.key1, clients.key2, clients.key3]) key[number] = 0;
    if (place !== undefined) this.names.blot(place);
  }

  /** Fills the slots of an archive that was read back. */
  fillSlots(): void {
    for (let number = 0; number < this.generation.used('clients'); number++) {
      const spelled = this.generation.tables.clients.spelled[number];
      if (spelled === FORGOTTEN) continue;
      this.occupy(number, spelled ? keyOf(this.clientAt(number)).words : this.wordsAt(number));
    }
  }

  private occupy(number: number, words: Key['words']): void {
    const { client: slots } = this.generation.tables.slots;
    let slot = this.firstSlot(words);
    while (slots[slot] !== 0) slot = (slot + 1) % slots.length;
    Atomics.store(slots, slot, number + 1);
  }

  private firstSlot(words: Key['words']): number {
    const mixed = Math.imul(words[0] ^ words[1], 0x9e3779b1) ^ Math.imul(words[2] ^ words[3], 0x85ebca6b);
    return (mixed >>> 0) % this.generation.capacity('slots');
  }

  private isKey(number: number, { words, spelled }: Key, client: string): boolean {
    const { clients } = this.generation.tables;
    if (clients.spelled[number] !== (spelled ? 1 : 0) || clients.key1[number] !== words[1]) return false;
    return spelled
      ? this.clientAt(number) === client
      : this.wordsAt(number).every((word, at) => word === words[at]);
  }

  private wordsAt(number: number): Key['words'] {
    const { key0, key1, key2, key3 } = this.generation.tables.clients;
    return [key0[number]!, key1[number]!, key2[number]!, key3[number]!];
  }
}

function keyOf(client: string): Key {
  const words = packed(client);
  return words ? { words, spelled: false } : { words: [0, hashOf(client), 0, 0], spelled: true };
}

/** The 128 bits that 26 letters of base32 (RFC 4648, no padding) stand for; `null` for any other text. */
function packed(text: string): Key['words'] | null {
  if (text.length !== 26) return null;
  const words: [number, number, number, number] = [0, 0, 0, 0];
  for (let at = 0; at < 26; at++) {
    const value = valueOf[text.charCodeAt(at)] ?? -1;
    // The last letter holds three bits; what follows them must be empty, or two texts would be one number.
    if (value < 0 || (at === 25 && (value & 3) !== 0)) return null;
    for (let bit = 0; bit < 5 && at * 5 + bit < 128; bit++) {
      if (value & (16 >> bit)) {
        const place = at * 5 + bit;
        words[place >> 5] = (words[place >> 5]! | (1 << (31 - (place & 31)))) >>> 0;
      }
    }
  }
  return words;
}

function textOf(words: Key['words']): string {
  let text = '';
  for (let at = 0; at < 26; at++) {
    let value = 0;
    for (let place = at * 5; place < at * 5 + 5; place++) {
      const bit = place < 128 ? (words[place >> 5]! >>> (31 - (place & 31))) & 1 : 0;
      value = value * 2 + bit;
    }
    text += letters[value];
  }
  return text;
}

/** FNV-1a over the text's letters. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

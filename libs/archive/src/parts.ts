import { ClientTable } from './client-table.js';
import { dictionariesOf, type Dictionaries } from './dictionaries.js';
import type { Generation } from './generation.js';
import { RisingNumbers } from './numbers.js';

/** What whoever writes a generation keeps of it. */
export interface Parts {
  clients: ClientTable;
  dictionaries: Dictionaries;
  positions: RisingNumbers;
  moments: RisingNumbers;
}

export function partsOf(generation: Generation): Parts {
  return {
    clients: new ClientTable(generation),
    dictionaries: dictionariesOf(generation),
    positions: new RisingNumbers(generation, 'positions'),
    moments: new RisingNumbers(generation, 'moments'),
  };
}

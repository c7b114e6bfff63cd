import type { TableSpec } from './table.js';

/**
 * One fact: 15 bytes. Days are whole days since 1970-01-01, `until` exclusive; what the other columns hold
 * depends on the kind, see `encode-facts.ts`. 65535 stands for an open end, or for "not known".
 */
const fact = {
  kind: 'u8',
  from: 'u16',
  until: 'u16',
  code: 'u16',
  provider: 'u16',
  extra: 'u16',
  /** The number of the first event after which the fact was known. */
  seenFrom: 'u32',
} as const satisfies TableSpec;

/** All that an archive is made of. Rows are only ever appended, but for `index` and `slots`. */
export const tables = {
  /** What is known now, client by client: a base in order of client, then the tail. */
  facts: fact,
  /**
   * What was known once: versions seen from one event (inclusive) until another (exclusive). Above the kind, in its
   * upper 3 bits, how many of the client's current facts stand between the row before and this one.
   */
  superseded: { ...fact, seenUntil: 'u32' },
  /** By client number: where the client's facts lie in both, and the number of the last event that changed them. */
  index: { start: 'u32', count: 'u8', oldStart: 'u32', oldCount: 'u8', changed: 'u32' },
  /** By client number: the pseudonym as 128 bits, or (`spelled` 1) its place among `clientNames`; 2 = forgotten. */
  clients: { key0: 'u32', key1: 'u32', key2: 'u32', key3: 'u32', spelled: 'u8' },
  /** From the hash of a pseudonym to 1 + the number of the client; made anew when an archive is opened. */
  slots: { client: 'u32' },
  clientNames: { end: 'u32' },
  clientNameBytes: { byte: 'u8' },
  /** By event number (the first is 1): position in the log and moment of recording, as a distance from a base. */
  positions: { distance: 'u32' },
  positionBases: { first: 'u32', base: 'f64' },
  moments: { distance: 'u32' },
  momentBases: { first: 'u32', base: 'f64' },
  /** AGB codes, as numbers, in order of first use. */
  providers: { code: 'u32' },
  pools: { end: 'u32' },
  poolBytes: { byte: 'u8' },
  volumes: { end: 'u32' },
  volumeBytes: { byte: 'u8' },
  /** Per funder where its clients begin among `fundersClients`; ascending. */
  funders: { funder: 'u32', first: 'u32' },
  fundersClients: { client: 'u32' },
  /** Those that came after the base was made. */
  newFundersClients: { funder: 'u32', client: 'u32' },
} as const satisfies Record<string, TableSpec>;

export type TableName = keyof typeof tables;
export const tableNames = Object.keys(tables) as TableName[];

import type { Generation } from './generation.js';
import { EXTENSION, LENGTH } from './kinds.js';
import { blockLength, type FactColumns } from './segment.js';
import { bytesARow } from './table.js';
import { tableNames, tables } from './tables.js';

/** How large an archive is. */
export interface ArchiveSize {
  clients: number;
  /** Known now, and known once. */
  facts: number;
  superseded: number;
  /** What they take up, with the rows that only make others wide. */
  bytesOfFacts: number;
  bytesOfSuperseded: number;
  /** Everything, with what the next base leaves out. */
  bytes: number;
}

/** All that it takes up in memory, with what the next base leaves out. */
export function bytesOf(generation: Generation): number {
  return tableNames.reduce((sum, name) => {
    const rows = name === 'slots' ? generation.capacity(name) : generation.used(name);
    return sum + rows * bytesARow(tables[name]);
  }, 0);
}

export function sizeOf(generation: Generation): ArchiveSize {
  const clients = generation.used('clients');
  const now = { facts: 0, rows: 0 };
  const once = { facts: 0, rows: 0 };
  for (let client = 0; client < clients; client++) {
    const { start, count, oldStart, oldCount } = generation.entryOf(client);
    addBlock(now, generation.tables.facts, start, count);
    addBlock(once, generation.tables.superseded, oldStart, oldCount);
  }
  return {
    clients,
    facts: now.facts,
    superseded: once.facts,
    bytesOfFacts: now.rows * bytesARow(tables.facts),
    bytesOfSuperseded: once.rows * bytesARow(tables.superseded),
    bytes: bytesOf(generation),
  };
}

function addBlock(
  sum: { facts: number; rows: number },
  columns: FactColumns,
  start: number,
  count: number,
): void {
  const length = blockLength(columns, start, count);
  sum.rows += length;
  for (let row = start; row < start + length; row++) {
    const kind = columns.kind[row];
    if (kind !== EXTENSION && kind !== LENGTH) sum.facts++;
  }
}

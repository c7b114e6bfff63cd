import { mergeFunders } from './funders.js';
import { Generation } from './generation.js';
import { roomAfter } from './room.js';
import { blockLength, type FactColumns, type SupersededColumns } from './segment.js';
import { widestFirst, type Column } from './table.js';
import { tables, type TableName } from './tables.js';
import { ClientTable } from './client-table.js';

/** Tables that another base takes over as they are. */
const takenOver: readonly TableName[] = [
  'clients',
  'clientNames',
  'clientNameBytes',
  'positions',
  'positionBases',
  'moments',
  'momentBases',
  'providers',
  'pools',
  'poolBytes',
  'volumes',
  'volumeBytes',
];

/**
 * The making of a new base from a generation that is still written to: some clients at a time, so that no event
 * waits for all of them. Clients that changed meanwhile are copied once more at the end.
 */
export class Compaction {
  private readonly to: Generation;
  private next = 0;
  private readonly changed = new Set<number>();

  /** @param facts there must be room for of the client that is to be written next */
  constructor(
    private readonly from: Generation,
    facts: number,
  ) {
    this.to = Generation.allocate(from.shared.generation + 1, roomAfter(from, facts));
  }

  /** Copies so many clients more; says whether all have been. */
  step(clients: number): boolean {
    const end = Math.min(this.next + clients, this.from.used('index'));
    while (this.next < end) this.copy(this.next++);
    return this.next === this.from.used('index');
  }

  /** Takes down that a client has changed: what was copied of it before does not count. */
  note(client: number): void {
    if (client < this.next) this.changed.add(client);
  }

  /** Copies what is left and gives the generation that takes the old one's place. */
  finish(): Generation {
    this.step(Infinity);
    for (const client of this.changed) this.copy(client);
    for (const table of takenOver) copyTable(table, this.from, this.to);
    this.to.setUsed('index', this.next);
    new ClientTable(this.to).fillSlots();
    mergeFunders(this.from, this.to);
    this.to.publish(this.from.events, this.from.upTo);
    this.from.replace();
    return this.to;
  }

  private copy(client: number): void {
    const entry = this.from.entryOf(client);
    const start = this.copyBlock('facts', entry.start, entry.count);
    const oldStart = this.copyBlock('superseded', entry.oldStart, entry.oldCount);
    this.to.point(client, { ...entry, start, oldStart });
  }

  private copyBlock(table: 'facts' | 'superseded', start: number, count: number): number {
    if (count === 0) return 0;
    const rows = blockLength(this.from.tables[table], start, count);
    const at = this.to.used(table);
    copyRows(table, this.from.tables[table], start, rows, this.to.tables[table], at);
    this.to.setUsed(table, at + rows);
    return at;
  }
}

/** Worked out once: a client is copied in a few microseconds. */
const columnsOf = { facts: Object.keys(tables.facts), superseded: Object.keys(tables.superseded) };

function copyRows(
  table: 'facts' | 'superseded',
  from: FactColumns | SupersededColumns,
  start: number,
  rows: number,
  to: FactColumns | SupersededColumns,
  at: number,
): void {
  for (const name of columnsOf[table]) {
    const source = from[name as keyof typeof from];
    const target = to[name as keyof typeof to];
    for (let row = 0; row < rows; row++) target[at + row] = source[start + row]!;
  }
}

function copyTable(name: TableName, from: Generation, to: Generation): void {
  const rows = from.used(name);
  for (const [column] of widestFirst(tables[name])) {
    columnOf(to, name, column).set(columnOf(from, name, column).subarray(0, rows));
  }
  to.setUsed(name, rows);
}

/** A column by its name, for what is done to all alike. */
export function columnOf(generation: Generation, table: TableName, column: string): Column {
  return (generation.tables[table] as Readonly<Record<string, Column>>)[column]!;
}

import { bytesARow, tableOver, type Table } from './table.js';
import { tableNames, tables, type TableName } from './tables.js';

/** What a thread needs to read an archive: post it as it is. What is appended later is seen without another. */
export interface ArchiveShared {
  /** Counts up with each new base. */
  generation: number;
  control: SharedArrayBuffer;
  tables: Record<TableName, { buffer: SharedArrayBuffer; capacity: number }>;
}

/** Rows a table, used or possible. */
export type Rows = Record<TableName, number>;

export const nothing = Object.fromEntries(tableNames.map((name) => [name, 0])) as Rows;

/** A position in the log, and when its event was recorded: ms since 1970. */
export interface Moment {
  position: string;
  recordedAt: number;
}

const SEQUENCE = 0;
const REPLACED = 1;
const EVENTS = 2;
const FIRST_COUNT = 3;
/** Where each table's count of used rows stands. */
const countOf = Object.fromEntries(tableNames.map((name, at) => [name, FIRST_COUNT + at])) as Rows;
/** The head of the log as far as archived, as two float64, lies behind the counters. */
const HEAD_OFFSET = 8 * Math.ceil(((FIRST_COUNT + tableNames.length) * 4) / 8);

/** A base and its tail in shared memory. One thread writes; any number read. */
export class Generation {
  readonly tables: { readonly [Name in TableName]: Table<(typeof tables)[Name]> };
  private readonly control: Int32Array;
  private readonly head: Float64Array;

  constructor(readonly shared: ArchiveShared) {
    this.control = new Int32Array(shared.control, 0, FIRST_COUNT + tableNames.length);
    this.head = new Float64Array(shared.control, HEAD_OFFSET, 2);
    const over = tableNames.map((name) => {
      const { buffer, capacity } = shared.tables[name];
      return [name, tableOver(tables[name], capacity, buffer)];
    });
    this.tables = Object.fromEntries(over) as Generation['tables'];
  }

  /** Memory is taken by the system only when it is written to, so room to grow costs nothing. */
  static allocate(generation: number, capacities: Rows): Generation {
    const allocated = tableNames.map((name) => {
      const capacity = capacities[name];
      return [name, { buffer: new SharedArrayBuffer(capacity * bytesARow(tables[name])), capacity }];
    });
    return new Generation({
      generation,
      control: new SharedArrayBuffer(HEAD_OFFSET + 16),
      tables: Object.fromEntries(allocated) as ArchiveShared['tables'],
    });
  }

  /** Rows used of a table; a row is whole before it counts. */
  used(table: TableName): number {
    return Atomics.load(this.control, countOf[table]);
  }

  /** @throws RangeError when there is no room for so many: what was written past the end went nowhere */
  setUsed(table: TableName, rows: number): void {
    if (rows > this.capacity(table)) throw new RangeError(`The archive's table ${table} has no row ${rows}.`);
    Atomics.store(this.control, countOf[table], rows);
  }

  usage(): Rows {
    return Object.fromEntries(tableNames.map((name) => [name, this.used(name)])) as Rows;
  }

  capacity(table: TableName): number {
    return this.shared.tables[table].capacity;
  }

  /** The number of the last event of which all clients are up to date. */
  get events(): number {
    return Atomics.load(this.control, EVENTS);
  }

  /** How far in the log the archive is, whether or not the last events changed anything. */
  get upTo(): Moment {
    const [position, recordedAt] = this.consistently(() => [this.head[0]!, this.head[1]!] as const);
    return { position: String(position), recordedAt };
  }

  /** Makes all events applied so far visible, as one. */
  publish(events: number, { position, recordedAt }: Moment): void {
    const at = Number(position);
    Atomics.add(this.control, SEQUENCE, 1);
    this.head[0] = at;
    this.head[1] = recordedAt;
    Atomics.store(this.control, EVENTS, events);
    Atomics.add(this.control, SEQUENCE, 1);
  }

  /** Another generation has taken over: this one is not written to any more. */
  get replaced(): boolean {
    return Atomics.load(this.control, REPLACED) === 1;
  }

  replace(): void {
    Atomics.store(this.control, REPLACED, 1);
  }

  /** Points the client to its new rows. Straight on, without a call in between: a thread stopped here would leave readers waiting. */
  point(client: number, entry: IndexEntry): void {
    const { start, count, oldStart, oldCount, changed } = this.tables.index;
    Atomics.add(this.control, SEQUENCE, 1);
    Atomics.store(start, client, entry.start);
    Atomics.store(count, client, entry.count);
    Atomics.store(oldStart, client, entry.oldStart);
    Atomics.store(oldCount, client, entry.oldCount);
    Atomics.store(changed, client, entry.changed);
    Atomics.add(this.control, SEQUENCE, 1);
  }

  /** Where a client's rows lie: all of one moment, whatever the writer does meanwhile. */
  entryOf(client: number): IndexEntry {
    const { start, count, oldStart, oldCount, changed } = this.tables.index;
    return this.consistently(() => ({
      start: Atomics.load(start, client),
      count: Atomics.load(count, client),
      oldStart: Atomics.load(oldStart, client),
      oldCount: Atomics.load(oldCount, client),
      changed: Atomics.load(changed, client),
    }));
  }

  /** Reads until nothing was written in between; the writer's part takes nanoseconds. */
  private consistently<T>(read: () => T): T {
    for (;;) {
      const before = Atomics.load(this.control, SEQUENCE);
      if (before % 2 !== 0) continue;
      const found = read();
      if (Atomics.load(this.control, SEQUENCE) === before) return found;
    }
  }
}

export interface IndexEntry {
  start: number;
  count: number;
  oldStart: number;
  oldCount: number;
  /** The number of the last event that changed the client's facts. */
  changed: number;
}

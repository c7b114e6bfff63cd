/**
 * Rows kept column by column in shared memory: every thread that holds the buffer reads what one thread writes.
 * Columns lie one after another, the widest first, so that each is aligned.
 */
const arrays = { u8: Uint8Array, u16: Uint16Array, u32: Uint32Array, f64: Float64Array } as const;

type ColumnType = keyof typeof arrays;
export type TableSpec = Readonly<Record<string, ColumnType>>;
export type Column = InstanceType<(typeof arrays)[ColumnType]>;
export type Table<S extends TableSpec> = {
  readonly [Name in keyof S]: InstanceType<(typeof arrays)[S[Name]]>;
};

type Over = [buffer: SharedArrayBuffer, offset: number, length: number];

/** Bytes of one row over all columns. */
export function bytesARow(spec: TableSpec): number {
  return Object.values(spec).reduce((bytes, type) => bytes + arrays[type].BYTES_PER_ELEMENT, 0);
}

/** The columns of a table of so many rows at most, over a buffer of {@link bytesARow} for each. */
export function tableOver<S extends TableSpec>(
  spec: S,
  capacity: number,
  buffer: SharedArrayBuffer,
): Table<S> {
  let offset = 0;
  const columns: Record<string, Column> = {};
  for (const [name, type] of widestFirst(spec)) {
    columns[name] = new (arrays[type] as new (...over: Over) => Column)(buffer, offset, capacity);
    offset += capacity * arrays[type].BYTES_PER_ELEMENT;
  }
  return columns as Table<S>;
}

/** The order in which columns lie in memory and in files. */
export function widestFirst(spec: TableSpec): [string, ColumnType][] {
  const width = (type: ColumnType): number => arrays[type].BYTES_PER_ELEMENT;
  return Object.entries(spec).sort(([, a], [, b]) => width(b) - width(a));
}

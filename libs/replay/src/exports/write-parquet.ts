import { ByteWriter, parquetWriteRows, type SchemaElement } from 'hyparquet-writer';
import { parseDay } from '@domeinbrug/calendar';
import type { ColumnType, ResultCell, ResultTable } from '../result-table.js';
import { columnName } from './column-names.js';
import type { RunHeader } from './run-header.js';

/** So many rows are turned into columns at a time; each is a row group of the file. Larger ones take more memory. */
const rowsInGroup = 10_000;

type ParquetCell = string | number | bigint | null;

/**
 * A table as a Parquet file. Days are dates, counts whole numbers of 64 bits, amounts decimals in euros to the cent;
 * what is not known or suppressed is null. The header stands in the key-value metadata, the run's id under `replay`.
 * The same table and header give the same bytes: neither clock nor chance takes part.
 */
export function writeParquet(table: ResultTable, header: RunHeader): Uint8Array {
  const names = table.columns.map(columnName);
  const writer = new ByteWriter();
  const finished = parquetWriteRows({
    writer,
    rows: rowsByName(table, names),
    columns: names.map((name) => ({ name })),
    schema: [
      { name: 'root', num_children: names.length },
      ...table.columns.map(({ type }, at) => ({ name: names[at]!, ...elementOf[type] })),
    ],
    rowGroupSize: rowsInGroup,
    kvMetadata: [
      { key: 'replay', value: header.id },
      ...header.lines.map(({ name, value }) => ({ key: name, value })),
    ],
    createdBy: 'domeinbrug',
  });
  if (finished)
    throw new Error('The Parquet writer went on after it returned; its version must have changed.');
  return writer.getBytes();
}

const optional = { repetition_type: 'OPTIONAL' } as const;
const text = { ...optional, type: 'BYTE_ARRAY', converted_type: 'UTF8' } as const;

const elementOf: Readonly<Record<ColumnType, Omit<SchemaElement, 'name'>>> = {
  text,
  month: text,
  day: { ...optional, type: 'INT32', converted_type: 'DATE' },
  count: { ...optional, type: 'INT64' },
  cents: { ...optional, type: 'INT64', converted_type: 'DECIMAL', precision: 18, scale: 2 },
  number: { ...optional, type: 'DOUBLE' },
};

function* rowsByName(
  { columns, rows }: ResultTable,
  names: readonly string[],
): Generator<Record<string, ParquetCell>> {
  for (const row of rows) {
    const named: Record<string, ParquetCell> = {};
    for (const [at, cell] of row.entries()) named[names[at]!] = parquetCell(cell, columns[at]!.type);
    yield named;
  }
}

/** The writer takes a whole number of 64 bits, and the digits of a decimal, as `bigint`. */
function parquetCell(cell: ResultCell, type: ColumnType): ParquetCell {
  if (cell === null) return null;
  if (typeof cell === 'string') return type === 'day' ? parseDay(cell) : cell;
  return type === 'count' || type === 'cents' ? BigInt(cell) : cell;
}

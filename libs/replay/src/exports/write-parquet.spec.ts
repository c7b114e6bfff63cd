import { createHash } from 'node:crypto';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import type { ResultTable } from '../result-table.js';
import { header, table } from './table.fixture.js';
import { writeParquet } from './write-parquet.js';

function fileOf(written: ResultTable): ArrayBuffer {
  const bytes = writeParquet(written, header);
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
}
const sha256 = (written: ResultTable): string =>
  createHash('sha256').update(writeParquet(written, header)).digest('hex');

describe('a table as Parquet', () => {
  it('reads back by another hand as what was written', async () => {
    expect(await parquetReadObjects({ file: fileOf(table) })).toEqual([
      {
        funder: 'municipality:0518',
        month: '2024-03',
        firstDay: new Date('2024-03-04'),
        baselineDays: 31n,
        changeRecordedEuros: 1234.56,
        share: 0.5,
      },
      {
        funder: 'pool:"Haaglanden"; samen',
        month: '2024-12',
        firstDay: new Date('2024-12-31'),
        baselineDays: 14_000_000_000n,
        changeRecordedEuros: -0.05,
        share: -1.25,
      },
      {
        funder: null,
        month: null,
        firstDay: null,
        baselineDays: null,
        changeRecordedEuros: null,
        share: null,
      },
    ]);
  });

  it('carries how it was made, and nothing of where or when', () => {
    const { key_value_metadata, created_by } = parquetMetadata(fileOf(table));
    expect(key_value_metadata).toEqual([
      { key: 'replay', value: '5f1c9a' },
      { key: 'engine', value: 'replay 1' },
      { key: 'baseline', value: 'sharp-cut (ab12)' },
      { key: 'population', value: 'municipality 0518; all ages' },
    ]);
    expect(created_by).toBe('domeinbrug');
  });

  it('gives amounts as decimals to the cent', () => {
    const amounts = parquetMetadata(fileOf(table)).schema.find(({ name }) => name === 'changeRecordedEuros');
    expect(amounts).toMatchObject({ type: 'INT64', converted_type: 'DECIMAL', scale: 2, precision: 18 });
  });

  it('can have no rows, and more than one row group', async () => {
    expect(await parquetReadObjects({ file: fileOf({ ...table, rows: [] }) })).toEqual([]);
    const rows = Array.from({ length: 10_001 }, (_, at) => ['a', '2024-01', '2024-01-01', at, at, at]);
    const file = fileOf({ ...table, rows });
    expect(parquetMetadata(file).row_groups.map(({ num_rows }) => num_rows)).toEqual([10_000n, 1n]);
    expect((await parquetReadObjects({ file, rowStart: 10_000 }))[0]).toMatchObject({
      baselineDays: 10_000n,
    });
  });

  it('gives the same bytes for the same table and header', () => {
    const copy = {
      columns: table.columns.map((column) => ({ ...column })),
      rows: table.rows.map((row) => [...row]),
    };
    expect(sha256(copy)).toBe(sha256(table));
    expect(sha256(table)).toMatchInlineSnapshot(
      `"27303bf82586a16c7e8c2bc37dc353f3faface189faa516d03ae8e3a6f145785"`,
    );
  });
});

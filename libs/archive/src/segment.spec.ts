import { OPEN_END } from '@domeinbrug/calendar';
import { NONE } from '@domeinbrug/journey';
import fc from 'fast-check';
import { FactCursor } from './fact-cursor.js';
import type { FactRow, SeenRow, SupersededRow } from './rows.js';
import {
  blockLength,
  readFacts,
  readSuperseded,
  rowsOfFacts,
  rowsOfSuperseded,
  writeFacts,
  writeSuperseded,
} from './segment.js';
import { bytesARow, tableOver, type Table, type TableSpec } from './table.js';
import { tables } from './tables.js';

const number = fc.oneof(
  { weight: 6, arbitrary: fc.nat({ max: 9_999 }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(NONE, -2, 0xfffe, 0xffff, 0x10000, -7_305, 99_999_999, OPEN_END - 1),
  },
);
const fact: fc.Arbitrary<FactRow> = fc.record({
  kind: fc.integer({ min: 2, max: 20 }),
  from: number,
  until: fc.oneof(number, fc.constant(OPEN_END)),
  code: number,
  provider: number,
  extra: number,
});
const seenRow: fc.Arbitrary<SeenRow> = fc
  .tuple(fact, fc.nat({ max: 0xffffffff }))
  .map(([row, seenFrom]) => ({ ...row, seenFrom }));
const sizes = fc.oneof(fc.nat({ max: 8 }), fc.constantFrom(127, 128, 253, 254, 255, 256, 700));
const facts = sizes.chain((length) => fc.array(seenRow, { minLength: length, maxLength: length }));
const superseded: fc.Arbitrary<SupersededRow[]> = facts.chain((rows) =>
  fc
    .array(fc.oneof(fc.nat({ max: 3 }), fc.constantFrom(6, 7, 8, 70_000)), {
      minLength: rows.length,
      maxLength: rows.length,
    })
    .map((steps) => {
      let place = 0;
      return rows.map((row, at) => ({ ...row, seenUntil: row.seenFrom, place: (place += steps[at]!) }));
    }),
);

function columnsOf<S extends TableSpec>(spec: S, rows: number): Table<S> {
  return tableOver(spec, rows, new SharedArrayBuffer(rows * bytesARow(spec)));
}

function rowsUnder(cursor: FactCursor): FactRow[] {
  const rows: FactRow[] = [];
  while (cursor.next()) {
    const { kind, from, until, code, provider, extra } = cursor;
    rows.push({ kind, from, until, code, provider, extra });
  }
  return rows;
}

describe('the rows of a client', () => {
  it('give back every number, however large, and any count of facts', () => {
    fc.assert(
      fc.property(facts, fc.nat({ max: 5 }), (rows, start) => {
        const columns = columnsOf(tables.facts, start + rowsOfFacts(rows));
        const count = writeFacts(columns, start, rows);
        expect(count).toBeLessThanOrEqual(255);
        expect(blockLength(columns, start, count)).toBe(rowsOfFacts(rows));
        expect(readFacts(columns, start, count)).toEqual(rows);
        expect(rowsUnder(new FactCursor(columns).begin(start, count))).toEqual(
          rows.map(({ seenFrom: _, ...row }) => row),
        );
      }),
    );
  });

  it('give back what is no longer so, with its place among what is', () => {
    fc.assert(
      fc.property(superseded, fc.nat({ max: 5 }), (rows, start) => {
        const columns = columnsOf(tables.superseded, start + rowsOfSuperseded(rows));
        const count = writeSuperseded(columns, start, rows);
        expect(blockLength(columns, start, count)).toBe(rowsOfSuperseded(rows));
        expect(readSuperseded(columns, start, count)).toEqual(rows);
      }),
    );
  });

  it('take one row a fact of this century', () => {
    const row = { kind: 5, from: 19_000, until: OPEN_END, code: 363, provider: 12, extra: NONE, seenFrom: 1 };
    expect(rowsOfFacts([row, row])).toBe(2);
    expect(bytesARow(tables.facts)).toBe(15);
    expect(bytesARow(tables.superseded)).toBe(19);
  });
});

import { OPEN_END } from '@domeinbrug/calendar';
import { NONE } from '@domeinbrug/journey';
import type { Generation } from './generation.js';
import { EXTENSION, LENGTH } from './kinds.js';
import type { FactRow, SeenRow, SupersededRow } from './rows.js';
import type { Table } from './table.js';
import type { tables } from './tables.js';

export type FactColumns = Table<(typeof tables)['facts']>;
export type SupersededColumns = Table<(typeof tables)['superseded']>;

/**
 * A client's rows lie together. A number that needs more than 16 bits has its upper halves in an `extension` row
 * before it; a block of 255 rows or more begins with a `length` row, because the index counts in 8 bits.
 */
export const LONG_BLOCK = 255;

/** Stands for an open end among days, for "not known" elsewhere. */
const ABSENT = 0xffff;

/** Above the kind of a superseded row: current facts since the row before; as many as do not fit are spelled out. */
const KIND_BITS = 5;
export const KIND = (1 << KIND_BITS) - 1;
const LONG_STEP = 7;

/** Rows that a block of these facts takes up. */
export function rowsOfFacts(facts: readonly FactRow[]): number {
  return withLength(facts.reduce((rows, fact) => rows + (isWide(fact) ? 2 : 1), 0));
}

/** As {@link rowsOfFacts}, of versions that are no longer so. */
export function rowsOfSuperseded(versions: readonly SupersededRow[]): number {
  return withLength(
    versions.reduce((rows, version, at) => rows + (isExtended(version, versions[at - 1]) ? 2 : 1), 0),
  );
}

function withLength(rows: number): number {
  return rows < LONG_BLOCK ? rows : rows + 1;
}

/** Writes a client's current facts from `start` on; gives what the index counts. */
export function writeFacts(columns: FactColumns, start: number, facts: readonly SeenRow[]): number {
  const rows = rowsOfFacts(facts);
  let row = beginBlock(columns, start, rows);
  for (const fact of facts) {
    const wide = isWide(fact);
    if (wide) writeHalves(columns, row++, EXTENSION, fact, upperHalf);
    writeHalves(columns, row, fact.kind, fact, wide ? lowerHalf : narrow);
    columns.seenFrom[row++] = fact.seenFrom;
  }
  return Math.min(rows, LONG_BLOCK);
}

/** As {@link writeFacts}, of the versions that are no longer so. */
export function writeSuperseded(
  columns: SupersededColumns,
  start: number,
  versions: readonly SupersededRow[],
): number {
  const rows = rowsOfSuperseded(versions);
  let row = beginBlock(columns, start, rows);
  versions.forEach((version, at) => {
    const extended = isExtended(version, versions[at - 1]);
    if (extended) {
      columns.seenFrom[row] = version.place;
      writeHalves(columns, row++, EXTENSION, version, upperHalf);
    }
    const step = extended ? LONG_STEP : stepTo(version, versions[at - 1]);
    writeHalves(columns, row, version.kind | (step << KIND_BITS), version, extended ? lowerHalf : narrow);
    columns.seenFrom[row] = version.seenFrom;
    columns.seenUntil[row++] = version.seenUntil;
  });
  return Math.min(rows, LONG_BLOCK);
}

function stepTo(version: SupersededRow, before: SupersededRow | undefined): number {
  return version.place - (before?.place ?? 0);
}

function isExtended(version: SupersededRow, before: SupersededRow | undefined): boolean {
  return stepTo(version, before) >= LONG_STEP || isWide(version);
}

function beginBlock(columns: FactColumns, start: number, rows: number): number {
  if (rows < LONG_BLOCK) return start;
  columns.kind[start] = LENGTH;
  columns.from[start] = lowerHalf(rows - 1);
  columns.until[start] = upperHalf(rows - 1);
  return start + 1;
}

function writeHalves(
  columns: FactColumns,
  row: number,
  kind: number,
  fact: FactRow,
  half: (value: number) => number,
): void {
  columns.kind[row] = kind;
  columns.from[row] = half(fact.from);
  columns.until[row] = half(fact.until);
  columns.code[row] = half(fact.code);
  columns.provider[row] = half(fact.provider);
  columns.extra[row] = half(fact.extra);
}

/** The client's current facts, in their order. */
export function readFacts(columns: FactColumns, start: number, count: number): SeenRow[] {
  const facts: SeenRow[] = [];
  const [first, end] = boundsOf(columns, start, count);
  for (let row = first; row < end; row++) {
    const extended = columns.kind[row] === EXTENSION;
    if (extended) row++;
    facts.push(factAt(columns, row, extended));
  }
  return facts;
}

/** The client's versions that are no longer so, in their order. */
export function readSuperseded(columns: SupersededColumns, start: number, count: number): SupersededRow[] {
  const versions: SupersededRow[] = [];
  const [first, end] = boundsOf(columns, start, count);
  let place = 0;
  for (let row = first; row < end; row++) {
    const extended = columns.kind[row] === EXTENSION;
    if (extended) row++;
    const step = columns.kind[row]! >> KIND_BITS;
    place = extended ? columns.seenFrom[row - 1]! : place + step;
    versions.push({ ...factAt(columns, row, extended), seenUntil: columns.seenUntil[row]!, place });
  }
  return versions;
}

/** Rows that a block takes up, as the index and the block itself say. */
export function blockLength(columns: FactColumns, start: number, count: number): number {
  return boundsOf(columns, start, count)[1] - start;
}

/** Where the rows of a block's facts begin and end, as the index and the block itself say. */
export function boundsOf(columns: FactColumns, start: number, count: number): [first: number, end: number] {
  if (count < LONG_BLOCK) return [start, start + count];
  return [start + 1, start + 1 + columns.from[start]! + columns.until[start]! * 0x10000];
}

function factAt(columns: FactColumns, row: number, extended: boolean): SeenRow {
  const seenFrom = columns.seenFrom[row]!;
  return {
    kind: columns.kind[row]! & KIND,
    from: numberAt(columns.from, row, extended, NONE),
    until: numberAt(columns.until, row, extended, OPEN_END),
    code: numberAt(columns.code, row, extended, NONE),
    provider: numberAt(columns.provider, row, extended, NONE),
    extra: numberAt(columns.extra, row, extended, NONE),
    seenFrom,
  };
}

/** The number of a row's column, whatever it takes to hold it. */
export function numberAt(column: Uint16Array, row: number, extended: boolean, absent: number): number {
  return extended ? wide(column, row) : widened(column[row]!, absent);
}

function isWide(fact: FactRow): boolean {
  return !(
    fitsIn16Bits(fact.from, NONE) &&
    fitsIn16Bits(fact.until, OPEN_END) &&
    fitsIn16Bits(fact.code, NONE) &&
    fitsIn16Bits(fact.provider, NONE) &&
    fitsIn16Bits(fact.extra, NONE)
  );
}

function fitsIn16Bits(value: number, absent: number): boolean {
  return value === absent || (value >= 0 && value < ABSENT);
}

function narrow(value: number): number {
  return value === NONE || value === OPEN_END ? ABSENT : value;
}

function widened(half: number, absent: number): number {
  return half === ABSENT ? absent : half;
}

function lowerHalf(value: number): number {
  return value & 0xffff;
}

function upperHalf(value: number): number {
  return (value >> 16) & 0xffff;
}

/** Both halves as one signed number; the upper stands in the row before. */
function wide(column: Uint16Array, row: number): number {
  return (column[row - 1]! << 16) | column[row]!;
}

/**
 * Gives every event another number. All rows must be of clients as the index has them now.
 *
 * @param numbers by the old number
 */
export function renumberEvents(generation: Generation, numbers: Uint32Array): void {
  const { facts, superseded } = generation.tables;
  const isFact = (kind: number): boolean => (kind & KIND) !== EXTENSION && (kind & KIND) !== LENGTH;
  for (let row = 0; row < generation.used('facts'); row++) {
    if (isFact(facts.kind[row]!)) facts.seenFrom[row] = numbers[facts.seenFrom[row]!]!;
  }
  for (let row = 0; row < generation.used('superseded'); row++) {
    if (!isFact(superseded.kind[row]!)) continue;
    superseded.seenFrom[row] = numbers[superseded.seenFrom[row]!]!;
    superseded.seenUntil[row] = numbers[superseded.seenUntil[row]!]!;
  }
  for (let client = 0; client < generation.used('clients'); client++) {
    const entry = generation.entryOf(client);
    generation.point(client, { ...entry, changed: numbers[entry.changed]! });
  }
}

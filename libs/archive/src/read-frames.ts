import { crc32 } from 'node:zlib';
import { columnOf } from './compaction.js';
import { ClientTable } from './client-table.js';
import type { FileCursor } from './file-cursor.js';
import {
  FRAME_HEADER_BYTES,
  POINTED,
  pointed,
  preambleLength,
  readFrameHeader,
  readSectionHeader,
  SECTION_HEADER_BYTES,
  specOf,
  type FrameHeader,
  type Preamble,
  type SectionHeader,
} from './frames.js';
import { Generation, nothing, type Rows } from './generation.js';
import { roomFor } from './room.js';
import { bytesARow, tableOver, widestFirst, type Column } from './table.js';
import { tableNames, type TableName } from './tables.js';

/** A generation as a file holds it, up to the last frame that is whole. */
export interface ReadGeneration {
  generation: Generation;
  /** Rows of the base: what its tail is measured against. */
  base: Rows;
  /** Where the last whole frame ends; what follows is torn. */
  wholeUntil: number;
}

/** `null` when the file begins with none. */
export function readPreamble(cursor: FileCursor): Preamble | null {
  if (cursor.left < 8) return null;
  const length = preambleLength(cursor.take(8));
  if (length === null || length + 4 > cursor.left || length > 4_096) return null;
  const text = Buffer.from(cursor.take(length));
  return cursor.take(4).readUInt32LE() === crc32(text) ? (JSON.parse(text.toString()) as Preamble) : null;
}

/** Reads the frames that follow a preamble; `null` when not even the base is whole. */
export function readFrames(cursor: FileCursor, number: number): ReadGeneration | null {
  const begin = cursor.offset;
  const generation = Generation.allocate(number, roomFor(rowsIn(cursor), 0));
  cursor.offset = begin;
  let base: Rows | null = null;
  let wholeUntil = begin;
  for (let header = nextFrame(cursor); header; header = nextFrame(cursor)) {
    if (!readSections(cursor, header, generation)) break;
    generation.setUsed('index', generation.used('clients'));
    generation.publish(header.events, header.upTo);
    base ??= generation.usage();
    wholeUntil = cursor.offset;
  }
  if (!base) return null;
  new ClientTable(generation).fillSlots();
  return { generation, base, wholeUntil };
}

/** The rows of all frames together, read off their headers. */
function rowsIn(cursor: FileCursor): Rows {
  const rows = { ...nothing };
  for (let header = nextFrame(cursor); header; header = nextFrame(cursor)) {
    for (let section = 0; section < header.sections; section++) {
      const found = nextSection(cursor);
      if (!found) return rows;
      const name = tableNames[found.section];
      if (name) rows[name] = Math.max(rows[name], found.first + found.rows);
      cursor.skip(found.rows * bytesARow(specOf(found.section)) + 4);
    }
  }
  return rows;
}

function nextFrame(cursor: FileCursor): FrameHeader | null {
  return cursor.left < FRAME_HEADER_BYTES ? null : readFrameHeader(cursor.take(FRAME_HEADER_BYTES));
}

/** `null` when it is torn, or its content is. */
function nextSection(cursor: FileCursor): SectionHeader | null {
  if (cursor.left < SECTION_HEADER_BYTES) return null;
  const header = readSectionHeader(cursor.take(SECTION_HEADER_BYTES));
  if (!header) return null;
  const bytes = header.rows * bytesARow(specOf(header.section)) + 4;
  return cursor.left < bytes ? null : header;
}

/** Whether all sections of a frame are whole. Only then do their rows count. */
function readSections(cursor: FileCursor, header: FrameHeader, generation: Generation): boolean {
  const used: [TableName, number][] = [];
  const pointing: (() => void)[] = [];
  for (let section = 0; section < header.sections; section++) {
    const found = nextSection(cursor);
    if (!found) return false;
    if (found.section === POINTED) {
      const point = readPointed(cursor, found, generation);
      if (!point) return false;
      pointing.push(point);
      continue;
    }
    const name = tableNames[found.section]!;
    const columns = widestFirst(specOf(found.section)).map(([column]) => columnOf(generation, name, column));
    if (!readColumns(cursor, columns, found)) return false;
    used.push([name, found.first + found.rows]);
  }
  for (const [name, rows] of used) generation.setUsed(name, rows);
  for (const point of pointing) point();
  return true;
}

function readColumns(
  cursor: FileCursor,
  columns: readonly Column[],
  { first, rows }: SectionHeader,
): boolean {
  let checksum = 0;
  for (const column of columns) {
    const part = column.subarray(first, first + rows);
    const bytes = new Uint8Array(part.buffer, part.byteOffset, part.byteLength);
    cursor.into(bytes);
    checksum = crc32(bytes, checksum);
  }
  return cursor.take(4).readUInt32LE() === checksum;
}

/** What points the clients to their rows, once the whole frame has been read. */
function readPointed(cursor: FileCursor, header: SectionHeader, generation: Generation): (() => void) | null {
  const table = tableOver(pointed, header.rows, new SharedArrayBuffer(header.rows * bytesARow(pointed)));
  const columns = widestFirst(pointed).map(([column]) => table[column as keyof typeof table]);
  if (!readColumns(cursor, columns, header)) return null;
  return () => {
    for (let row = 0; row < header.rows; row++) {
      generation.point(table.client[row]!, {
        start: table.start[row]!,
        count: table.count[row]!,
        oldStart: table.oldStart[row]!,
        oldCount: table.oldCount[row]!,
        changed: table.changed[row]!,
      });
    }
  };
}

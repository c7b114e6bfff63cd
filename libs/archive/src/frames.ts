import { crc32 } from 'node:zlib';
import { columnOf } from './compaction.js';
import type { Generation, Moment, Rows } from './generation.js';
import { kinds } from './kinds.js';
import { tableOver, bytesARow, widestFirst, type Column, type Table, type TableSpec } from './table.js';
import { tableNames, tables, type TableName } from './tables.js';

/**
 * The form of an archive's file: a preamble, then frames. The first frame is the base, each later one what a commit
 * appended to every table and the clients that it pointed elsewhere. Numbers are little-endian.
 *
 *     preamble  magic u32 · length u32 · JSON of that length · CRC-32 of it
 *     frame     magic u32 · sections u32 · position f64 · moment f64 · events u32 · CRC-32 of these
 *     section   table u32 · first row u32 · rows u32 · CRC-32 of these · columns, widest first · CRC-32 of them
 */
export const FRAME_HEADER_BYTES = 32;
export const SECTION_HEADER_BYTES = 16;
const PREAMBLE_MAGIC = 0x43524142;
const FRAME_MAGIC = 0x454d5246;
/** Raise it when what the columns mean changes; that their names or types do is noticed without. */
const FORMAT = 2;

/** What a file has to say of itself to be read. */
export interface Preamble {
  format: number;
  /** CRC-32 of the tables' columns and the kinds of facts. */
  layout: number;
  generation: number;
  /** What made facts out of events: another version may make others. */
  foldVersion: string;
}

export function preambleOf(generation: number, foldVersion: string): Preamble {
  return { format: FORMAT, layout: crc32(JSON.stringify([tables, kinds])), generation, foldVersion };
}

export function preambleBytes(preamble: Preamble): Buffer {
  const text = Buffer.from(JSON.stringify(preamble));
  return Buffer.concat([u32(PREAMBLE_MAGIC), u32(text.length), text, u32(crc32(text))]);
}

/** The bytes that a preamble begins with say how many are in it; `null` when it is none. */
export function preambleLength(head: Buffer): number | null {
  return head.readUInt32LE(0) === PREAMBLE_MAGIC ? head.readUInt32LE(4) : null;
}

/** Clients that point elsewhere since the frame before; in the base all of them. */
export const pointed = { client: 'u32', ...tables.index } as const satisfies TableSpec;
export type Pointed = Table<typeof pointed>;

/** A section's number: that of the table, or one past the last for the clients that point elsewhere. */
export const POINTED = tableNames.length;

export function specOf(section: number): TableSpec {
  return section === POINTED ? pointed : tables[tableNames[section]!];
}

/** What is to be written, taken down at once: rows come and are never changed, but the index is. */
export interface Frame {
  generation: Generation;
  since: Rows;
  until: Rows;
  events: number;
  upTo: Moment;
  clients: number;
  pointed: Pointed;
}

export function frameOf(generation: Generation, since: Rows, clients: Uint32Array): Frame {
  const buffer = new SharedArrayBuffer(clients.length * bytesARow(pointed));
  const elsewhere = tableOver(pointed, clients.length, buffer);
  clients.forEach((client, row) => {
    const entry = generation.entryOf(client);
    elsewhere.client[row] = client;
    elsewhere.start[row] = entry.start;
    elsewhere.count[row] = entry.count;
    elsewhere.oldStart[row] = entry.oldStart;
    elsewhere.oldCount[row] = entry.oldCount;
    elsewhere.changed[row] = entry.changed;
  });
  return {
    generation,
    since,
    until: generation.usage(),
    events: generation.events,
    upTo: generation.upTo,
    clients: clients.length,
    pointed: elsewhere,
  };
}

/** So much is checked and handed over at a time. */
const CHUNK_BYTES = 1 << 20;

/** The bytes of a frame, piece by piece, so that a large one need not be made as a whole. */
export function* frameBytes(frame: Frame): Generator<Uint8Array> {
  const grown = tableNames.filter((name) => isKept(name) && frame.until[name] > frame.since[name]);
  yield frameHeader(frame, grown.length + 1);
  for (const name of grown) {
    const columns = widestFirst(tables[name]).map(([column]) => columnOf(frame.generation, name, column));
    yield* sectionBytes(tableNames.indexOf(name), columns, frame.since[name], frame.until[name]);
  }
  const columns = widestFirst(pointed).map(([column]) => frame.pointed[column as keyof Pointed]);
  yield* sectionBytes(POINTED, columns, 0, frame.clients);
}

/** The slots are made anew; where clients point is told apart. */
function isKept(name: TableName): boolean {
  return name !== 'slots' && name !== 'index';
}

function* sectionBytes(
  section: number,
  columns: readonly Column[],
  first: number,
  end: number,
): Generator<Uint8Array> {
  const header = Buffer.concat([u32(section), u32(first), u32(end - first)]);
  yield Buffer.concat([header, u32(crc32(header))]);
  let checksum = 0;
  for (const column of columns) {
    const rows = column.subarray(first, end);
    for (let start = 0; start < rows.byteLength; start += CHUNK_BYTES) {
      const length = Math.min(CHUNK_BYTES, rows.byteLength - start);
      const bytes = new Uint8Array(rows.buffer, rows.byteOffset + start, length);
      checksum = crc32(bytes, checksum);
      yield bytes;
    }
  }
  yield u32(checksum);
}

function frameHeader({ upTo, events }: Frame, sections: number): Buffer {
  const header = Buffer.alloc(FRAME_HEADER_BYTES);
  header.writeUInt32LE(FRAME_MAGIC, 0);
  header.writeUInt32LE(sections, 4);
  header.writeDoubleLE(Number(upTo.position), 8);
  header.writeDoubleLE(upTo.recordedAt, 16);
  header.writeUInt32LE(events, 24);
  header.writeUInt32LE(crc32(header.subarray(0, 28)), 28);
  return header;
}

export interface FrameHeader {
  sections: number;
  events: number;
  upTo: Moment;
}

/** `null` when these bytes are no whole header of a frame. */
export function readFrameHeader(bytes: Buffer): FrameHeader | null {
  if (bytes.readUInt32LE(0) !== FRAME_MAGIC) return null;
  if (bytes.readUInt32LE(28) !== crc32(bytes.subarray(0, 28))) return null;
  return {
    sections: bytes.readUInt32LE(4),
    events: bytes.readUInt32LE(24),
    upTo: { position: String(bytes.readDoubleLE(8)), recordedAt: bytes.readDoubleLE(16) },
  };
}

export interface SectionHeader {
  section: number;
  first: number;
  rows: number;
}

/** `null` when these bytes are no whole header of a section. */
export function readSectionHeader(bytes: Buffer): SectionHeader | null {
  if (bytes.readUInt32LE(12) !== crc32(bytes.subarray(0, 12))) return null;
  return { section: bytes.readUInt32LE(0), first: bytes.readUInt32LE(4), rows: bytes.readUInt32LE(8) };
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

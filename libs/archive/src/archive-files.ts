import {
  closeSync,
  existsSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { open, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FileCursor } from './file-cursor.js';
import { frameBytes, frameOf, preambleBytes, preambleOf, type Frame } from './frames.js';
import { Generation, nothing, type ArchiveShared, type Moment, type Rows } from './generation.js';
import { readFrames, readPreamble, type ReadGeneration } from './read-frames.js';

/** Where an archive lies, and the version of what made its facts. */
export interface ArchivePlace {
  dataDir: string;
  /** Facts made by another version are not read. */
  foldVersion: string;
}

/** The generation on disk; or, as text, why what lies there cannot be used; or `null` when nothing does. */
export function readArchiveFile({ dataDir, foldVersion }: ArchivePlace): ReadGeneration | string | null {
  const folder = folderOf(dataDir);
  const fd = openLatest(folder);
  if (fd === null) return null;
  try {
    const cursor = new FileCursor(fd);
    const preamble = readPreamble(cursor);
    if (!preamble) return 'The archive of facts is damaged: its file does not begin as it should.';
    const wanted = preambleOf(preamble.generation, foldVersion);
    if (JSON.stringify(preamble) !== JSON.stringify(wanted)) {
      return 'The archive of facts was made by another version of the product.';
    }
    const read = readFrames(cursor, preamble.generation);
    return read ?? 'The archive of facts is damaged: the checksum of its base is wrong.';
  } finally {
    closeSync(fd);
  }
}

/**
 * The archive on disk as of its last whole commit, for questions only: nothing is written, and whoever keeps it up may
 * go on beside. `null` when there is none that can be read.
 */
export function readArchive(place: ArchivePlace): ArchiveShared | null {
  const found = readArchiveFile(place);
  return found === null || typeof found === 'string' ? null : found.generation.shared;
}

/**
 * The file of the current generation: its base is written beside what goes on and takes the old file's place when
 * it is whole; from then on each commit adds a frame. A stop at any moment leaves a file that opens, at worst as of
 * a commit before the last. What is added is not forced to disk: the log is, and what is missing is folded again.
 */
export class ArchiveFiles {
  private readonly folder: string;
  private readonly foldVersion: string;
  /** The file that frames are added to; `null` while a base is being written, and after a fault. */
  private file: { fd: number; end: number; written: Rows; upTo: Moment } | null = null;
  private generation: Generation | null = null;
  private pointed = new Set<number>();
  /** The base to be written next. Bases may be made faster than they are written; only the last of them matters. */
  private waiting: Frame | null = null;
  private writing: Promise<void> | null = null;
  private failure: Error | null = null;

  constructor({ dataDir, foldVersion }: ArchivePlace) {
    this.folder = folderOf(dataDir);
    this.foldVersion = foldVersion;
    mkdirSync(this.folder, { recursive: true });
  }

  /** Why nothing is kept on disk at present; `null` when all is well. The next base tries again. */
  get fault(): Error | null {
    return this.failure;
  }

  /** Goes on with a file that was read; what was torn off is cut. */
  resume({ generation, wholeUntil }: ReadGeneration): void {
    const fd = openSync(pathOf(this.folder, generation.shared.generation), 'r+');
    ftruncateSync(fd, wholeUntil);
    this.generation = generation;
    this.file = { fd, end: wholeUntil, written: generation.usage(), upTo: generation.upTo };
  }

  /** Takes down that a client points elsewhere; the next frame says where. */
  note(client: number): void {
    this.pointed.add(client);
  }

  /** Begins the file of a new base, of which everything has been committed. */
  begin(generation: Generation): void {
    this.leave();
    this.generation = generation;
    this.pointed.clear();
    const clients = Uint32Array.from({ length: generation.used('clients') }, (_, client) => client);
    this.waiting = frameOf(generation, nothing, clients);
    this.writing ??= this.writeWaiting();
  }

  /** Adds what was committed since the last frame; nothing while a base is being written. */
  append(generation: Generation): void {
    if (!this.file || this.file.upTo.position === generation.upTo.position) return;
    const frame = frameOf(generation, this.file.written, Uint32Array.from(this.pointed));
    const bytes = Buffer.concat([...frameBytes(frame)]);
    try {
      writeWhole(this.file.fd, bytes, this.file.end);
    } catch (error) {
      this.fail(error as Error);
      return;
    }
    this.file.end += bytes.length;
    this.file.written = frame.until;
    this.file.upTo = frame.upTo;
    this.pointed.clear();
  }

  /** Resolves when no base is being written. */
  async settled(): Promise<void> {
    await this.writing;
  }

  /** Lets go of the file. */
  leave(): void {
    if (this.file) closeSync(this.file.fd);
    this.file = null;
  }

  private async writeWaiting(): Promise<void> {
    for (let base = this.waiting; base; base = this.waiting) {
      this.waiting = null;
      await this.writeBase(base).catch((error: Error) => this.fail(error));
    }
    this.writing = null;
  }

  private async writeBase(base: Frame): Promise<void> {
    const number = base.generation.shared.generation;
    const path = pathOf(this.folder, number);
    const file = await open(`${path}.building`, 'w');
    let end: number;
    try {
      await writeFile(file, inBlocks(this.bytesOf(base)));
      end = (await file.stat()).size;
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(`${path}.building`, path);
    for (const name of readdirSync(this.folder)) {
      if (join(this.folder, name) !== path) rmSync(join(this.folder, name));
    }
    if (this.generation !== base.generation) return; // another base has been begun meanwhile
    this.file = { fd: openSync(path, 'r+'), end, written: base.until, upTo: base.upTo };
    this.failure = null;
  }

  private *bytesOf(base: Frame): Generator<Uint8Array> {
    yield preambleBytes(preambleOf(base.generation.shared.generation, this.foldVersion));
    yield* frameBytes(base);
  }

  private fail(error: Error): void {
    this.failure = error;
    this.leave();
  }
}

/** So much is written at a time, at least: each time other work of the thread comes in between. */
const BLOCK_BYTES = 8 << 20;

function* inBlocks(pieces: Iterable<Uint8Array>): Generator<Uint8Array> {
  let block: Uint8Array[] = [];
  let length = 0;
  for (const piece of pieces) {
    block.push(piece);
    length += piece.length;
    if (length < BLOCK_BYTES) continue;
    yield Buffer.concat(block);
    [block, length] = [[], 0];
  }
  yield Buffer.concat(block);
}

function folderOf(dataDir: string): string {
  return join(dataDir, 'archive');
}

const suffix = '.archive';

function pathOf(folder: string, generation: number): string {
  return join(folder, `${String(generation).padStart(8, '0')}${suffix}`);
}

/** `null` when there is none. A file may be replaced between finding and opening it; the next is then there already. */
function openLatest(folder: string): number | null {
  for (let number = latestNumber(folder); number !== null;) {
    try {
      return openSync(pathOf(folder, number), 'r');
    } catch (error) {
      const latest = latestNumber(folder);
      if (latest === number) throw error;
      number = latest;
    }
  }
  return null;
}

/** The greatest number of a file there; `null` when there is none. */
function latestNumber(folder: string): number | null {
  if (!existsSync(folder)) return null;
  const names = readdirSync(folder).filter((name) => name.endsWith(suffix));
  return names.length === 0 ? null : Math.max(...names.map((name) => Number(name.slice(0, -suffix.length))));
}

function writeWhole(fd: number, bytes: Buffer, position: number): void {
  for (let done = 0; done < bytes.length;) {
    done += writeSync(fd, bytes, done, bytes.length - done, position + done);
  }
}

/** Writes an archive that is at rest to a folder, in place of what is there. @throws the fault of the disk */
export async function keepArchiveIn(place: ArchivePlace, archive: ArchiveShared): Promise<void> {
  const files = new ArchiveFiles(place);
  files.begin(new Generation(archive));
  await files.settled();
  if (files.fault) throw files.fault;
  files.leave();
}

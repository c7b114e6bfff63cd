import { closeSync, constants, fstatSync, openSync, readFileSync, readSync, rmSync } from 'node:fs';
import { open, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { lockDataFolder, type DataFolderLock } from '../sqlite/data-folder-lock.js';
import { ENTRY_SIZE, LogIndex } from './log-index.js';

/** What the index is of; another name space or other prefixes make another index. */
export interface IndexIdentity {
  namespace: string;
  prefixes: string[];
}

/** What is known to be whole on disk. Written last, so that nothing half written is ever taken for true. */
interface Mark extends IndexIdentity {
  version: 1;
  entries: number;
  streams: number;
  streamBytes: number;
  /** Position and digest of the last entry. */
  position: string;
  digest: string;
}

/** Entries read at once when the index is restored: 3.5 MB. */
const PIECE = 65_536;

/**
 * The index on disk, so that a restart reads what came since and not the whole log. It can be deleted at any time: it
 * is made anew from the log, which is the truth.
 */
export class KeptIndex {
  private mark: Mark | undefined;
  private writing: Promise<void> = Promise.resolve();
  private timer: NodeJS.Timeout | undefined;
  /** The file of entries, open for reading back what was set aside. */
  private entriesFile: number | undefined;

  private constructor(
    private readonly folder: string,
    private readonly identity: IndexIdentity,
    private readonly lock: DataFolderLock,
  ) {}

  /**
   * Claims a folder, which is made when absent.
   * @throws DataFolderInUse
   */
  static claim(folder: string, identity: IndexIdentity): KeptIndex {
    return new KeptIndex(folder, identity, lockDataFolder(folder));
  }

  /**
   * The kept index without its last entry: following the log from there gives that entry again, which shows whether
   * it is still the same log. Empty when nothing usable is kept.
   */
  read(): LogIndex {
    const index = new LogIndex();
    try {
      const mark = JSON.parse(readFileSync(this.file('mark.json'), 'utf8')) as Mark;
      if (!this.isOurs(mark)) return index;
      this.openEntries();
      const names = readFileSync(this.file('streams.ndjson')).subarray(0, mark.streamBytes);
      const isWhole = names.length === mark.streamBytes && this.holds(mark.entries);
      if (!isWhole) return index;
      const lines = names.toString('utf8').split('\n').slice(0, mark.streams);
      const streams = lines.map((line) => JSON.parse(line) as string);
      index.restore(streams, this.pieces(index, mark.entries - 1));
      this.mark = mark;
      return index;
    } catch {
      return new LogIndex(); // absent or damaged: the log has it all
    }
  }

  /** Whether an index that went on from the kept one is still of the same log. */
  agrees(index: LogIndex): boolean {
    if (!this.mark) return true;
    const { entries, position, digest } = this.mark;
    if (index.length < entries) return false;
    const last = index.at(entries - 1);
    return String(last.position) === position && last.digest === digest;
  }

  /** Throws away what is kept, and keeps up with nothing until it is told so anew. */
  async forget(): Promise<void> {
    clearInterval(this.timer);
    await this.writing;
    this.mark = undefined;
    rmSync(this.file('mark.json'), { force: true });
  }

  /** Writes what is new every so many ms, until {@link release}: also of a log whose first reading takes long. */
  keepUpWith(index: LogIndex, milliseconds: number): void {
    this.timer = setInterval(() => void this.write(index), milliseconds);
    this.timer.unref();
  }

  /** Writes what is new, when there is an index, and gives the folder free. */
  async release(index?: LogIndex): Promise<void> {
    clearInterval(this.timer);
    if (index) await this.write(index);
    if (this.entriesFile !== undefined) closeSync(this.entriesFile);
    this.lock.release();
  }

  private write(index: LogIndex): Promise<void> {
    this.writing = this.writing
      .then(() => this.writeNow(index))
      .catch((error: Error) => {
        clearInterval(this.timer);
        process.emitWarning(
          `The event log's index is no longer kept: ${error.message}`,
          'EventLogIndexNotKept',
        );
      });
    return this.writing;
  }

  private async writeNow(index: LogIndex): Promise<void> {
    const { entries, streams, streamBytes } = this.mark ?? { entries: 0, streams: 0, streamBytes: 0 };
    const length = index.length;
    if (length === entries || !this.agrees(index)) return;
    const { position, digest } = index.at(length - 1);
    const names = index.streamsInOrder.slice(streams);
    const lines = Buffer.from(names.map((name) => `${JSON.stringify(name)}\n`).join(''));
    await this.writeAt('entries.bin', index.bytes(entries, length), entries * ENTRY_SIZE);
    await this.writeAt('streams.ndjson', lines, streamBytes);
    const mark: Mark = {
      ...this.identity,
      version: 1,
      entries: length,
      streams: streams + names.length,
      streamBytes: streamBytes + lines.length,
      position: String(position),
      digest,
    };
    await writeFile(this.file('mark.new'), JSON.stringify(mark));
    await rename(this.file('mark.new'), this.file('mark.json'));
    this.mark = mark;
    this.openEntries();
    index.setAside(length, (from, until) => this.entries(from, until));
  }

  private *pieces(index: LogIndex, count: number): Generator<Buffer> {
    for (let from = 0; from < count; from += PIECE) {
      const until = Math.min(from + PIECE, count);
      yield this.entries(from, until);
      index.setAside(until, (first, end) => this.entries(first, end));
    }
  }

  private openEntries(): void {
    this.entriesFile ??= openSync(this.file('entries.bin'), 'r');
  }

  private holds(entries: number): boolean {
    return fstatSync(this.entriesFile!).size >= entries * ENTRY_SIZE;
  }

  private entries(from: number, until: number): Buffer {
    const bytes = Buffer.alloc((until - from) * ENTRY_SIZE);
    readSync(this.entriesFile!, bytes, 0, bytes.length, from * ENTRY_SIZE);
    return bytes;
  }

  /** Resolves when it is on disk: the mark must never be there before what it speaks of. */
  private async writeAt(name: string, bytes: Buffer, offset: number): Promise<void> {
    const file = await open(this.file(name), constants.O_RDWR | constants.O_CREAT, 0o600);
    try {
      await file.write(bytes, 0, bytes.length, offset);
      await file.datasync();
    } finally {
      await file.close();
    }
  }

  private isOurs({ version, namespace, prefixes }: Mark): boolean {
    return (
      version === 1 &&
      namespace === this.identity.namespace &&
      JSON.stringify(prefixes) === JSON.stringify(this.identity.prefixes)
    );
  }

  private file(name: string): string {
    return join(this.folder, name);
  }
}

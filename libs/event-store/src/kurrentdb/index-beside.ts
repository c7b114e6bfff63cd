import { createHash, type Hash } from 'node:crypto';
import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { ENTRY_SIZE, LogIndex } from './log-index.js';

/** What the index is of; another name space or other prefixes make another index. */
export interface IndexIdentity {
  namespace: string;
  prefixes: string[];
}

/** What is known to be whole on disk. Written last, so that nothing half written is ever taken for true. */
export interface Mark extends IndexIdentity {
  version: 2;
  entries: number;
  streams: number;
  streamBytes: number;
  /** Position and digest of the last entry. */
  position: string;
  digest: string;
  /** SHA-256 (hex) of the entries and of the names that are whole. */
  entriesSum: string;
  streamsSum: string;
}

/** Entries read at once: 3.5 MB. */
const PIECE = 65_536;

/**
 * The index that a process keeps of the log in its data folder, for whoever reads the log beside it: other threads, and
 * commands. Read once; from then on what that process has written need not stay in memory here.
 */
export class IndexBeside {
  protected mark: Mark | undefined;
  /** Of what {@link mark} speaks of. */
  protected sums = { entries: createHash('sha256'), streams: createHash('sha256') };
  protected timer: NodeJS.Timeout | undefined;
  /** The file of entries. Once open it stays so, also when it is removed or another takes its place: what was set aside lies in it. */
  protected entriesFile: number | undefined;

  constructor(
    private readonly folder: string,
    protected readonly identity: IndexIdentity,
  ) {}

  /**
   * The index on disk without its last entry: following the log from there gives that entry again, which shows whether
   * it is still the same log. Empty when nothing usable is there.
   */
  read(): LogIndex {
    try {
      return this.readWhole() ?? new LogIndex();
    } catch {
      return new LogIndex(); // absent or damaged: the log has it all
    }
  }

  /** Whether an index that went on from the one on disk is still of the same log. */
  agrees(index: LogIndex): boolean {
    return !this.mark || isOf(this.mark, index);
  }

  /** Goes on as if nothing were there. */
  forget(): Promise<void> {
    clearInterval(this.timer);
    this.mark = undefined;
    this.closeEntries();
    return Promise.resolve();
  }

  /** Every so many ms until {@link release}, also of a log whose first reading takes long. */
  keepUpWith(index: LogIndex, milliseconds: number): void {
    this.timer = setInterval(() => void this.keep(index), milliseconds);
    this.timer.unref();
  }

  release(_index?: LogIndex): Promise<void> {
    clearInterval(this.timer);
    this.closeEntries();
    return Promise.resolve();
  }

  /** Lets go of the memory of what stands on disk by now. What is not there, or not the same, stays in memory. */
  protected keep(index: LogIndex): Promise<void> {
    const from = this.mark?.entries ?? 0;
    try {
      const mark = this.readMark();
      if (mark && mark.entries > from && isOf(mark, index) && this.holds(index, from, mark.entries))
        this.standsOnDisk(mark, index);
    } catch {
      // nobody has written any
    }
    return Promise.resolve();
  }

  /** From here on the entries that a mark speaks of are read back when they are needed. */
  protected standsOnDisk(mark: Mark, index: LogIndex): void {
    this.mark = mark;
    index.setAside(mark.entries, (from, until) => this.entries(from, until));
  }

  protected openEntries(access: 'r' | 'r+' = 'r'): void {
    this.entriesFile ??= openSync(this.file('entries.bin'), access);
  }

  protected closeEntries(): void {
    if (this.entriesFile !== undefined) closeSync(this.entriesFile);
    this.entriesFile = undefined;
  }

  protected file(name: string): string {
    return join(this.folder, name);
  }

  private readWhole(): LogIndex | undefined {
    const mark = this.readMark();
    if (!mark) return undefined;
    this.openEntries();
    const names = readFileSync(this.file('streams.ndjson')).subarray(0, mark.streamBytes);
    const lines = names.toString('utf8').split('\n').slice(0, mark.streams);
    const streams = lines.map((line) => JSON.parse(line) as string);
    const index = new LogIndex();
    const sums = { entries: createHash('sha256'), streams: createHash('sha256').update(names) };
    index.restore(streams, this.pieces(index, mark.entries - 1, sums.entries));
    sums.entries.update(this.entries(mark.entries - 1, mark.entries));
    if (sumOf(sums.entries) !== mark.entriesSum || sumOf(sums.streams) !== mark.streamsSum) return undefined;
    this.sums = sums;
    this.mark = mark;
    return index;
  }

  private *pieces(index: LogIndex, count: number, sum: Hash): Generator<Buffer> {
    for (let from = 0; from < count; from += PIECE) {
      const until = Math.min(from + PIECE, count);
      const piece = this.entries(from, until);
      sum.update(piece);
      yield piece;
      index.setAside(until, (first, end) => this.entries(first, end));
    }
  }

  private readMark(): Mark | undefined {
    const mark = JSON.parse(readFileSync(this.file('mark.json'), 'utf8')) as Mark;
    const { version, namespace, prefixes } = mark;
    const isOurs =
      version === 2 &&
      namespace === this.identity.namespace &&
      JSON.stringify(prefixes) === JSON.stringify(this.identity.prefixes);
    return isOurs ? mark : undefined;
  }

  /** Whether the file has the same entries as an index in memory. */
  private holds(index: LogIndex, from: number, until: number): boolean {
    this.openEntries();
    for (let first = from; first < until; first += PIECE) {
      const end = Math.min(first + PIECE, until);
      if (!this.entries(first, end).equals(index.bytes(first, end))) return false;
    }
    return true;
  }

  private entries(from: number, until: number): Buffer {
    const bytes = Buffer.alloc((until - from) * ENTRY_SIZE);
    const read = readSync(this.entriesFile!, bytes, 0, bytes.length, from * ENTRY_SIZE);
    if (read === bytes.length) return bytes;
    throw new Error(
      `The event log's index in ${this.folder} was cut off. Delete that folder and start again.`,
    );
  }
}

/** Of all that was given to a sum so far; more may follow. */
export function sumOf(sum: Hash): string {
  return sum.copy().digest('hex');
}

function isOf({ entries, position, digest }: Mark, index: LogIndex): boolean {
  if (index.length < entries) return false;
  const last = index.at(entries - 1);
  return String(last.position) === position && last.digest === digest;
}

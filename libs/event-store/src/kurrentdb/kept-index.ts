import { createHash } from 'node:crypto';
import fs, { closeSync, constants, openSync, rmSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { lockDataFolder, type DataFolderLock } from '../sqlite/data-folder-lock.js';
import { IndexBeside, sumOf, type IndexIdentity, type Mark } from './index-beside.js';
import { ENTRY_SIZE, type LogIndex } from './log-index.js';

/**
 * The index on disk, so that a restart reads what came since and not the whole log. It can be deleted at any time: it
 * is made anew from the log, which is the truth.
 */
export class KeptIndex extends IndexBeside {
  private writing: Promise<void> = Promise.resolve();

  private constructor(
    folder: string,
    identity: IndexIdentity,
    private readonly lock: DataFolderLock,
  ) {
    super(folder, identity);
  }

  /**
   * Claims a folder, which is made when absent.
   * @throws DataFolderInUse
   */
  static claim(folder: string, identity: IndexIdentity): KeptIndex {
    return new KeptIndex(folder, identity, lockDataFolder(folder));
  }

  /** Throws away what is kept. Whoever reads beside goes on with the file that they have open. */
  override async forget(): Promise<void> {
    clearInterval(this.timer);
    await this.writing;
    await super.forget();
    this.removeFiles();
  }

  /** Writes what is new, when there is an index, and gives the folder free. */
  override async release(index?: LogIndex): Promise<void> {
    clearInterval(this.timer);
    if (index) await this.keep(index);
    await this.writing;
    await super.release();
    this.lock.release();
  }

  /** Writes what is new. */
  protected override keep(index: LogIndex): Promise<void> {
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

  protected override openEntries(): void {
    super.openEntries('r+');
  }

  private async writeNow(index: LogIndex): Promise<void> {
    if (!this.mark) this.beginAnew();
    const { entries, streams, streamBytes } = this.mark ?? { entries: 0, streams: 0, streamBytes: 0 };
    const length = index.length;
    if (length === entries || !this.agrees(index)) return;
    const { position, digest } = index.at(length - 1);
    const names = index.streamsInOrder.slice(streams);
    const lines = Buffer.from(names.map((name) => `${JSON.stringify(name)}\n`).join(''));
    const added = index.bytes(entries, length);
    await writeAt(this.entriesFile!, added, entries * ENTRY_SIZE);
    await this.writeNames(lines, streamBytes);
    const sums = {
      entries: this.sums.entries.copy().update(added),
      streams: this.sums.streams.copy().update(lines),
    };
    const mark: Mark = {
      ...this.identity,
      version: 2,
      entries: length,
      streams: streams + names.length,
      streamBytes: streamBytes + lines.length,
      position: String(position),
      digest,
      entriesSum: sumOf(sums.entries),
      streamsSum: sumOf(sums.streams),
    };
    await writeFile(this.file('mark.new'), JSON.stringify(mark));
    await rename(this.file('mark.new'), this.file('mark.json'));
    this.sums = sums;
    this.standsOnDisk(mark, index);
  }

  /** In a file of its own: others may still read back from the one before. */
  private beginAnew(): void {
    this.closeEntries();
    this.removeFiles();
    this.sums = { entries: createHash('sha256'), streams: createHash('sha256') };
    this.entriesFile = openSync(this.file('entries.bin'), 'wx+', 0o600);
  }

  private removeFiles(): void {
    for (const name of ['mark.json', 'entries.bin', 'streams.ndjson'])
      rmSync(this.file(name), { force: true });
  }

  private async writeNames(lines: Buffer, offset: number): Promise<void> {
    const file = openSync(this.file('streams.ndjson'), constants.O_RDWR | constants.O_CREAT, 0o600);
    try {
      await writeAt(file, lines, offset);
    } finally {
      closeSync(file);
    }
  }
}

const [write, datasync] = [promisify(fs.write), promisify(fs.fdatasync)];

/** Resolves when it is on disk: the mark must never be there before what it speaks of. */
async function writeAt(file: number, bytes: Buffer, offset: number): Promise<void> {
  for (let done = 0; done < bytes.length;)
    done += (await write(file, bytes, done, bytes.length - done, offset + done)).bytesWritten;
  await datasync(file);
}

import { createHash } from 'node:crypto';
import { constants, rmSync } from 'node:fs';
import { open, rename, writeFile } from 'node:fs/promises';
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

  /** Throws away what is kept. Whoever reads beside goes on with the files that they have open. */
  override async forget(): Promise<void> {
    clearInterval(this.timer);
    await this.writing;
    await super.forget();
    for (const name of ['mark.json', 'entries.bin', 'streams.ndjson'])
      rmSync(this.file(name), { force: true });
  }

  /** Writes what is new, when there is an index, and gives the folder free. */
  override async release(index?: LogIndex): Promise<void> {
    clearInterval(this.timer);
    if (index) await this.keep(index);
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

  private async writeNow(index: LogIndex): Promise<void> {
    if (!this.mark) this.sums = { entries: createHash('sha256'), streams: createHash('sha256') };
    const { entries, streams, streamBytes } = this.mark ?? { entries: 0, streams: 0, streamBytes: 0 };
    const length = index.length;
    if (length === entries || !this.agrees(index)) return;
    const { position, digest } = index.at(length - 1);
    const names = index.streamsInOrder.slice(streams);
    const lines = Buffer.from(names.map((name) => `${JSON.stringify(name)}\n`).join(''));
    const added = index.bytes(entries, length);
    await this.writeAt('entries.bin', added, entries * ENTRY_SIZE);
    await this.writeAt('streams.ndjson', lines, streamBytes);
    this.sums.entries.update(added);
    this.sums.streams.update(lines);
    const mark: Mark = {
      ...this.identity,
      version: 2,
      entries: length,
      streams: streams + names.length,
      streamBytes: streamBytes + lines.length,
      position: String(position),
      digest,
      entriesSum: sumOf(this.sums.entries),
      streamsSum: sumOf(this.sums.streams),
    };
    await writeFile(this.file('mark.new'), JSON.stringify(mark));
    await rename(this.file('mark.new'), this.file('mark.json'));
    this.standsOnDisk(mark, index);
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
}

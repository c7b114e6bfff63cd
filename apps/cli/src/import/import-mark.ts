import type { EventLogReader, Position } from '@domeinbrug/event-store';
import type { NdjsonPlace } from '@domeinbrug/intake';
import { createHash } from 'node:crypto';
import {
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import type { ImportCounts } from './outcome.js';

/**
 * Where an import of a file into a data folder was broken off, so that the next one goes on from there. Importing a
 * file again changes nothing, so a mark only saves time: it is believed when the file still begins as it did and the
 * log still holds what was stored, and otherwise the file is read from its first line.
 */
export interface ImportMark {
  place: NdjsonPlace;
  counts: ImportCounts;
  /** An event of the file that is in the log, and the digest there: all that was stored before it is there too. */
  position: Position;
  digest: string;
  /** Hash of what was read of the file, of its beginning and its end. */
  read: string;
  /** How much of the reject file belongs to what was read. */
  rejectBytes: number;
}

/** The marks of one file's import into one folder. */
export class ImportMarks {
  private readonly path: string;

  /** @param how whether the file is read as history: a mark of the one says nothing of the other */
  constructor(
    dataDir: string,
    private readonly file: string,
    how: 'history' | 'now',
    private readonly log: EventLogReader,
  ) {
    const key = createHash('sha256')
      .update(`${how}\n${resolve(file)}`)
      .digest('hex')
      .slice(0, 16);
    this.path = join(dataDir, 'imports', `${key}.json`);
  }

  /** The mark that holds, or nothing. */
  async last(): Promise<ImportMark | undefined> {
    const mark = this.stored();
    if (!mark || hashOfRead(this.file, mark.place.bytes) !== mark.read) return undefined;
    return (await this.digestAt(mark.position)) === mark.digest ? mark : undefined;
  }

  /** Keeps how far it is; replaces the mark before it in one step. */
  async set(mark: Omit<ImportMark, 'digest' | 'read'>): Promise<void> {
    const digest = await this.digestAt(mark.position);
    if (digest === undefined) return; // nothing is stored yet
    mkdirSync(join(this.path, '..'), { recursive: true, mode: 0o700 });
    const whole: ImportMark = { ...mark, digest, read: hashOfRead(this.file, mark.place.bytes) };
    writeFileSync(`${this.path}.new`, JSON.stringify(whole), { mode: 0o600 });
    renameSync(`${this.path}.new`, this.path);
  }

  /** The import has come to its end. */
  remove(): void {
    rmSync(this.path, { force: true });
  }

  private stored(): ImportMark | undefined {
    try {
      return JSON.parse(readFileSync(this.path, 'utf8')) as ImportMark;
    } catch {
      return undefined; // none, or half of one: reading the file whole is always right
    }
  }

  private async digestAt(position: Position): Promise<string | undefined> {
    if (!/^[1-9]\d*$/.test(position)) return undefined;
    const [event] = await this.log.readAll(String(BigInt(position) - 1n), 1);
    return event?.position === position ? event.digest : undefined;
  }
}

const hashedBytes = 65_536;

/** Of the first and the last bytes of what was read of a file. */
function hashOfRead(file: string, bytes: number): string {
  const hash = createHash('sha256').update(String(bytes));
  const descriptor = openSync(file, 'r');
  try {
    const piece = Buffer.alloc(Math.min(hashedBytes, bytes));
    for (const start of [0, bytes - piece.length]) {
      const length = readSync(descriptor, piece, 0, piece.length, start);
      hash.update(piece.subarray(0, length));
    }
  } finally {
    closeSync(descriptor);
  }
  return hash.digest('hex');
}

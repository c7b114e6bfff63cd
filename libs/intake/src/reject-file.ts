import { open, type FileHandle } from 'node:fs/promises';
import { withoutBsn } from './bsn.js';

/** One thing of a file that was not taken in. Never holds what the file said of a person. */
export interface Reject {
  /** `line 12`, or a place in a message: `message 1d8d1f0852bf, client 2, product 1`. */
  where: string;
  code: string;
  detail: string;
  /** JSON pointer inside the line. */
  pointer?: string;
}

/** A reject as one line of NDJSON, its end included. */
export function rejectLine(reject: Reject): string {
  const { where, pointer, code, detail } = reject;
  return `${withoutBsn(JSON.stringify({ where, ...(pointer ? { pointer } : {}), code, detail }))}\n`;
}

/** A file of rejects, readable by its owner only. It is made at the first reject, so no rejects leave no file. */
export interface RejectFile {
  write(rejects: readonly Reject[]): Promise<void>;
  /** How long it is so far, in bytes. */
  bytes(): number;
  /** Closes the file and says how many rejects were written. */
  close(): Promise<number>;
}

/**
 * Starts a reject file at `path`; one that is there already is replaced at the first reject.
 * @param kept bytes of the file that is there which stay, when an import that was broken off goes on
 */
export function rejectFile(path: string, kept = 0): RejectFile {
  let file: FileHandle | undefined;
  let count = 0;
  let bytes = kept;
  return {
    async write(rejects) {
      if (rejects.length === 0) return;
      file ??= await opened(path, kept);
      const lines = Buffer.from(rejects.map(rejectLine).join(''));
      await file.write(lines, 0, lines.length, bytes);
      bytes += lines.length;
      count += rejects.length;
    },
    bytes: () => bytes,
    async close() {
      await file?.close();
      file = undefined;
      return count;
    },
  };
}

async function opened(path: string, kept: number): Promise<FileHandle> {
  if (kept === 0) return open(path, 'w', 0o600);
  const file = await open(path, 'r+');
  await file.truncate(kept);
  return file;
}

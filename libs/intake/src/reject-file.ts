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
  /** Closes the file and says how many rejects are in it. */
  close(): Promise<number>;
}

/** Starts a reject file at `path`; one that is there already is replaced at the first reject. */
export function rejectFile(path: string): RejectFile {
  let file: FileHandle | undefined;
  let count = 0;
  return {
    async write(rejects) {
      if (rejects.length === 0) return;
      file ??= await open(path, 'w', 0o600);
      await file.write(rejects.map(rejectLine).join(''));
      count += rejects.length;
    },
    async close() {
      await file?.close();
      file = undefined;
      return count;
    },
  };
}

import { chmodSync, closeSync, fsyncSync, openSync } from 'node:fs';
import type { LogHead } from '../event-log.js';
import { openLogForReading } from './log-database.js';
import { headStatement, readHead } from './sqlite-log-reader.js';

/** Pages between two reports: 4 MiB, some ten milliseconds. */
const pagesAStep = 1_024;

/**
 * Copies the log of a data folder as it is at this moment, also while a service writes to it, into a new file that only
 * its owner can read. Gives the head of the copy once that is on the disk.
 *
 * A copy that is made in steps begins anew whenever another connection has written in between, which under load is
 * always. So all steps are taken under one read transaction: they see one state, and the writer goes on beside them.
 *
 * @param progress is told the share that is done, 0 to 1
 * @throws LogNotFound, LogFileRefused
 */
export async function copyLog(
  dataDir: string,
  file: string,
  progress: (share: number) => void = () => undefined,
): Promise<LogHead> {
  closeSync(openSync(file, 'wx', 0o600));
  const source = openLogForReading(dataDir);
  try {
    source.exec('BEGIN');
    const head = readHead(headStatement(source)); // the first read is what begins the transaction's view
    await source.backup(file, {
      progress: ({ totalPages, remainingPages }) => {
        progress(totalPages === 0 ? 0 : 1 - remainingPages / totalPages);
        return pagesAStep;
      },
    });
    chmodSync(file, 0o600);
    flush(file);
    return head;
  } finally {
    source.close();
  }
}

function flush(file: string): void {
  const handle = openSync(file, 'r+');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

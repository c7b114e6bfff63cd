import { Worker } from 'node:worker_threads';
import { LogClosed } from '../event-log.js';
import type { AppendResult, EventLog, EventLogReader, LogHead } from '../event-log.js';
import { Listeners } from '../listeners.js';
import { readingBy } from '../reading-by.js';
import { writeDown } from '../written-append.js';
import type { WrittenAppend } from '../written-append.js';
import { lockDataFolder } from './data-folder-lock.js';
import type { DataFolderLock } from './data-folder-lock.js';
import { openLogForWriting } from './log-database.js';
import { openSqliteEventLogReader } from './sqlite-log-reader.js';
import { SqliteLogWriter } from './sqlite-log-writer.js';
import { WriterThread, untilReady } from './writer-thread.js';

export interface SqliteEventLogOptions {
  /** Folder for `log.db`; made when absent. */
  dataDir: string;
  /** ms since 1970, read when an append is handed in. Without one, the system's clock is read as it is written. */
  clock?: () => number;
}

/** The half that stores: a thread of its own, or the calling one. */
interface LogWriting {
  append(append: WrittenAppend): Promise<AppendResult>;
  close(): Promise<void>;
}

/**
 * Opens the log in a data folder, for the one process that may write there. Appends are committed in groups by a
 * writer thread, so that waiting for the disk never holds up the caller's event loop; reads run on the caller's
 * thread. When the writer thread fails, `onFailure` is told once and every append from then on is refused.
 * @throws DataFolderInUse, DataFolderRefused, LogFileRefused
 */
export function openSqliteEventLog(
  options: SqliteEventLogOptions & { onFailure?: (error: Error) => void },
): Promise<EventLog> {
  return claim(options, async (onCommit) => {
    const { dataDir, onFailure = () => {} } = options;
    const worker = new Worker(new URL('./log-writer.worker.js', import.meta.url), {
      workerData: { dataDir },
    });
    await untilReady(worker);
    return new WriterThread(worker, onCommit, onFailure);
  });
}

/**
 * The same log without the thread: every append is a commit of its own on the calling thread, which waits for the
 * disk. For commands, imports and tests; a service that answers requests wants {@link openSqliteEventLog}.
 * @throws DataFolderInUse, DataFolderRefused, LogFileRefused
 */
export function openSqliteEventLogInProcess(options: SqliteEventLogOptions): Promise<EventLog> {
  return claim(options, (onCommit) => {
    const writer = new SqliteLogWriter(openLogForWriting(options.dataDir), options.clock);
    return Promise.resolve(new WritingHere(writer, onCommit));
  });
}

async function claim(
  { dataDir, clock }: SqliteEventLogOptions,
  startWriting: (onCommit: (head: LogHead) => void) => Promise<LogWriting>,
): Promise<EventLog> {
  const lock = lockDataFolder(dataDir);
  const listeners = new Listeners();
  let reader: EventLogReader | undefined;
  try {
    openLogForWriting(dataDir).close(); // refusals are thrown here, as what they are, and not inside the thread
    reader = openSqliteEventLogReader({ dataDir });
    const writing = await startWriting((head) => listeners.tell(head));
    return logOver(reader, writing, listeners, clock, lock);
  } catch (error) {
    await reader?.close();
    lock.release();
    throw error;
  }
}

function logOver(
  reader: EventLogReader,
  writing: LogWriting,
  listeners: Listeners,
  clock: (() => number) | undefined,
  lock: DataFolderLock,
): EventLog {
  let closed: Promise<void> | undefined;
  /** The lock goes last: whoever gets the folder next finds it at rest. */
  const finish = async (): Promise<void> => {
    await writing.close();
    await reader.close();
    listeners.clear();
    lock.release();
  };
  return {
    ...readingBy(reader),
    append: (append) => new Promise((resolve) => resolve(writing.append(writeDown(append, clock?.())))),
    subscribe: (listener) => listeners.add(listener),
    close: () => (closed ??= finish()),
  };
}

class WritingHere implements LogWriting {
  private closed = false;

  constructor(
    private readonly writer: SqliteLogWriter,
    private readonly onCommit: (head: LogHead) => void,
  ) {}

  append(append: WrittenAppend): Promise<AppendResult> {
    return new Promise((resolve) => {
      if (this.closed) throw new LogClosed('The event log is closed and takes no more appends.');
      const [result] = this.writer.commitGroup([append]);
      resolve(result!);
      if (result!.status === 'appended') this.onCommit(this.writer.head());
    });
  }

  close(): Promise<void> {
    this.closed = true;
    this.writer.close();
    return Promise.resolve();
  }
}

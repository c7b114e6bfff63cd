import type { ArchiveShared } from '@domeinbrug/archive';
import type { EventLogReader, Position } from '@domeinbrug/event-store';
import { archiveBeside, archiveIn, ArchiveKeeper } from './archive-keeper.js';
import { ReferenceBook } from './reference-book.js';

/** How a command comes by the archive of facts. */
export interface ArchiveOfLog {
  /** What had to be folded stays in the data folder, for which this process must hold it. Else a service may run beside. */
  keeps: boolean;
  /** Called now and then with the share of the log that is there, 0 to 1. */
  tell?: (share: number) => void;
}

/** The archive of facts up to a position of the log or further: what the data folder has of it, and beyond that folded here. */
export async function archiveOfLog(
  dataDir: string,
  log: EventLogReader,
  upTo: Position,
  { keeps, tell = () => undefined }: ArchiveOfLog,
): Promise<ArchiveShared> {
  const opening = keeps ? archiveIn(dataDir) : archiveBeside(dataDir);
  const told: ArchiveShared[] = [];
  const keeper = new ArchiveKeeper(opening, log, new ReferenceBook(log), (shared) => told.push(shared));
  try {
    await keeper.reach(upTo, tell);
    return told.at(-1)!;
  } finally {
    await keeper.close();
  }
}

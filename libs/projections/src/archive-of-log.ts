import { ArchiveReader, keepArchiveIn, type ArchiveShared } from '@domeinbrug/archive';
import type { EventLogReader, Position } from '@domeinbrug/event-store';
import { archiveBeside, ArchiveKeeper, foldVersion } from './archive-keeper.js';
import { ReferenceBook } from './reference-book.js';

/**
 * The archive of facts up to a position of the log or further: what the data folder has of it, and beyond that folded
 * here, in memory. Nothing is written, so a service may run beside it.
 *
 * @param tell called now and then with the share of the log that is there, 0 to 1
 * @returns `grew` when something had to be folded, see {@link keepArchive}
 */
export async function archiveOfLog(
  dataDir: string,
  log: EventLogReader,
  upTo: Position,
  tell: (share: number) => void = () => undefined,
): Promise<{ archive: ArchiveShared; grew: boolean }> {
  const told: ArchiveShared[] = [];
  const keeper = new ArchiveKeeper(archiveBeside(dataDir), log, new ReferenceBook(log), (shared) =>
    told.push(shared),
  );
  try {
    const before = new ArchiveReader(told.at(-1)!).upTo.position;
    await keeper.reach(upTo, tell);
    const archive = told.at(-1)!;
    return { archive, grew: new ArchiveReader(archive).upTo.position !== before };
  } finally {
    await keeper.close();
  }
}

/** Puts what {@link archiveOfLog} folded into the data folder, for the next one; this process must hold the folder. */
export function keepArchive(dataDir: string, archive: ArchiveShared): Promise<void> {
  return keepArchiveIn({ dataDir, foldVersion }, archive);
}

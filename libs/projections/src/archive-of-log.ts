import type { ArchiveShared } from '@domeinbrug/archive';
import type { EventLogReader, Position } from '@domeinbrug/event-store';
import { archiveBeside, ArchiveKeeper } from './archive-keeper.js';
import { ReferenceBook } from './reference-book.js';

/**
 * The archive of facts up to a position of the log or further, for questions only: as far as it lies in the data folder,
 * beyond that folded here and kept in memory. Nothing is written, so a service may run beside it.
 *
 * @param tell called now and then with the share of the log that is there, 0 to 1
 */
export async function archiveOfLog(
  dataDir: string,
  log: EventLogReader,
  upTo: Position,
  tell: (share: number) => void = () => undefined,
): Promise<ArchiveShared> {
  const told: ArchiveShared[] = [];
  const keeper = new ArchiveKeeper(archiveBeside(dataDir), log, new ReferenceBook(log), (shared) =>
    told.push(shared),
  );
  await keeper.reach(upTo, tell);
  return told.at(-1)!;
}

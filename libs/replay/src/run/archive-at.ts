import { ArchiveReader, type ArchiveShared } from '@domeinbrug/archive';
import { ReplayFailed } from './replay-threads.js';

/** An archive, and the event in it that a position stands for: the snapshot that a run holds. */
export interface ArchiveAt {
  shared: ArchiveShared;
  event: number;
  /** When the last event before it that says anything of a client was recorded: ms since 1970, 0 before the first. */
  lastTold: number;
}

const pollMs = 20;

/**
 * The archive once it has come as far as a position of the log.
 *
 * @param patienceMs how long it may take to take in what the log has
 * @throws ReplayFailed when it does not come so far in time
 */
export async function archiveAt(
  archive: () => ArchiveShared | null,
  position: string,
  patienceMs = 5_000,
): Promise<ArchiveAt> {
  for (const deadline = Date.now() + patienceMs; ;) {
    const shared = archive();
    const reader = shared && new ArchiveReader(shared);
    if (shared && reader && Number(reader.upTo.position) >= Number(position))
      return snapshotOf(shared, reader, reader.eventAt(position));
    if (Date.now() >= deadline)
      throw new ReplayFailed('The archive of facts is not as far as the log yet; ask again in a moment.');
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
}

function snapshotOf(shared: ArchiveShared, reader: ArchiveReader, event: number): ArchiveAt {
  return { shared, event, lastTold: event === 0 ? 0 : reader.momentOf(event).recordedAt };
}

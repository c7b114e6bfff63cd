import { readArchive, type ArchiveShared } from '@domeinbrug/archive';
import { comparePositions, type EventLogReader, type Position } from '@domeinbrug/event-store';
import { ViewsNotReady, type Projections } from './projections.js';
import { readCheckpoint } from './checkpoint.js';
import { findingCounts, statusOf } from './status.js';
import { foldVersion } from './archive-keeper.js';
import { openViewsStore, type ViewsPlace } from './open-views-store.js';
import type { ViewsDatabase } from './tables.js';

const pollMs = 50;

/**
 * Read models for questions only; a service may be keeping them up beside it.
 *
 * @param dataDir the folder of the archive
 * @param place where the read models lie; in that folder when left out
 */
export async function readProjections({
  dataDir,
  views: place = { kind: 'folder', dataDir },
  log,
}: {
  dataDir: string;
  views?: ViewsPlace;
  log: EventLogReader;
}): Promise<Projections> {
  const store = openViewsStore(place);
  let open: ViewsDatabase | null = null;
  let archive: ArchiveShared | null = null;
  const opened = async (): Promise<ViewsDatabase | null> => {
    // A generation may be replaced between reading its name and opening it; the next name is then there already.
    for (let generation = await store.current(); !open && generation !== null;) {
      open = store.openForReading(generation);
      const named = await store.current();
      if (named === generation) break;
      generation = named;
    }
    return open;
  };
  const isAt = async (position: Position): Promise<boolean> => {
    const db = await opened();
    const checkpoint = db && (await readCheckpoint(db));
    return !!checkpoint && comparePositions(checkpoint.position, position) >= 0;
  };
  await opened();
  return {
    views() {
      if (open) return open;
      throw new ViewsNotReady('There are no read models yet; start the service once.');
    },
    async reached(position, withinMs) {
      const deadline = Date.now() + withinMs;
      while (!(await isAt(position))) {
        if (Date.now() >= deadline) return false;
        await new Promise((resolve) => setTimeout(resolve, pollMs));
      }
      return true;
    },
    async status() {
      const db = await opened();
      const findings = db && (await findingCounts(db));
      const status = await statusOf(db, log, { stopped: null, findings, building: await store.building() });
      return db ? status : { ...status, state: 'absent' };
    },
    archive() {
      return (archive ??= readArchive({ dataDir, foldVersion }));
    },
    subscribe() {
      // Nobody wakes who only reads; it asks again.
      return () => undefined;
    },
    async close() {
      await open?.destroy();
      await store.close();
    },
  };
}

import { readArchive, type ArchiveShared } from '@domeinbrug/archive';
import { comparePositions, type EventLogReader, type Position } from '@domeinbrug/event-store';
import { ViewsNotReady, type Projections } from './projections.js';
import { readCheckpoint } from './checkpoint.js';
import { findingCounts, statusOf } from './status.js';
import { foldVersion } from './archive-keeper.js';
import { viewsPath } from './generations.js';
import { openViewsForReading, viewsExist } from './views-file.js';
import type { ViewsDatabase } from './tables.js';

const pollMs = 50;

/** The read models of a data folder for questions only; a service may be keeping them up beside it. */
export function readProjections({ dataDir, log }: { dataDir: string; log: EventLogReader }): Projections {
  let open: ViewsDatabase | null = null;
  let archive: ArchiveShared | null = null;
  const opened = (): ViewsDatabase | null => {
    // A generation may be replaced between reading its name and opening it; the next name is then there already.
    for (let path = ''; !open && path !== viewsPath(dataDir);) {
      path = viewsPath(dataDir);
      if (viewsExist(path)) open = openIfThere(path);
    }
    return open;
  };
  const isAt = async (position: Position): Promise<boolean> => {
    const db = opened();
    const checkpoint = db && (await readCheckpoint(db));
    return !!checkpoint && comparePositions(checkpoint.position, position) >= 0;
  };
  return {
    views() {
      const db = opened();
      if (db) return db;
      throw new ViewsNotReady('There are no read models in this data folder; start the service once.');
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
      const db = opened();
      const status = await statusOf(db, log, null, db && (await findingCounts(db)));
      return db ? status : { ...status, state: 'absent' };
    },
    archive() {
      return (archive ??= readArchive({ dataDir, foldVersion }));
    },
    subscribe() {
      // Nobody wakes a reader of a folder; it asks again.
      return () => undefined;
    },
    async close() {
      await open?.destroy();
    },
  };
}

function openIfThere(path: string): ViewsDatabase | null {
  try {
    return openViewsForReading(path);
  } catch (error) {
    if (viewsExist(path)) throw error;
    return null;
  }
}

import type { ClientCoverage } from './client-coverage.js';
import { readCheckpoint, type LogSource } from './projector.js';
import { rebuildViews } from './rebuild.js';
import { openViewsForWriting, viewsPath, type ViewsDatabase } from './views-file.js';

/**
 * Opens the read models for the projector. Rows made with other rules, or by another version of the
 * projections, are derived again beside the old ones, which are then replaced.
 */
export async function openCurrentViews(
  dataDir: string,
  log: LogSource,
  coverage: ClientCoverage,
): Promise<ViewsDatabase> {
  const db = await openViewsForWriting(viewsPath(dataDir));
  const checkpoint = await readCheckpoint(db);
  if (checkpoint === null || checkpoint.identity === coverage.identity) return db;
  await db.destroy();
  await rebuildViews(dataDir, log, coverage);
  return openViewsForWriting(viewsPath(dataDir));
}

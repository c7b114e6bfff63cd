import { START } from '@domeinbrug/event-store';
import type { ClientCoverage } from './client-coverage.js';
import type { LogSource } from './projector.js';
import { rebuildViews } from './rebuild.js';
import { openViewsForWriting, viewsPath } from './views-file.js';
import type { ViewsWriter } from './views-writer.js';

/**
 * Opens the read models for the projector. When there are none, or when they were made with other rules or by another
 * version of the projections, they are derived beside the old ones, which are then replaced.
 */
export async function openCurrentViews(
  dataDir: string,
  log: LogSource,
  coverage: ClientCoverage,
): Promise<ViewsWriter> {
  const views = await openViewsForWriting(viewsPath(dataDir));
  const checkpoint = views.checkpoint();
  const isCurrent = checkpoint
    ? checkpoint.identity === coverage.identity
    : (await log.head()).position === START;
  if (isCurrent) return views;
  views.close();
  await rebuildViews(dataDir, log, coverage);
  return openViewsForWriting(viewsPath(dataDir));
}

export * from './client-coverage.js';
export { clientOfStream, streamOfClient } from './client-stream.js';
export * from './gaps-by-funder.js';
export * from './projections.js';
export { readProjections } from './read-projections.js';
export { catchUp, readCheckpoint, type Checkpoint, type LogSource } from './projector.js';
export { deriveViews, rebuildViews } from './rebuild.js';
export * from './rules-in-force.js';
export { rowChanges, type RowChange } from './row-changes.js';
export * from './status.js';
export * from './verify.js';
export * from './views.js';
export {
  openViewsForReading,
  openViewsForWriting,
  viewsExist,
  viewsPath,
  type ViewsDatabase,
} from './views-file.js';

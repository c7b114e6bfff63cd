export { ArchiveBuilder } from './archive-builder.js';
export { ArchiveReader } from './archive-reader.js';
export { ArchiveWriter } from './archive-writer.js';
export type { FunderCode } from './funders.js';
export type { ArchiveShared, Moment } from './generation.js';
export type { ArchiveSize } from './size.js';
export { keepArchiveIn, readArchive, type ArchivePlace } from './archive-files.js';
export { packHistories, type ClientHistory, type PackedHistories } from './histories.js';

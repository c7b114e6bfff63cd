export * from './append-each.js';
export * from './event-log.js';
export * from './log-digest.js';
export { DataFolderInUse, lockDataFolder } from './sqlite/data-folder-lock.js';
export type { DataFolderLock } from './sqlite/data-folder-lock.js';
export { LogFileRefused, LogNotFound } from './sqlite/log-database.js';
export { openSqliteEventLogReader } from './sqlite/sqlite-log-reader.js';
export { openSqliteEventLog, openSqliteEventLogInProcess } from './sqlite/sqlite-event-log.js';
export type { SqliteEventLogOptions } from './sqlite/sqlite-event-log.js';

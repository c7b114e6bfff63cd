import type { EventLog, EventLogReader, LogPlace } from './event-log.js';
import { openSqliteEventLog, openSqliteEventLogInProcess } from './sqlite/sqlite-event-log.js';
import { openSqliteEventLogReader } from './sqlite/sqlite-log-reader.js';

/** Where the settings say that the log lies. */
export function logPlaceOf({ dataDir }: { dataDir: string }): LogPlace {
  return { kind: 'folder', dataDir };
}

/** The store that somebody names: a data folder. */
export function logPlaceNamed(store: string): LogPlace {
  return { kind: 'folder', dataDir: store };
}

/**
 * Opens a log to be written by a service: appends never hold up the caller's event loop.
 *
 * @throws DataFolderInUse, LogFileRefused
 */
export function openEventLog(place: LogPlace, onFailure?: (error: Error) => void): Promise<EventLog> {
  return openSqliteEventLog({ dataDir: place.dataDir, onFailure });
}

/** The same for a command, which has nothing else to do while it waits for the disk. @throws DataFolderInUse, LogFileRefused */
export function openEventLogInProcess(place: LogPlace): Promise<EventLog> {
  return openSqliteEventLogInProcess({ dataDir: place.dataDir });
}

/** @throws LogNotFound, LogFileRefused */
export async function openEventLogReader(place: LogPlace): Promise<EventLogReader> {
  return Promise.resolve(openSqliteEventLogReader({ dataDir: place.dataDir }));
}

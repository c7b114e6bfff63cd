import type { EventLog, EventLogReader, LogPlace } from './event-log.js';
import { openPostgresEventLog } from './postgres/postgres-event-log.js';
import { openPostgresEventLogReader } from './postgres/postgres-log-reader.js';
import { openSqliteEventLog, openSqliteEventLogInProcess } from './sqlite/sqlite-event-log.js';
import { openSqliteEventLogReader } from './sqlite/sqlite-log-reader.js';

/** What settings say of where the log lies. */
export interface LogSettings {
  dataDir: string;
  databaseUrl: string | null;
  databaseSchema: string;
}

/** Where the settings say that the log lies: in the database where there is one, else in the data folder. */
export function logPlaceOf({ dataDir, databaseUrl, databaseSchema }: LogSettings): LogPlace {
  return logPlaceNamed(databaseUrl ?? dataDir, databaseSchema);
}

/** The store that somebody names: the address of a PostgreSQL database, or a data folder. */
export function logPlaceNamed(store: string, schema: string): LogPlace {
  return /^postgres(ql)?:\/\//.test(store)
    ? { kind: 'postgres', url: store, schema }
    : { kind: 'folder', dataDir: store };
}

/**
 * Opens a log to be written by a service: appends never hold up the caller's event loop.
 *
 * @param onFailure told when the store cannot be written or does not answer
 * @throws DataFolderInUse, LogFileRefused; LogUnreachable, LogSchemaRefused
 */
export function openEventLog(place: LogPlace, onFailure?: (error: Error) => void): Promise<EventLog> {
  return place.kind === 'postgres'
    ? openPostgresEventLog({ ...place, onFailure })
    : openSqliteEventLog({ ...place, onFailure });
}

/** The same for a command, which has nothing else to do while it waits for the disk. */
export function openEventLogInProcess(place: LogPlace): Promise<EventLog> {
  return place.kind === 'postgres' ? openPostgresEventLog(place) : openSqliteEventLogInProcess(place);
}

/** @throws LogNotFound, LogFileRefused; LogUnreachable, LogSchemaRefused */
export async function openEventLogReader(place: LogPlace): Promise<EventLogReader> {
  return place.kind === 'postgres' ? openPostgresEventLogReader(place) : openSqliteEventLogReader(place);
}

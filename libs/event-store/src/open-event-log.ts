import type { EventLog, EventLogReader, LogPlace } from './event-log.js';
import { openKurrentdbEventLog } from './kurrentdb/kurrentdb-event-log.js';
import { openPostgresEventLog } from './postgres/postgres-event-log.js';
import { openPostgresEventLogReader } from './postgres/postgres-log-reader.js';
import { openSqliteEventLog, openSqliteEventLogInProcess } from './sqlite/sqlite-event-log.js';
import { openSqliteEventLogReader } from './sqlite/sqlite-log-reader.js';

/** What settings say of where the log lies. */
export interface LogSettings {
  dataDir: string;
  databaseUrl: string | null;
  databaseSchema: string;
  kurrentdbUrl: string | null;
}

/** Where the settings say that the log lies: on EventStoreDB / KurrentDB, else in the database, else in the data folder. */
export function logPlaceOf({ dataDir, databaseUrl, databaseSchema, kurrentdbUrl }: LogSettings): LogPlace {
  return logPlaceNamed(kurrentdbUrl ?? databaseUrl ?? dataDir, databaseSchema);
}

/** The store that somebody names: the address of one, or a data folder. */
export function logPlaceNamed(store: string, schema: string): LogPlace {
  const [, scheme] = /^([a-z+]+):\/\//.exec(store) ?? [];
  if (scheme === 'postgres' || scheme === 'postgresql') return { kind: 'postgres', url: store, schema };
  if (/^(esdb|kurrentdb)(\+discover)?$/.test(scheme ?? '')) return { kind: 'kurrentdb', url: store };
  return { kind: 'folder', dataDir: store };
}

/** How a log is opened by the process that a data folder belongs to. */
export interface OpeningLog {
  /** Where a log that lies elsewhere may keep an index of it. */
  dataDir?: string;
  /** Told when the store cannot be written or does not answer. */
  onFailure?: (error: Error) => void;
}

/**
 * Opens a log to be written by a service: appends never hold up the caller's event loop.
 *
 * @throws DataFolderInUse, DataFolderRefused, LogFileRefused; LogUnreachable, LogSchemaRefused; ServerTrouble, KurrentdbUrlRefused
 */
export function openEventLog(place: LogPlace, { dataDir, onFailure }: OpeningLog = {}): Promise<EventLog> {
  switch (place.kind) {
    case 'folder':
      return openSqliteEventLog({ ...place, onFailure });
    case 'postgres':
      return openPostgresEventLog({ ...place, onFailure });
    case 'kurrentdb':
      return openKurrentdbEventLog({ ...place, dataDir, onFailure });
  }
}

/** The same for a command, which has nothing else to do while it waits for the disk. */
export function openEventLogInProcess(place: LogPlace): Promise<EventLog> {
  return place.kind === 'folder' ? openSqliteEventLogInProcess(place) : openEventLog(place);
}

/**
 * Opens a log to be read, beside whoever writes it. One on EventStoreDB / KurrentDB is read once from its beginning.
 *
 * @throws LogNotFound and what {@link openEventLog} throws
 */
export async function openEventLogReader(place: LogPlace): Promise<EventLogReader> {
  switch (place.kind) {
    case 'folder':
      return openSqliteEventLogReader(place);
    case 'postgres':
      return openPostgresEventLogReader(place);
    case 'kurrentdb':
      return openKurrentdbEventLog(place);
  }
}

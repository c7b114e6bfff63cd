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
  if (kurrentdbUrl !== null) return { kind: 'kurrentdb', url: kurrentdbUrl, dataDir };
  return logPlaceNamed(databaseUrl ?? dataDir, databaseSchema);
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
  /** Told when the store cannot be written or does not answer. */
  onFailure?: (error: Error) => void;
  /** Told when the connection to a store elsewhere was lost, and when it is there again; it comes back by itself. */
  onLost?: (error: Error) => void;
  onBack?: () => void;
  /** Whether an index of a log elsewhere is kept in its data folder, which only the process that the folder belongs to may. */
  keepsIndex?: boolean;
}

/**
 * Opens a log to be written by a service: appends never hold up the caller's event loop.
 *
 * @throws DataFolderInUse, DataFolderRefused, LogFileRefused; LogUnreachable, LogSchemaRefused; ServerTrouble, KurrentdbUrlRefused
 */
export function openEventLog(
  place: LogPlace,
  { onFailure, onLost, onBack, keepsIndex }: OpeningLog = {},
): Promise<EventLog> {
  switch (place.kind) {
    case 'folder':
      return openSqliteEventLog({ ...place, onFailure });
    case 'postgres':
      return openPostgresEventLog({ ...place, onFailure });
    case 'kurrentdb':
      return openKurrentdbEventLog({ ...place, keepsIndex, onFailure, onLost, onBack });
  }
}

/** The same for a command, which has nothing else to do while it waits for the disk, and keeps nothing beside the log. */
export function openEventLogInProcess(place: LogPlace): Promise<EventLog> {
  switch (place.kind) {
    case 'folder':
      return openSqliteEventLogInProcess(place);
    case 'postgres':
      return openPostgresEventLog(place);
    case 'kurrentdb':
      return openKurrentdbEventLog(place);
  }
}

/**
 * Opens a log to be read, beside whoever writes it. One on EventStoreDB / KurrentDB is read
 * once from its beginning, or from where the index in a data folder ends.
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

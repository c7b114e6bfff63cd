import Database from 'better-sqlite3';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { LogNotFound } from '../event-log.js';

/** The file's own mark ("DmBl"), so that a database of something else is not taken for a log. */
const applicationId = 0x446d426c;
const schemaVersion = 1;

const schema = `
  CREATE TABLE streams (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    last_revision INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE events (
    position INTEGER PRIMARY KEY,
    stream INTEGER NOT NULL REFERENCES streams (id),
    revision INTEGER NOT NULL,
    id TEXT NOT NULL,
    type TEXT NOT NULL,
    content_hash BLOB NOT NULL,
    content TEXT NOT NULL,
    personal TEXT,
    metadata TEXT NOT NULL,
    recorded_at INTEGER NOT NULL,
    digest BLOB NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX events_by_revision ON events (stream, revision);
  CREATE UNIQUE INDEX events_by_id ON events (stream, id);
  PRAGMA application_id = ${applicationId};
  PRAGMA user_version = ${schemaVersion};
`;

/** The log's file cannot be used: it comes from a newer version, or it is not a log. */
export class LogFileRefused extends Error {
  override readonly name = 'LogFileRefused';
}

export function logFile(dataDir: string): string {
  return join(dataDir, 'log.db');
}

/**
 * Opens the log for writing and makes it when the folder has none. WAL lets readers go on beside the writer;
 * FULL makes each commit wait for the disk.
 * @throws LogFileRefused
 */
export function openLogForWriting(dataDir: string): Database.Database {
  const file = logFile(dataDir);
  const database = open(file, {});
  try {
    if (isEmpty(database, file)) {
      database.pragma('journal_mode = WAL');
      database.transaction(() => database.exec(schema)).immediate();
    }
    refuseUnknown(database, file);
    database.pragma('synchronous = FULL');
    database.pragma('cache_size = -32768'); // 32 MiB: the two unique indexes are met at random places
    database.pragma('journal_size_limit = 67108864'); // a long import does not leave its WAL behind at full length
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/**
 * Opens the log for reading, also beside a running service or after one that was killed.
 * @throws LogNotFound, LogFileRefused
 */
export function openLogForReading(dataDir: string): Database.Database {
  const file = logFile(dataDir);
  if (!existsSync(file)) throw notFound(dataDir);
  const database = open(file, { readonly: true, fileMustExist: true });
  try {
    if (isEmpty(database, file)) throw notFound(dataDir);
    refuseUnknown(database, file);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function open(file: string, options: Database.Options): Database.Database {
  try {
    return new Database(file, options);
  } catch (error) {
    throw new LogFileRefused(`The event log ${file} cannot be opened: ${(error as Error).message}.`);
  }
}

/** Whether nothing has been put in the file yet. */
function isEmpty(database: Database.Database, file: string): boolean {
  try {
    return database.prepare('SELECT 1 FROM sqlite_schema').get() === undefined;
  } catch (error) {
    // Readers and the writer keep an index of the newest pages beside the file, which is made by whoever comes first.
    if ((error as { code?: string }).code === 'SQLITE_CANTOPEN')
      throw new LogFileRefused(
        `The event log ${file} cannot be read where nothing can be written beside it. ` +
          'Start the service on it first, let this user write in its folder, or copy the folder to where that is so.',
      );
    throw new LogFileRefused(
      `${file} cannot be read as an event log (${(error as Error).message}). ` +
        'Restore it from a backup, or choose another data folder.',
    );
  }
}

function refuseUnknown(database: Database.Database, file: string): void {
  if (database.pragma('application_id', { simple: true }) !== applicationId) {
    throw new LogFileRefused(
      `${file} is a database, but not an event log of Domeinbrug. Choose another data folder.`,
    );
  }
  const version = database.pragma('user_version', { simple: true }) as number;
  if (version > schemaVersion) {
    throw new LogFileRefused(
      `${file} was written by a newer version of Domeinbrug (log format ${version}; this version knows ` +
        `formats up to ${schemaVersion}). Start that newer version, or choose another data folder.`,
    );
  }
}

function notFound(dataDir: string): LogNotFound {
  return new LogNotFound(
    `There is no event log in ${dataDir}. Check the data folder; the service makes the log when it starts.`,
  );
}

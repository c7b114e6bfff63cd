import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import { migrate } from '../migrations.js';
import type { ViewsDatabase, ViewsTables } from '../tables.js';
import type { ViewsWriter } from '../views-writer.js';
import { SqliteViewsWriter } from './sqlite-views-writer.js';

/** Opens read models for the one writer, makes the file when there is none, and brings its schema up to date. */
export async function openViewsForWriting(path: string): Promise<ViewsWriter> {
  mkdirSync(dirname(path), { recursive: true });
  // What a removed file left beside it would be taken for part of the new one.
  if (!existsSync(path)) removeViews(path);
  const file = new Database(path);
  file.pragma('journal_mode = WAL');
  // The file can be derived again and its checkpoint moves with its rows: after a power cut it is behind, not wrong.
  file.pragma('synchronous = NORMAL');
  // Of somebody who was erased nothing may be left in the free room of pages either.
  file.pragma('secure_delete = ON');
  file.pragma(pageCache);
  // Written back when nothing waits (`ViewsWriter.rest`); 32 MiB at most, also when something always does.
  file.pragma('wal_autocheckpoint = 8192');
  const db = asTables(file);
  await migrate(db);
  return new SqliteViewsWriter(file, db);
}

/**
 * Makes a new file of read models and lets `fill` fill its tables; the indexes are made at the end. Nothing is
 * journalled and nothing waits for the disk, so the file is of no use until this has ended and it is put in force.
 */
export async function makeViews(path: string, fill: (views: ViewsWriter) => Promise<void>): Promise<void> {
  mkdirSync(dirname(path), { recursive: true });
  removeViews(path);
  const file = new Database(path);
  try {
    file.pragma('journal_mode = OFF');
    file.pragma('synchronous = OFF');
    file.pragma(pageCache);
    const db = asTables(file);
    await migrate(db, { upTo: 'tables' });
    await fill(new SqliteViewsWriter(file, db));
    await migrate(db);
  } finally {
    file.close();
  }
}

/** 64 MiB: clients are met at random places. */
const pageCache = 'cache_size = -65536';

function asTables(file: Database.Database): ViewsDatabase {
  return new Kysely<ViewsTables>({ dialect: new SqliteDialect({ database: file }) });
}

/** Opens the read models for questions; a writer may go on beside it. Throws when the file is not there. */
export function openViewsForReading(path: string): ViewsDatabase {
  const file = new Database(path, { readonly: true, fileMustExist: true });
  // Takes hold of what lies beside the file, so that it can still be read after it was replaced.
  file.prepare('SELECT position FROM checkpoint').get();
  return asTables(file);
}

export function viewsExist(path: string): boolean {
  return existsSync(path);
}

/** Removes a read-model file and what SQLite keeps beside it. */
export function removeViews(path: string): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(`${path}${suffix}`, { force: true });
}

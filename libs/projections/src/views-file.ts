import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import { migrate } from './migrations.js';
import type { ViewsDatabase, ViewsTables } from './tables.js';
import { ViewsWriter } from './views-writer.js';

/** Where the read models lie in a data folder. */
export function viewsPath(dataDir: string): string {
  return join(dataDir, 'views.db');
}

/** Opens the read models for the one writer, makes the file when there is none, and brings its schema up to date. */
export async function openViewsForWriting(path: string): Promise<ViewsWriter> {
  mkdirSync(dirname(path), { recursive: true });
  // What a removed file left beside it would be taken for part of the new one.
  if (!existsSync(path)) removeViews(path);
  const file = new Database(path);
  file.pragma('journal_mode = WAL');
  // The file can be derived again and its checkpoint moves with its rows: after a power cut it is behind, not wrong.
  file.pragma('synchronous = NORMAL');
  await migrate(new Kysely<ViewsTables>({ dialect: new SqliteDialect({ database: file }) }));
  return new ViewsWriter(file);
}

/** Opens the read models for questions; a writer may go on beside it. Throws when the file is not there. */
export function openViewsForReading(path: string): ViewsDatabase {
  const file = new Database(path, { readonly: true, fileMustExist: true });
  return new Kysely<ViewsTables>({ dialect: new SqliteDialect({ database: file }) });
}

export function viewsExist(path: string): boolean {
  return existsSync(path);
}

/** Removes a read-model file and what SQLite keeps beside it. */
export function removeViews(path: string): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(`${path}${suffix}`, { force: true });
}

/**
 * Puts a finished, closed read-model file in the place of another. Killed in between it leaves no read models,
 * and the next start derives them again.
 */
export function replaceViews(finished: string, path: string): void {
  removeViews(path);
  renameSync(finished, path);
}

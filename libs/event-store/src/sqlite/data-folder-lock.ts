import Database from 'better-sqlite3';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Another process (or another log in this one) writes to the data folder. */
export class DataFolderInUse extends Error {
  override readonly name = 'DataFolderInUse';
}

/** The data folder cannot be made, or nothing can be written in it. */
export class DataFolderRefused extends Error {
  override readonly name = 'DataFolderRefused';
}

export interface DataFolderLock {
  /** Gives the folder free; may be called twice. */
  release(): void;
}

/**
 * Claims the data folder for this process, makes it when it is absent, and refuses at once when it is taken.
 *
 * The claim is an exclusive transaction on `lock.db`, held until `release`. The operating system ends it when the
 * process dies, however it dies, so nothing is ever left behind that blocks a restart; a file with a process number
 * could be left behind, or name a stranger. `lock.holder` only says whom to look for and is no part of the claim.
 * The folder must lie on a local disk: locks of network file systems cannot be trusted.
 * @throws DataFolderInUse, DataFolderRefused
 */
export function lockDataFolder(dataDir: string): DataFolderLock {
  const holder = join(dataDir, 'lock.holder');
  let database: Database.Database | undefined;
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    database = new Database(join(dataDir, 'lock.db'), { timeout: 0 });
    database.exec('BEGIN EXCLUSIVE');
    writeFileSync(holder, `process ${process.pid}, since ${new Date().toISOString()}\n`);
    return releasing(database, holder);
  } catch (error) {
    database?.close();
    throw isBusy(error)
      ? new DataFolderInUse(inUse(dataDir, holder))
      : new DataFolderRefused(refused(dataDir, error as Error));
  }
}

function releasing(database: Database.Database, holder: string): DataFolderLock {
  return {
    release(): void {
      if (!database.open) return;
      rmSync(holder, { force: true });
      database.close();
    },
  };
}

function isBusy(error: unknown): boolean {
  return (error as { code?: string }).code === 'SQLITE_BUSY';
}

function inUse(dataDir: string, holder: string): string {
  return (
    `The data folder ${dataDir} is in use by ${describeHolder(holder)}. Only one service at a time can write to ` +
    'it: stop the other one, or choose another data folder. Reading commands can run beside it.'
  );
}

function refused(dataDir: string, { message }: Error): string {
  return (
    `Nothing can be written in the data folder ${dataDir} (${message}). See that its disk is mounted for writing and ` +
    `has room, and that this process (user ${process.geteuid?.()}) may write there, or choose another data folder.`
  );
}

function describeHolder(holder: string): string {
  try {
    return readFileSync(holder, 'utf8').trim() || 'another process';
  } catch {
    return 'another process';
  }
}

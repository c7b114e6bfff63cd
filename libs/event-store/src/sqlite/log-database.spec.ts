import Database from 'better-sqlite3';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { everything, idsOf, sampleAppend } from '../contract/sample-events.js';
import { LogNotFound } from '../event-log.js';
import { DataFolderInUse, lockDataFolder } from './data-folder-lock.js';
import { LogFileRefused, logFile, openLogForReading, openLogForWriting } from './log-database.js';
import { openSqliteEventLogInProcess } from './sqlite-event-log.js';
import { openSqliteEventLogReader } from './sqlite-log-reader.js';

let dataDir: string;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'event-log-'));
});

afterEach(() => {
  rmSync(dataDir, { recursive: true });
});

describe('the file of the log', () => {
  it('is written through, page by page, and found again', () => {
    const database = openLogForWriting(dataDir);
    expect(database.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(database.pragma('synchronous', { simple: true })).toBe(2); // FULL
    database.close();
    openLogForWriting(dataDir).close();
  });

  it('is refused when a newer version wrote it', () => {
    const database = openLogForWriting(dataDir);
    database.pragma('user_version = 2');
    database.close();
    expect(() => openLogForWriting(dataDir)).toThrow(LogFileRefused);
    expect(() => openLogForWriting(dataDir)).toThrow(/newer version.*log format 2.*formats up to 1/);
    expect(() => openLogForReading(dataDir)).toThrow(LogFileRefused);
  });

  it('is refused when it is a database of something else, and left as it was', () => {
    const other = new Database(logFile(dataDir));
    other.exec('CREATE TABLE recipes (name TEXT)');
    other.close();
    expect(() => openLogForWriting(dataDir)).toThrow(/not an event log/);
    expect(() => openLogForReading(dataDir)).toThrow(LogFileRefused);
    const again = new Database(logFile(dataDir));
    expect(again.prepare('SELECT name FROM sqlite_schema').pluck().all()).toEqual(['recipes']);
    again.close();
  });

  it('is refused when it is no database', () => {
    writeFileSync(logFile(dataDir), 'Dear diary, '.repeat(1_000));
    expect(() => openLogForWriting(dataDir)).toThrow(LogFileRefused);
    expect(() => openLogForReading(dataDir)).toThrow(/Restore it from a backup/);
  });
});

describe('the reader beside a writer', () => {
  it('does not take a folder without a log for an empty log', () => {
    expect(() => openSqliteEventLogReader({ dataDir })).toThrow(LogNotFound);
    writeFileSync(logFile(dataDir), ''); // made, but not yet filled, by a service that is starting
    expect(() => openSqliteEventLogReader({ dataDir })).toThrow(LogNotFound);
  });

  it('sees each commit, and still reads after the writer has gone', async () => {
    const log = await openSqliteEventLogInProcess({ dataDir });
    const reader = openSqliteEventLogReader({ dataDir });
    await log.append(sampleAppend('journey-one', 'no-stream', 'a'));
    expect(idsOf(await everything(reader))).toEqual(['a']);
    await log.append(sampleAppend('journey-one', 0, 'b'));
    expect(await reader.head()).toEqual(await log.head());
    await log.close();
    expect(idsOf(await reader.readStream('journey-one'))).toEqual(['a', 'b']);
    await reader.close();
    const later = openSqliteEventLogReader({ dataDir });
    expect(idsOf(await everything(later))).toEqual(['a', 'b']);
    await later.close();
  });
});

describe('the lock on the data folder', () => {
  it('lets one in at a time and says who is there', () => {
    const lock = lockDataFolder(dataDir);
    expect(() => lockDataFolder(dataDir)).toThrow(DataFolderInUse);
    expect(() => lockDataFolder(dataDir)).toThrow(`in use by process ${process.pid}, since `);
    lock.release();
    lock.release();
    const next = lockDataFolder(dataDir);
    expect(() => lockDataFolder(dataDir)).toThrow(DataFolderInUse);
    next.release();
    expect(existsSync(join(dataDir, 'lock.holder'))).toBe(false);
  });

  it('is given back when the log cannot be opened', async () => {
    writeFileSync(logFile(dataDir), 'Dear diary, '.repeat(1_000));
    await expect(openSqliteEventLogInProcess({ dataDir })).rejects.toThrow(LogFileRefused);
    rmSync(logFile(dataDir));
    await (await openSqliteEventLogInProcess({ dataDir })).close();
  });

  it('makes the folder when it is absent', async () => {
    const inside = join(dataDir, 'not', 'yet');
    await (await openSqliteEventLogInProcess({ dataDir: inside })).close();
    expect(existsSync(logFile(inside))).toBe(true);
  });
});

import type Database from 'better-sqlite3';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { everything, idsOf, sampleAppend, sampleEvent } from '../contract/sample-events.js';
import { AppendFailed } from '../event-log.js';
import type { Append, AppendResult, RecordedEvent } from '../event-log.js';
import { writeDown } from '../written-append.js';
import { openLogForWriting } from './log-database.js';
import { openSqliteEventLogReader } from './sqlite-log-reader.js';
import { SqliteLogWriter } from './sqlite-log-writer.js';

describe('the writer of the SQLite log', () => {
  let dataDir: string;
  let database: Database.Database;
  let writer: SqliteLogWriter;

  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'event-log-'));
    database = openLogForWriting(dataDir);
    writer = new SqliteLogWriter(database, () => 1_000);
  });

  afterEach(() => {
    writer.close();
    rmSync(dataDir, { recursive: true });
  });

  function commit(...appends: Append[]): AppendResult[] {
    return writer.commitGroup(appends.map((append) => writeDown(append)));
  }

  function failureOf(...appends: Append[]): AppendFailed {
    try {
      commit(...appends);
    } catch (error) {
      if (error instanceof AppendFailed) return error;
    }
    throw new Error('The group was stored, or failed in another way.');
  }

  async function stored(): Promise<RecordedEvent[]> {
    const reader = openSqliteEventLogReader({ dataDir });
    try {
      return await everything(reader);
    } finally {
      await reader.close();
    }
  }

  it('answers each append of a group for itself', async () => {
    commit(sampleAppend('journey-one', 'no-stream', 'a'));
    const results = commit(
      sampleAppend('journey-two', 'no-stream', 'b'),
      sampleAppend('journey-one', 'no-stream', 'c'),
      { stream: 'journey-one', expectedRevision: 0, events: [sampleEvent('a', 'changed')] },
      sampleAppend('journey-one', 'no-stream', 'a'),
      { ...sampleAppend('journey-one', 0, 'd'), recordedAt: [1] },
      sampleAppend('journey-one', 0, 'e'),
      sampleAppend('journey-one', 1, 'f'),
    );
    expect(results.map(({ status }) => status)).toEqual([
      'appended',
      'wrong-revision',
      'conflict',
      'known',
      'too-late',
      'appended',
      'appended',
    ]);
    expect(idsOf(await stored())).toEqual(['a', 'b', 'e', 'f']);
  });

  it('stores nothing of a group when the disk is full, and goes on when there is room again', async () => {
    commit(sampleAppend('journey-one', 'no-stream', 'a'));
    const head = writer.head();
    const pages = database.pragma('page_count', { simple: true }) as number;
    database.pragma(`max_page_count = ${pages + 4}`);
    const large = {
      ...sampleAppend('journey-large', 'no-stream'),
      events: [sampleEvent('l', 'x'.repeat(99_999))],
    };
    const failure = failureOf(sampleAppend('journey-two', 'no-stream', 'b'), large);
    expect(failure.outcome).toBe('not-stored');
    expect(failure.message).toMatch(/the disk of .*log\.db is full.*Nothing was stored/);
    expect(writer.head()).toEqual(head);
    database.pragma('max_page_count = 1000000');
    expect(commit(sampleAppend('journey-two', 'no-stream', 'b'), large)).toMatchObject([
      { status: 'appended', positions: ['2'] },
      { status: 'appended', positions: ['3'] },
    ]);
    expect(idsOf(await stored())).toEqual(['a', 'b', 'l']);
  });

  it('stores nothing while a stranger holds the file, and goes on afterwards', async () => {
    database.pragma('busy_timeout = 0');
    const stranger = openLogForWriting(dataDir);
    stranger.exec('BEGIN IMMEDIATE');
    expect(failureOf(sampleAppend('journey-one', 'no-stream', 'a'))).toMatchObject({ outcome: 'not-stored' });
    stranger.exec('ROLLBACK');
    stranger.close();
    expect(commit(sampleAppend('journey-one', 'no-stream', 'a'))).toMatchObject([{ status: 'appended' }]);
    expect(idsOf(await stored())).toEqual(['a']);
  });

  it('takes nothing more after a commit of which nobody knows whether it reached the disk', async () => {
    // A commit that fails without a word of the disk being full: a foreign key that is checked at the commit.
    database.exec(`
      CREATE TABLE known_types (name TEXT PRIMARY KEY);
      CREATE TABLE seen_types (name TEXT REFERENCES known_types (name) DEFERRABLE INITIALLY DEFERRED);
      CREATE TRIGGER see_type AFTER INSERT ON events BEGIN INSERT INTO seen_types VALUES (new.type); END;
      PRAGMA foreign_keys = ON;
    `);
    expect(failureOf(sampleAppend('journey-one', 'no-stream', 'a')).outcome).toBe('unknown');
    const next = failureOf(sampleAppend('journey-one', 'no-stream', 'a'));
    expect(next.outcome).toBe('not-stored');
    expect(next.message).toMatch(/takes no more appends.*Restart the service/);
    expect(await stored()).toEqual([]);
  });
});

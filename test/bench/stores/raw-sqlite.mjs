import Database from 'better-sqlite3';
import { Buffer } from 'node:buffer';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { batch, newEvent, report } from './load.mjs';

/** The raw driver doing the same inserts on the calling thread, each waiting for the disk, with no digest and no check. */
export function measureRawSqlite(parent, { seconds, batches }) {
  const folder = mkdtempSync(join(parent, 'raw-sqlite-'));
  const database = new Database(join(folder, 'raw.db'));
  try {
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    database.exec(`
      CREATE TABLE raw (position INTEGER PRIMARY KEY, stream INTEGER NOT NULL, revision INTEGER NOT NULL, id TEXT NOT NULL,
        type TEXT NOT NULL, content_hash BLOB NOT NULL, content TEXT NOT NULL, personal TEXT, metadata TEXT NOT NULL,
        recorded_at INTEGER NOT NULL, UNIQUE (stream, revision), UNIQUE (stream, id)) STRICT`);
    const insert = inserting(database);
    const until = Date.now() + seconds * 1_000;
    let stored = 0;
    let started = performance.now();
    for (; Date.now() < until; stored++) insert(stored % 32, Math.floor(stored / 32), [newEvent(stored)]);
    report('single inserts, one after another', stored, started);
    started = performance.now();
    for (let stream = 0; stream < batches; stream++) {
      const events = Array.from({ length: batch }, (_, number) => newEvent(number));
      insert(1_000 + stream, 0, events);
    }
    report(`inserts of ${batch} events`, batches * batch, started);
  } finally {
    database.close();
    rmSync(folder, { recursive: true });
  }
}

function inserting(database) {
  const statement = database.prepare(
    `INSERT INTO raw (stream, revision, id, type, content_hash, content, personal, metadata, recorded_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  return database.transaction((stream, first, events) => {
    events.forEach(({ id, type, contentHash, content, personal, metadata }, index) => {
      const texts = [content, personal, metadata].map((value) => JSON.stringify(value));
      statement.run(stream, first + index, id, type, Buffer.from(contentHash, 'hex'), ...texts, Date.now());
    });
  });
}

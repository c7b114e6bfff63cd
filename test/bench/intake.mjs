// Measures how fast a file of events comes in: `npm run build && node test/bench/intake.mjs [clients] [folder]`.
// Beside it, on the same disk: a plain bulk insert of the same rows into the same tables, and what reading the file
// takes by itself. Give a folder on the disk that will hold the log; one in memory measures nothing of durability.
import Database from 'better-sqlite3';
import { execFileSync } from 'node:child_process';
import { createReadStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { pseudonyms } from './pseudonyms.mjs';

const product = fileURLToPath(new URL('../../dist/', import.meta.url));
const { openSqliteEventLog, openSqliteEventLogReader } = await import(
  `${product}libs/event-store/src/index.js`
);
const { readNdjson, toNewEvent } = await import(`${product}libs/intake/src/index.js`);
const { importNdjson } = await import(`${product}apps/cli/src/import/import-ndjson.js`);

const clients = Number(process.argv[2] ?? 20_000);
const folder = mkdtempSync(join(process.argv[3] ?? tmpdir(), 'intake-bench-'));
const file = join(folder, 'people.ndjson');
const imported = join(folder, 'imported');
try {
  execFileSync(process.execPath, [
    join(product, 'apps/cli/src/main.js'),
    ...['generate', '--clients', String(clients), '--seed', '1', '--out', file],
  ]);
  await measure();
} finally {
  rmSync(folder, { recursive: true });
}

async function measure() {
  const bytes = statSync(file).size;
  const reading = await timed(readOnly);
  const importing = await timed(importFile);
  const rows = await rowsOf(imported);
  const inserting = await timed(() => insertRows(rows));
  console.log(`${rows.length.toLocaleString('en')} events, ${(bytes / 1e6).toFixed(0)} MB`);
  report('plain bulk insert of the same rows', rows.length, inserting);
  report('import', rows.length, importing);
  report('reading, checking and hashing alone', rows.length, reading);
  console.log(`import / plain insert: ${(inserting.ms / importing.ms).toFixed(2)} (aim 0.5)`);
  console.log(
    `memory at most ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB, rows of the insert included`,
  );
}

async function readOnly() {
  for await (const lines of readNdjson(createReadStream(file, { highWaterMark: 262_144 }), {
    history: true,
  })) {
    for (const { event } of lines) toNewEvent(event, { organisation: 'import' });
  }
}

async function importFile() {
  const log = await openSqliteEventLog({ dataDir: imported });
  const text = createReadStream(file, { highWaterMark: 262_144 });
  for await (const { rejects } of importNdjson(text, log, { pseudonyms, history: true })) {
    if (rejects.length > 0) throw new Error(JSON.stringify(rejects[0]));
  }
  await log.close();
}

async function rowsOf(dataDir) {
  const log = openSqliteEventLogReader({ dataDir });
  await log.close();
  const database = new Database(join(dataDir, 'log.db'), { readonly: true });
  const rows = database.prepare('SELECT * FROM events ORDER BY position').raw().all();
  database.close();
  return rows;
}

/** A thousand rows a transaction, each flushed, into tables and indexes as the log has them. */
function insertRows(rows) {
  const from = new Database(join(imported, 'log.db'), { readonly: true });
  const schema = from.prepare('SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL').pluck().all();
  const streams = from.prepare('SELECT * FROM streams ORDER BY id').raw().all();
  from.close();
  const database = new Database(join(folder, 'plain.db'));
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.pragma('cache_size = -32768');
  schema.forEach((sql) => database.exec(sql));
  const addStream = database.prepare('INSERT INTO streams VALUES (?, ?, ?)');
  const addEvent = database.prepare(`INSERT INTO events VALUES (${rows[0].map(() => '?').join(', ')})`);
  let stream = 0;
  const insert = database.transaction((part) => {
    for (const row of part) {
      if (row[1] > stream) addStream.run(streams[stream++]);
      addEvent.run(row);
    }
  });
  for (let start = 0; start < rows.length; start += 1_000) insert(rows.slice(start, start + 1_000));
  database.close();
}

async function timed(work) {
  const started = performance.now();
  const cpu = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(cpu);
  return { ms: performance.now() - started, cpuMs: (user + system) / 1_000 };
}

function report(what, count, { ms, cpuMs }) {
  const rate = Math.round((count / ms) * 1_000).toLocaleString('en');
  console.log(`${what}: ${rate} events/s, ${((cpuMs * 1_000) / count).toFixed(1)} µs of processor an event`);
}

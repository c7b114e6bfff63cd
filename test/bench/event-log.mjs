// Measures the embedded event log: `npm run build && node test/bench/event-log.mjs [folder]`.
// Give a folder on the disk that will hold the log; a folder in memory measures nothing of durability.
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { openSqliteEventLog } from '../../dist/libs/event-store/src/index.js';

const callers = 32;
const seconds = 5;
const batch = 1_000;
const batches = 200;

function newEvent(id) {
  const content = {
    clientId: 'client0123456789',
    firstDay: '2024-03-04',
    provider: '65656055',
    number: id,
    padding: 'x'.repeat(300),
  };
  return {
    id: `event-${id}`,
    type: 'nl.domeinbrug.client-admitted.v1',
    contentHash: createHash('sha256').update(JSON.stringify(content)).digest('hex'),
    content,
    personal: { birthYear: 1940 },
    metadata: { source: 'urn:nld:agb:65656055:systeem:bench', correlationId: `correlation-${id}` },
  };
}

async function singleAppends(log) {
  let stored = 0;
  const until = Date.now() + seconds * 1_000;
  const started = performance.now();
  await Promise.all(
    Array.from({ length: callers }, async (_, caller) => {
      for (let revision = -1; Date.now() < until; revision++) {
        await log.append({
          stream: `journey-single${caller}`,
          expectedRevision: revision < 0 ? 'no-stream' : revision,
          events: [newEvent(revision + 1)],
        });
        stored++;
      }
    }),
  );
  return report(`single appends, ${callers} callers`, stored, started);
}

/** Four appends are always under way, as an importer keeps them. */
async function batchAppends(log) {
  const appends = Array.from({ length: batches }, (_, index) => ({
    stream: `journey-batch${index}`,
    expectedRevision: 'no-stream',
    events: Array.from({ length: batch }, (_, number) => newEvent(number)),
  }));
  const started = performance.now();
  const importers = Array.from({ length: 4 }, async () => {
    for (let append = appends.pop(); append; append = appends.pop()) await log.append(append);
  });
  await Promise.all(importers);
  return report(`appends of ${batch} events`, batches * batch, started);
}

async function scan(log) {
  let rows = 0;
  const started = performance.now();
  for (let after = '0'; ;) {
    const page = await log.readAll(after, 2_000);
    if (page.length === 0) break;
    rows += page.length;
    after = page.at(-1).position;
  }
  return report('scan in pages of 2,000, parsed', rows, started);
}

function report(what, count, started) {
  const rate = Math.round(count / ((performance.now() - started) / 1_000));
  console.log(`${what}: ${rate.toLocaleString('en')} events/s (${count.toLocaleString('en')} events)`);
}

const folder = mkdtempSync(join(process.argv[2] ?? tmpdir(), 'event-log-bench-'));
const log = await openSqliteEventLog({ dataDir: folder });
await singleAppends(log);
await batchAppends(log);
await scan(log);
await log.close();
rmSync(folder, { recursive: true });

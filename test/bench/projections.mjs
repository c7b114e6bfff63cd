// Measures the projections: `npm run build && node test/bench/projections.mjs [people]`.
// A log of invented people is imported first, untimed. The data folder lies in the folder for temporary files.
import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { openSqliteEventLog, openSqliteEventLogReader } from '../../dist/libs/event-store/src/index.js';
import { openViewsStore, startProjections } from '../../dist/libs/projections/src/index.js';
import { buildGeneration, completeFeed } from '../../dist/libs/projections/src/rebuild.js';
import { installedPostgres, startCluster } from '../servers/postgres-cluster.mjs';
import { inForce, measureLive } from './projections/live.mjs';
import { timed } from './projections/timed.mjs';
import { tellPeople } from './projections/told-people.mjs';

const people = Number(process.argv[2] ?? 20_000);
const secondsOfLag = 10;
const dataDir = mkdtempSync(join(tmpdir(), 'domeinbrug-bench-'));
const log = await openSqliteEventLog({ dataDir });
try {
  const all = await tellPeople(log, people);
  await measure(all, { kind: 'folder', dataDir });
  if (installedPostgres()) await measureInPostgres(all);
} finally {
  await log.close();
  rmSync(dataDir, { recursive: true });
}

async function measureInPostgres(all) {
  const cluster = await startCluster({
    listen_addresses: '',
    shared_buffers: '512MB',
    max_wal_size: '4GB',
    dynamic_shared_memory_type: 'mmap',
  });
  try {
    console.log('-- the read models in PostgreSQL, over the same log');
    rmSync(join(dataDir, 'archive'), { recursive: true });
    const url = `postgres:///postgres?host=${cluster.socket}&user=postgres`;
    await measure(all, { kind: 'postgres', url, schema: 'domeinbrug', dataDir });
  } finally {
    await cluster.stop();
  }
}

async function measure(all, place) {
  const store = openViewsStore(place);
  await store.claim(() => undefined);
  await measureRebuild(all, store);
  const reader = openSqliteEventLogReader({ dataDir });
  await measureLive(all, { store, reader, dataDir });
  await reader.close();
  await store.close();
  await measureLag(place);
}

async function measureRebuild(events, store) {
  const generation = await store.next();
  const reader = openSqliteEventLogReader({ dataDir });
  await timed('rebuild until it answers', events, 'aim 50,000', () =>
    buildGeneration(store, generation, reader, inForce),
  );
  const views = await store.openForWriting(generation);
  await timed('  feed behind it', events, '', () =>
    completeFeed(views, store.scratch(generation), reader.place, inForce),
  );
  await views.close();
  await reader.close();
  await store.putInForce(generation);
}

/** From the moment an event is stored until the read models have it, at 500 events a second for different people. */
async function measureLag(views) {
  const projections = startProjections({ dataDir, views, inForce, log });
  const head = await log.head();
  if (!(await projections.reached(head.position, 60_000)))
    throw new Error(JSON.stringify(await projections.status()));
  const streams = (await log.readAll('0', 100_000)).map(({ stream }) => stream);
  const clients = [...new Set(streams)].filter((stream) => stream.startsWith('journey-'));
  const storedAt = new Map();
  const lags = [];
  const stop = projections.subscribe((position) => {
    for (const [at, since] of storedAt) {
      if (Number(at) > Number(position)) continue;
      lags.push(performance.now() - since);
      storedAt.delete(at);
    }
  });
  const started = performance.now();
  const appends = [];
  for (let count = 0; count < secondsOfLag * 500; count++) {
    const due = started + count * 2 - performance.now();
    if (due > 1) await pause(due);
    appends.push(append(clients[(count * 7919) % clients.length], storedAt));
  }
  await Promise.all(appends);
  await projections.reached((await log.head()).position, 60_000);
  await pause(50);
  stop();
  await projections.close();
  lags.sort((a, b) => a - b);
  const at = (part) => lags[Math.floor(lags.length * part)].toFixed(1);
  const rate = Math.round(lags.length / ((performance.now() - started) / 1_000));
  console.log(
    `lag at ${rate} events/s: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, longest ${lags.at(-1).toFixed(1)} ms (aim p99 50)`,
  );
}

async function append(stream, storedAt) {
  const stored = await log.readStream(stream);
  const id = randomUUID();
  const data = { service: 'case-management', day: '2025-11-03', minutes: 30, provider: '65656055' };
  const source = 'urn:nld:agb:65656055:systeem:bench';
  const content = { specversion: '1.0', source, id, time: '2025-11-03T12:00:00Z', data };
  const outcome = await log.append({
    stream,
    expectedRevision: stored.length - 1,
    events: [
      {
        id,
        type: 'activity-recorded',
        contentHash: createHash('sha256').update(id).digest('hex'),
        content,
        personal: null,
        metadata: {},
      },
    ],
  });
  if (outcome.status === 'appended') storedAt.set(outcome.positions[0], performance.now());
}

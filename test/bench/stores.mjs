// Measures the event logs of all stores in one run, each beside the raw driver that does the same inserts, and how fast the
// projector takes the history of invented people from it into read models (in PostgreSQL for all but the embedded store):
//   npm run bench -- stores
//   npm run build && node test/bench/stores.mjs [--seconds 5] [--batches 60] [--people 2000] [--folder …]
// --folder: on the disk that will hold the logs; a folder in memory measures nothing of durability. PostgreSQL is a server
// of its own whose commits wait for that disk. EventStoreDB / KurrentDB is the stand-in of test/contract, in this process
// and in memory: its figures are those of the client and the adapter, not of a server.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  openEventLog,
  openEventLogReader,
  openPostgresEventLog,
} from '../../dist/libs/event-store/src/index.js';
import { openViewsStore } from '../../dist/libs/projections/src/index.js';
import { startStore } from '../servers/store-of-its-own.mjs';
import { measureLive } from './projections/live.mjs';
import { tellPeople } from './projections/told-people.mjs';
import { batchAppends, scan, singleAppends } from './stores/load.mjs';
import { measureRawKurrentdb } from './stores/raw-kurrentdb.mjs';
import { measureRawPostgres } from './stores/raw-postgres.mjs';
import { measureRawSqlite } from './stores/raw-sqlite.mjs';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '5' },
    batches: { type: 'string', default: '60' },
    people: { type: 'string', default: '2000' },
    folder: { type: 'string', default: tmpdir() },
  },
});
const amount = { seconds: Number(values.seconds), batches: Number(values.batches) };

for (const kind of ['embedded', 'postgres', 'kurrentdb']) {
  const dataDir = mkdtempSync(join(values.folder, 'stores-bench-'));
  const { place, views, stop } = await startStore(kind, dataDir);
  try {
    await measure(kind, { place, views, dataDir });
  } finally {
    await stop();
    rmSync(dataDir, { recursive: true });
  }
}

async function measure(kind, { place, views, dataDir }) {
  console.log(`-- ${kind}${kind === 'kurrentdb' ? ', the stand-in' : ''}`);
  const log = await openEventLog({ dataDir, ...place }, { keepsIndex: true });
  await measureProjector(log, views, dataDir);
  await singleAppends(log, amount.seconds);
  await batchAppends(log, amount.batches);
  await scan(log);
  await log.close();
  if (kind === 'embedded') {
    console.log('-- the raw driver of SQLite');
    measureRawSqlite(dataDir, amount);
  }
  if (kind === 'postgres') {
    console.log('-- postgres, the same callers over four processes’ worth of connections');
    await fourLogs(place.url);
    console.log(
      '-- the raw driver of PostgreSQL: positions from a sequence, read below the oldest running transaction',
    );
    await measureRawPostgres(place.url, amount);
  }
  if (kind === 'kurrentdb') {
    console.log('-- the raw client of EventStoreDB / KurrentDB');
    await measureRawKurrentdb(place.url, amount);
  }
}

/** Before the other measurements, whose events tell no journey. */
async function measureProjector(log, place, dataDir) {
  const events = await tellPeople(log, Number(values.people));
  const store = openViewsStore(place);
  await store.claim(() => undefined);
  const reader = await openEventLogReader(log.place);
  await measureLive(events, { store, reader, dataDir });
  await reader.close();
  await store.close();
}

/** As four processes would, but for their processors. */
async function fourLogs(url) {
  const open = () => openPostgresEventLog({ url, schema: 'four' });
  const logs = [await open(), await open(), await open(), await open()];
  let turn = 0;
  await singleAppends({ append: (append) => logs[turn++ % logs.length].append(append) }, amount.seconds);
  await Promise.all(logs.map((log) => log.close()));
}

// Measures the event logs of all stores in one run, each beside the raw driver that does the same inserts:
//   npm run bench -- stores            or: npm run build && node test/bench/stores.mjs [--seconds 5] [--batches 60] [--folder …]
// --folder: on the disk that will hold the logs; a folder in memory measures nothing of durability. PostgreSQL is a server
// of its own whose commits wait for that disk. EventStoreDB / KurrentDB is the stand-in of test/contract, in this process
// and in memory: its figures are those of the client and the adapter, not of a server.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openEventLog, openPostgresEventLog } from '../../dist/libs/event-store/src/index.js';
import { startStore } from '../servers/store-of-its-own.mjs';
import { batchAppends, scan, singleAppends } from './stores/load.mjs';
import { measureRawPostgres } from './stores/raw-postgres.mjs';
import { measureRawSqlite } from './stores/raw-sqlite.mjs';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '5' },
    batches: { type: 'string', default: '60' },
    folder: { type: 'string', default: tmpdir() },
  },
});
const amount = { seconds: Number(values.seconds), batches: Number(values.batches) };

for (const kind of ['embedded', 'postgres', 'kurrentdb']) {
  const dataDir = mkdtempSync(join(values.folder, 'stores-bench-'));
  const { place, stop } = await startStore(kind, dataDir);
  try {
    await measure(kind, place, dataDir);
  } finally {
    await stop();
    rmSync(dataDir, { recursive: true });
  }
}

async function measure(kind, place, dataDir) {
  console.log(`-- ${kind}${kind === 'kurrentdb' ? ', the stand-in' : ''}`);
  const log = await openEventLog(place, { dataDir });
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
}

/** As four processes would, but for their processors. */
async function fourLogs(url) {
  const open = () => openPostgresEventLog({ url, schema: 'four' });
  const logs = [await open(), await open(), await open(), await open()];
  let turn = 0;
  await singleAppends({ append: (append) => logs[turn++ % logs.length].append(append) }, amount.seconds);
  await Promise.all(logs.map((log) => log.close()));
}

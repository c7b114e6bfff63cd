// Measures the embedded event log: `npm run build && node test/bench/event-log.mjs [folder]`.
// Give a folder on the disk that will hold the log; a folder in memory measures nothing of durability.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteEventLog } from '../../dist/libs/event-store/src/index.js';
import { batchAppends, scan, singleAppends } from './event-log-load.mjs';

const folder = mkdtempSync(join(process.argv[2] ?? tmpdir(), 'event-log-bench-'));
const log = await openSqliteEventLog({ dataDir: folder });
await singleAppends(log, 5);
await batchAppends(log, 200);
await scan(log);
await log.close();
rmSync(folder, { recursive: true });

import { once } from 'node:events';
import { parentPort, workerData } from 'node:worker_threads';
import { openLogReaderAt } from '@domeinbrug/privacy';
import { coverageUnder } from './client-coverage.js';
import { feedRows, foldedRows } from './fold-all.js';
import { chunksAhead, type FoldJob, type FromFoldThread } from './fold-thread.js';

/** The thread that folds all clients for a rebuild, a few chunks ahead of the thread that writes them. */
if (!parentPort)
  throw new Error('Folding runs as a worker thread; start it with foldedInThread or feedInThread.');
const port = parentPort;
const { work, log: place, inForce, upTo, scratch } = workerData as FoldJob;

const log = await openLogReaderAt(place);
const coverage = coverageUnder(inForce);
const chunks = work === 'rows' ? foldedRows(log, coverage, upTo) : feedRows(log, coverage, upTo, scratch);

let ahead = 0;
port.on('message', () => ahead--);
for await (const chunk of chunks) {
  tell({ kind: 'chunk', chunk });
  ahead++;
  while (ahead >= chunksAhead) await once(port, 'message');
}
tell({ kind: 'end' });
await log.close();
port.close();

function tell(message: FromFoldThread): void {
  port.postMessage(message);
}

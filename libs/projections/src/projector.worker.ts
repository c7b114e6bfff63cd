import { openSqliteEventLogReader } from '@domeinbrug/event-store';
import { parentPort, workerData } from 'node:worker_threads';
import { coverageUnder } from './client-coverage.js';
import { openCurrentViews } from './open-current-views.js';
import type { Checkpoint } from './checkpoint.js';
import { catchUp } from './projector.js';
import type { FromProjector, ProjectorSetting, ToProjector } from './projector-messages.js';

/** The thread that owns the write connection of the read models; what it does stands in `projector.ts`. */
if (!parentPort) throw new Error('The projector runs as a worker thread; start it with startProjections.');
const port = parentPort;
const { dataDir, inForce } = workerData as ProjectorSetting;

/** How long to wait after a failure (a full disk, a locked file) before the next attempt. */
const pauseMs = 5_000;

const log = openSqliteEventLogReader({ dataDir });
const coverage = coverageUnder(inForce);
let closing = false;
let woken = true;
let wake: () => void = () => undefined;

port.on('message', (message: ToProjector) => {
  if (message === 'close') closing = true;
  woken = true;
  wake();
});

const views = await openCurrentViews(dataDir, log, coverage);
const progress = (kind: 'ready' | 'progress') => (checkpoint: Pick<Checkpoint, 'position' | 'recordedAt'>) =>
  tell({ kind, position: checkpoint.position, recordedAt: checkpoint.recordedAt });
progress('ready')(await catchUp(views, log, coverage, undefined, () => true));

while (!closing) {
  woken = false;
  try {
    await catchUp(views, log, coverage, progress('progress'), () => closing);
    await untilWoken();
  } catch (error) {
    tell({ kind: 'stopped', reason: error instanceof Error ? error.message : String(error) });
    await untilWoken(pauseMs);
  }
}
views.close();
await log.close();
port.close();

function untilWoken(atMostMs?: number): Promise<void> {
  if (woken) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = atMostMs === undefined ? undefined : setTimeout(resolve, atMostMs);
    wake = () => {
      clearTimeout(timer);
      resolve();
    };
  });
}

function tell(message: FromProjector): void {
  port.postMessage(message);
}

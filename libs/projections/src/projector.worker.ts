import { openEventLogReader } from '@domeinbrug/event-store';
import { setTimeout as pause } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { identityOf } from './client-coverage.js';
import { GenerationKeeper } from './generation-keeper.js';
import type { FromProjector, ProjectorSetting, ToProjector } from './projector-messages.js';
import type { RulesInForce } from './rules-in-force.js';

/** The thread that owns the write connection of the read models; what it does stands in `generation-keeper.ts`. */
if (!parentPort) throw new Error('The projector runs as a worker thread; start it with startProjections.');
const port = parentPort;
const { dataDir, log: place, inForce } = workerData as ProjectorSetting;

/** How long to wait after a failure (a full disk, a locked file) before the next attempt. */
const pauseMs = 5_000;

const log = await openEventLogReader(place);
const keeper = new GenerationKeeper(
  dataDir,
  log,
  (path, { identity, position }, findings) => tell({ kind: 'progress', path, identity, position, findings }),
  (shared) => tell({ kind: 'archive', shared }),
);
const ending = new AbortController();
let wanted = inForce;
let woken = true;
let wake: () => void = () => undefined;

port.on('message', (message: ToProjector) => {
  if (message.kind === 'activate') building = activate(message.inForce, building);
  if (message.kind === 'close') ending.abort();
  wakeUp();
});

let building = start();
while (!ending.signal.aborted) {
  woken = false;
  try {
    await keeper.catchUp(() => ending.signal.aborted);
    await untilWoken();
  } catch (error) {
    tellStopped(error);
    await untilWoken(pauseMs);
  }
}
await keeper.close();
await building;
await log.close();
port.close();

/** Takes up what there is, or builds it. */
async function start(): Promise<void> {
  await untilDone(inForce, async () => {
    if (!(await keeper.resume(inForce))) await keeper.replace(inForce);
  });
  wakeUp();
  await untilDone(inForce, () => keeper.completeFeed());
  wakeUp();
}

/** Builds what takes over; when that fails, what is in force stays, and whoever asked may ask again. */
async function activate(next: RulesInForce, before: Promise<void>): Promise<void> {
  wanted = next;
  keeper.stopBuilding();
  await before;
  try {
    await keeper.replace(next);
    wakeUp();
  } catch (error) {
    tell({ kind: 'not-activated', identity: identityOf(next), reason: reasonOf(error) });
  }
  await untilDone(next, () => keeper.completeFeed());
  wakeUp();
}

/** Tries again after each failure, for as long as these rules are wanted. */
async function untilDone(rules: RulesInForce, work: () => Promise<void>): Promise<void> {
  const isWanted = (): boolean => wanted === rules && !ending.signal.aborted;
  while (isWanted()) {
    try {
      return await work();
    } catch (error) {
      if (!isWanted()) return;
      tellStopped(error);
      await pause(pauseMs, undefined, { signal: ending.signal }).catch(() => undefined);
    }
  }
}

function wakeUp(): void {
  woken = true;
  wake();
}

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

function tellStopped(error: unknown): void {
  tell({ kind: 'stopped', reason: reasonOf(error) });
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function tell(message: FromProjector): void {
  port.postMessage(message);
}

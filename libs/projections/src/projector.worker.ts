import type { ArchiveShared } from '@domeinbrug/archive';
import { comparePositions, LogUnreachable, type EventLogReader } from '@domeinbrug/event-store';
import { openLogReaderAt } from '@domeinbrug/privacy';
import { setTimeout as pause } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { archiveIn, ArchiveKeeper } from './archive-keeper.js';
import type { FailedBuilding } from './building.js';
import type { Checkpoint } from './checkpoint.js';
import { identityOf } from './client-coverage.js';
import { lastFeedStart } from './feed-start.js';
import { GenerationKeeper } from './generation-keeper.js';
import { openViewsStore } from './open-views-store.js';
import type { FromProjector, ProjectorSetting, ToProjector } from './projector-messages.js';
import { ReferenceBook } from './reference-book.js';
import type { RulesInForce } from './rules-in-force.js';
import type { FindingCounts } from './status.js';
import { ViewsFollower } from './views-follower.js';
import { ClaimLost } from './views-store.js';

/**
 * The thread that keeps the read models up while its process has the claim to write them, and follows whoever has it
 * while not; the archive of its process it keeps in either case. What it does stands in `generation-keeper.ts`.
 */
if (!parentPort) throw new Error('The projector runs as a worker thread; start it with startProjections.');
const port = parentPort;
const { dataDir, views, role, log: place, inForce } = workerData as ProjectorSetting;

/** How long to wait after a failure (a full disk, a locked file) before the next attempt. */
const pauseMs = 5_000;
/** Between two attempts to become the one that writes, or to do what a reader was in the way of. */
const claimEveryMs = 900;

const ending = new AbortController();
const isEnding = (): boolean => ending.signal.aborted;
let wanted = inForce;
let woken = true;
let wake: () => void = () => undefined;
/** Whether this process may write, as far as it knows. */
let writing = false;
let isLost = false;
let nextClaimAt = 0;
let building = Promise.resolve();
/** Ends the pause before something is tried again. */
let pausing = new AbortController();

port.on('message', (message: ToProjector) => {
  if (message.kind === 'activate') activate(message.inForce);
  if (message.kind === 'close') ending.abort();
  wakeUp();
});

const log = await openLog();
const store = openViewsStore(views);
const book = new ReferenceBook(log);
const archive = role === 'projector' ? null : new ArchiveKeeper(archiveIn(dataDir), log, book, tellArchive);
const keeper = new GenerationKeeper(store, log, book, archive, report);
const follower = new ViewsFollower(store, report, tellFailure);
const stopFollowing = store.follow(wakeUp);

while (!isEnding()) {
  woken = false;
  try {
    if (writing && isLost) await stepBack();
    if (!writing && role !== 'api' && Date.now() >= nextClaimAt) await stepForward();
    if (!writing) await follower.look();
    // An archive that has much to take in does not keep this process from the claim, nor from what others have put in force.
    const lookAt = Date.now() + claimEveryMs;
    const isDue = (): boolean => isEnding() || (!writing && Date.now() >= lookAt);
    const isAtRest = await keeper.catchUp(isDue);
    const sitsStill = isAtRest && (writing || role === 'api');
    if (!isDue()) await untilWoken(sitsStill ? undefined : claimEveryMs);
  } catch (error) {
    noteLost(error);
    if (!isLost) tellStopped(error);
    await follower.rest(); // the next look that succeeds is told, and with it that all goes on
    await untilWoken(isLost ? 0 : pauseMs);
  }
}
await stopFollowing();
await keeper.close();
await follower.rest();
await building;
await store.close();
await log.close();
port.close();

/** A database may be gone again by the time that this thread has started. */
async function openLog(): Promise<EventLogReader> {
  for (;;) {
    try {
      return await openLogReaderAt(place);
    } catch (error) {
      if (isEnding() || !(error instanceof LogUnreachable && error.passes)) throw error;
      tellStopped(error);
      await untilNextAttempt();
    }
  }
}

async function stepForward(): Promise<void> {
  nextClaimAt = Date.now() + claimEveryMs;
  isLost = false;
  writing = await store.claim(() => {
    isLost = true;
    wakeUp();
  });
  if (!writing) return;
  if (!(await knowsRules())) {
    writing = false; // this process is told of them in a moment; until then another may have the claim
    return store.release();
  }
  await follower.rest();
  building = start(wanted);
}

/** Whether no other process has brought rules into force since this one was told which are. */
async function knowsRules(): Promise<boolean> {
  return comparePositions(await lastFeedStart(log), wanted.since) <= 0;
}

/** Another process has the claim: from here on this one follows it. */
async function stepBack(): Promise<void> {
  keeper.stopBuilding();
  pausing.abort();
  await building;
  await keeper.letGo();
  writing = false;
}

/** Takes up what there is, or builds it. */
async function start(rules: RulesInForce): Promise<void> {
  await untilDone(rules, async () => {
    if (!(await keeper.resume(rules))) await keeper.replace(rules);
  });
  wakeUp();
  await untilDone(rules, () => keeper.completeFeed());
  wakeUp();
}

/** Whoever does not write waits until the one that does has built it. */
function activate(next: RulesInForce): void {
  wanted = next;
  pausing.abort();
  if (writing) building = replace(next, building);
}

/** Builds what takes over; while that fails, what is in force stays, with its feed, and it is tried again. */
async function replace(next: RulesInForce, before: Promise<void>): Promise<void> {
  keeper.stopBuilding();
  await before;
  for (let isBuilt = false; !isBuilt && isWanted(next);) {
    isBuilt = await isReplaced(next);
    wakeUp();
    await untilDone(next, () => keeper.completeFeed());
    wakeUp();
    if (!isBuilt && isWanted(next)) await untilNextAttempt();
  }
}

async function isReplaced(next: RulesInForce): Promise<boolean> {
  try {
    await keeper.replace(next);
    return true;
  } catch (error) {
    noteLost(error);
    if (!isWanted(next)) return false;
    const failure = { identity: identityOf(next), reason: reasonOf(error), failedAt: Date.now() };
    tellFailure(failure);
    await store.tellFailure(failure).catch(noteLost); // who follows is told of the next attempt
    return false;
  }
}

/** Tries again after each failure, for as long as these rules are wanted and this process may write. */
async function untilDone(rules: RulesInForce, work: () => Promise<void>): Promise<void> {
  while (isWanted(rules)) {
    try {
      return await work();
    } catch (error) {
      noteLost(error);
      if (!isWanted(rules)) return wakeUp();
      tellStopped(error);
      await untilNextAttempt();
    }
  }
}

function noteLost(error: unknown): void {
  isLost ||= error instanceof ClaimLost;
}

function isWanted(rules: RulesInForce): boolean {
  return wanted === rules && !isLost && !isEnding();
}

async function untilNextAttempt(): Promise<void> {
  pausing = new AbortController();
  const signal = AbortSignal.any([ending.signal, pausing.signal]);
  await pause(pauseMs, undefined, { signal }).catch(() => undefined);
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

function report(generation: string, { identity, position }: Checkpoint, findings: FindingCounts): void {
  tell({ kind: 'progress', generation, identity, position, findings });
}

function tellFailure({ identity, reason }: FailedBuilding): void {
  tell({ kind: 'not-activated', identity, reason });
}

function tellArchive(shared: ArchiveShared): void {
  tell({ kind: 'archive', shared });
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

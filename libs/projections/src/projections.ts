import type { ArchiveShared } from '@domeinbrug/archive';
import { comparePositions, START, type EventLog, type Position } from '@domeinbrug/event-store';
import { Worker } from 'node:worker_threads';
import { identityOf } from './client-coverage.js';
import { statusOf, type FindingCounts, type ProjectionStatus } from './status.js';
import { resourceLimits } from './fold-thread.js';
import type { FromProjector, ProjectorRole, ProjectorSetting, ToProjector } from './projector-messages.js';
import type { RulesInForce } from './rules-in-force.js';
import { openViewsStore, type ViewsPlace } from './open-views-store.js';
import type { ViewsDatabase } from './tables.js';
import type { ViewsStore } from './views-store.js';

/** The read models have not been built yet, or their thread has ended. */
export class ViewsNotReady extends Error {
  override readonly name = 'ViewsNotReady';
}

/** Read models under other rules could not be built. Those in force stay; it is tried again, also without being asked. */
export class ActivationFailed extends Error {
  override readonly name = 'ActivationFailed';
}

/** The running projections, seen from the thread that answers questions. */
export interface Projections {
  /** A read-only connection. @throws ViewsNotReady while rows are still made for the active rule set */
  views(): ViewsDatabase;
  /** Whether the read models are at or past a position, waiting at most so many milliseconds for it. */
  reached(position: Position, withinMs: number): Promise<boolean>;
  /** Cheap enough to be asked every few seconds. */
  status(): Promise<ProjectionStatus>;
  /** What `ArchiveReader` reads the facts of all clients from; another object after each new base. `null` while there is none. */
  archive(): ArchiveShared | null;
  /** Calls `listener` after each stored batch, with the position that the read models are then at; returns the way to stop. */
  subscribe(listener: (position: Position) => void): () => void;
  /** Lets the projector finish the batch it is at, for up to ten seconds, and releases everything. */
  close(): Promise<void>;
}

/** Projections that this process keeps up. */
export interface RunningProjections extends Projections {
  /**
   * Builds the read models under these rules beside those in force, which answer until then, and resolves once the new
   * ones have taken over. Their feed may be complete only later. Asking again for what is in force changes nothing.
   *
   * @param inForce its activation must lie in the log
   * @param onSwitch called in the very moment from which {@link Projections.views} gives the new ones, so that whoever asks
   *   sees both or neither, also when that is after an attempt which failed
   * @throws ActivationFailed when they could not be built yet; those in force stay until they are. Also when others were
   *   activated before these took over
   */
  activate(inForce: RulesInForce, onSwitch?: () => void): Promise<void>;
}

/** How the projector's thread is started. */
export interface Starting {
  /** The folder of the archive. */
  dataDir: string;
  /** Where the read models lie; left out: in that folder. */
  views?: ViewsPlace;
  /** Left out: `all`. */
  role?: ProjectorRole;
  inForce: RulesInForce;
  log: EventLog;
}

/** Starts the projector's thread and keeps it awake while the log grows. */
export function startProjections({
  dataDir,
  views,
  role = 'all',
  inForce,
  log,
}: Starting): RunningProjections {
  return new ProjectorThread(
    { dataDir, views: views ?? { kind: 'folder', dataDir }, role, inForce, log: log.place },
    log,
  );
}

/** A question that began before a switch may go on with what it began with, for so long. */
const graceMs = 60_000;

/** How long the thread may take to finish what it is at, once told to close. */
const endWithinMs = 10_000;

type Progress = FromProjector & { kind: 'progress' };

interface Opened {
  generation: string;
  identity: string;
  views: ViewsDatabase;
}

class ProjectorThread implements RunningProjections {
  private readonly worker: Worker;
  private readonly ended: Promise<void>;
  private readonly unsubscribe: () => void;
  private readonly listeners = new Set<(position: Position) => void>();
  private readonly waiting = new Set<() => void>();
  private readonly former = new Map<ViewsDatabase, NodeJS.Timeout>();
  /** Why the read models of an identity could not be built the last time. */
  private readonly failures = new Map<string, string>();
  /** What to call when the read models of an identity take over; the last is what was activated last. */
  private readonly switching = new Map<string, () => void>();
  private facts: ArchiveShared | null = null;
  private at: Position = START;
  private findings: FindingCounts | null = null;
  private stopped: string | null = null;
  private closing = false;
  /** Whether the thread has ended, on purpose or not. */
  private isOver = false;
  private open: Opened | null = null;

  private readonly store: ViewsStore;
  /** The identity of the read models that questions are answered from, or will be as soon as there are any. */
  private accepted: string;
  /** What is in force though this process has not been told of its rules yet. */
  private ahead: Progress | null = null;

  constructor(
    workerData: ProjectorSetting,
    private readonly log: EventLog,
  ) {
    this.store = openViewsStore(workerData.views);
    this.accepted = identityOf(workerData.inForce);
    this.worker = new Worker(new URL('./projector.worker.js', import.meta.url), {
      workerData,
      resourceLimits,
    });
    this.worker.on('message', (message: FromProjector) => this.hear(message));
    this.worker.on('error', (error) => this.stop(error.message));
    this.ended = new Promise((resolve) => {
      this.worker.once('exit', () => {
        this.isOver = true;
        if (!this.closing) this.stop(this.stopped ?? 'The projector has ended; restart the service.');
        resolve();
      });
    });
    this.unsubscribe = log.subscribe(() => this.tell({ kind: 'wake' }));
  }

  views(): ViewsDatabase {
    if (this.open) return this.open.views;
    throw new ViewsNotReady('The read models are being built; try again in a moment.');
  }

  async reached(position: Position, withinMs: number): Promise<boolean> {
    const deadline = Date.now() + withinMs;
    while (!this.open || comparePositions(this.at, position) < 0) {
      const left = deadline - Date.now();
      if (left <= 0 || this.closing) return false;
      await this.nextMessage(left);
    }
    return true;
  }

  async activate(inForce: RulesInForce, onSwitch: () => void = () => undefined): Promise<void> {
    const identity = identityOf(inForce);
    if (this.open?.identity === identity) return onSwitch();
    this.failures.delete(identity);
    this.switching.delete(identity);
    this.switching.set(identity, onSwitch);
    this.tell({ kind: 'activate', inForce });
    if (this.ahead?.identity === identity) this.moveTo(this.ahead);
    this.wakeAll();
    while (this.open?.identity !== identity) {
      const failure = this.failures.get(identity) ?? this.overtaken(identity) ?? this.endOfThread();
      if (failure !== null) throw new ActivationFailed(failure);
      await this.nextMessage();
    }
  }

  private overtaken(identity: string): string | null {
    const isLast = [...this.switching.keys()].at(-1) === identity;
    return isLast ? null : 'Other rules were activated before these were in force.';
  }

  private endOfThread(): string | null {
    return this.closing || this.isOver ? (this.stopped ?? 'The service is closing.') : null;
  }

  async status(): Promise<ProjectionStatus> {
    const { stopped, findings } = this;
    return statusOf(this.open?.views ?? null, this.log, {
      stopped,
      findings,
      building: await this.store.building(),
    });
  }

  archive(): ArchiveShared | null {
    return this.facts;
  }

  subscribe(listener: (position: Position) => void): () => void {
    const own = (position: Position): void => listener(position); // the same function may listen twice
    this.listeners.add(own);
    return () => void this.listeners.delete(own);
  }

  async close(): Promise<void> {
    this.closing = true;
    this.unsubscribe();
    this.tell({ kind: 'close' });
    // What it is at waits for a database that may no longer answer; broken off, it is taken up at the next start.
    const tooLong = setTimeout(() => void this.worker.terminate(), endWithinMs);
    await this.ended;
    clearTimeout(tooLong);
    this.wakeAll();
    for (const timer of this.former.values()) clearTimeout(timer);
    for (const views of this.former.keys()) await views.destroy();
    await this.open?.views.destroy();
    this.open = null;
    await this.store.close();
  }

  private hear(message: FromProjector): void {
    if (message.kind === 'stopped') this.stop(message.reason);
    else if (message.kind === 'not-activated') this.failures.set(message.identity, message.reason);
    else if (message.kind === 'archive') this.facts = message.shared;
    else this.moveTo(message);
    this.wakeAll();
  }

  private moveTo(progress: Progress): void {
    const { generation, identity, position, findings } = progress;
    const isKnown = identity === this.accepted || this.switching.has(identity);
    this.ahead = isKnown ? null : progress;
    if (!isKnown) return;
    this.at = position;
    this.findings = findings;
    this.stopped = null;
    if (this.open?.generation !== generation) {
      const views = this.opened(generation);
      if (!views) return;
      if (this.open) this.retire(this.open.views);
      this.open = { generation, identity, views };
      this.accepted = identity;
      this.switching.get(identity)?.();
      this.forgetUpTo(identity);
    }
    for (const listener of this.listeners) listener(position);
  }

  /** What was activated before it will not take over any more. */
  private forgetUpTo(identity: string): void {
    if (!this.switching.has(identity)) return;
    for (const overtaken of this.switching.keys()) {
      this.switching.delete(overtaken);
      if (overtaken === identity) return;
    }
  }

  /** `null` when it has been replaced already: then a message that names the next is on its way. */
  private opened(generation: string): ViewsDatabase | null {
    try {
      return this.store.openForReading(generation);
    } catch (error) {
      this.stop(error instanceof Error ? error.message : String(error));
      return null;
    }
  }

  private retire(views: ViewsDatabase): void {
    const timer = setTimeout(() => {
      this.former.delete(views);
      void views.destroy();
    }, graceMs);
    this.former.set(views, timer.unref());
  }

  private stop(reason: string): void {
    this.stopped = reason;
    this.wakeAll();
  }

  private wakeAll(): void {
    for (const wake of [...this.waiting]) wake();
  }

  private nextMessage(withinMs?: number): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        this.waiting.delete(wake);
        resolve();
      };
      const timer = withinMs === undefined ? undefined : setTimeout(wake, withinMs);
      this.waiting.add(wake);
    });
  }

  private tell(message: ToProjector): void {
    this.worker.postMessage(message);
  }
}

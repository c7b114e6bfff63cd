import { comparePositions, START, type EventLog, type Position } from '@domeinbrug/event-store';
import { Worker } from 'node:worker_threads';
import { statusOf, type ProjectionStatus } from './status.js';
import type { FromProjector, ProjectorSetting, ToProjector } from './projector-messages.js';
import type { RulesInForce } from './rules-in-force.js';
import { openViewsForReading, viewsPath } from './views-file.js';
import type { ViewsDatabase } from './tables.js';

/** The read models have not been built yet, or their thread has ended. */
export class ViewsNotReady extends Error {
  override readonly name = 'ViewsNotReady';
}

/** The running projections, seen from the thread that answers questions. */
export interface Projections {
  /** A read-only connection. @throws ViewsNotReady while rows are still made for the active rule set */
  views(): ViewsDatabase;
  /** Whether the read models are at or past a position, waiting at most so many milliseconds for it. */
  reached(position: Position, withinMs: number): Promise<boolean>;
  status(): Promise<ProjectionStatus>;
  /** Calls `listener` after each stored batch, with the position that the read models are then at; returns the way to stop. */
  subscribe(listener: (position: Position) => void): () => void;
  /** Lets the projector finish the batch it is at, and releases everything. */
  close(): Promise<void>;
}

/** Starts the projector's thread over the log in a data folder and keeps it awake while the log grows. */
export function startProjections(setting: ProjectorSetting & { log: EventLog }): Projections {
  return new RunningProjections(setting.dataDir, setting.inForce, setting.log);
}

class RunningProjections implements Projections {
  private readonly worker: Worker;
  private readonly ended: Promise<void>;
  private readonly unsubscribe: () => void;
  private readonly listeners = new Set<(position: Position) => void>();
  private readonly waiting = new Set<() => void>();
  private at: Position = START;
  private stopped: string | null = null;
  private closing = false;
  private open: ViewsDatabase | null = null;

  constructor(
    private readonly dataDir: string,
    inForce: RulesInForce,
    private readonly log: EventLog,
  ) {
    const workerData: ProjectorSetting = { dataDir, inForce };
    this.worker = new Worker(new URL('./projector.worker.js', import.meta.url), { workerData });
    this.worker.on('message', (message: FromProjector) => this.hear(message));
    this.worker.on('error', (error) => this.stop(error.message));
    this.ended = new Promise((resolve) => {
      this.worker.once('exit', () => {
        if (!this.closing) this.stop(this.stopped ?? 'The projector has ended; restart the service.');
        resolve();
      });
    });
    this.unsubscribe = log.subscribe(() => this.tell('wake'));
  }

  views(): ViewsDatabase {
    if (this.open) return this.open;
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

  async status(): Promise<ProjectionStatus> {
    return statusOf(this.open, this.log, this.stopped);
  }

  subscribe(listener: (position: Position) => void): () => void {
    const own = (position: Position): void => listener(position); // the same function may listen twice
    this.listeners.add(own);
    return () => void this.listeners.delete(own);
  }

  async close(): Promise<void> {
    this.closing = true;
    this.unsubscribe();
    this.tell('close');
    await this.ended;
    this.wakeAll();
    await this.open?.destroy();
    this.open = null;
  }

  private hear(message: FromProjector): void {
    if (message.kind === 'stopped') this.stop(message.reason);
    else {
      this.at = message.position;
      this.stopped = null;
      this.open ??= openViewsForReading(viewsPath(this.dataDir));
      for (const listener of this.listeners) listener(this.at);
    }
    this.wakeAll();
  }

  private stop(reason: string): void {
    this.stopped = reason;
    this.wakeAll();
  }

  private wakeAll(): void {
    for (const wake of [...this.waiting]) wake();
  }

  private nextMessage(withinMs: number): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        this.waiting.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, withinMs);
      this.waiting.add(wake);
    });
  }

  private tell(message: ToProjector): void {
    this.worker.postMessage(message);
  }
}

import type { Cells } from '../cells.js';
import { defaultDimensions, type Dimension } from '../cube/dimensions.js';
import type { DifferingJourney } from '../results/journeys-of.js';
import type { Split } from '../results/split-between.js';
import { ReplayComputer, type ComputerSetting } from './compute-replay.js';
import { identityOf } from './identity.js';
import type { ReplayQuestion } from './replay-question.js';
import { ReplayStore, type AnsweredReplay } from './replay-store.js';
import { ReplayStopped, type Watch } from './replay-threads.js';

/** How far a replay is. */
export interface ReplayStatus {
  id: string;
  state: 'running' | 'done' | 'failed' | 'cancelled';
  /** Clients done, of those in the archive. */
  done: number;
  clients: number;
  /** Why there is no answer; `null` unless it failed. */
  failure: string | null;
}

export interface ReplaysSetting extends ComputerSetting {
  /** Where answers are kept; `null` = in memory only. */
  folder: string | null;
  /** Answers in the folder are found, and none is added: for whoever must not write there. */
  readsOnly?: boolean;
}

interface Run {
  question: ReplayQuestion;
  status: ReplayStatus;
  abort: AbortController;
  listeners: Set<() => void>;
  ended: Promise<void>;
}

interface Computing {
  cells: Promise<Cells>;
  abort: AbortController;
  askers: number;
}

/** So many runs may wait or be under way at once. */
export const mostRuns = 16;
/** Too many replays wait already. */
export class ReplaysBusy extends Error {
  override readonly name = 'ReplaysBusy';
}

/** The replays of a service: asked, watched, answered, forgotten. */
export class Replays {
  private readonly runs = new Map<string, Run>();
  /** Cells that are being computed, by run and dimensions. */
  private readonly computing = new Map<string, Computing>();
  private readonly store: ReplayStore;
  /** Clients that were erased while this process runs. */
  private readonly forgotten = new Set<string>();
  private readonly computer: ReplayComputer;

  constructor(setting: ReplaysSetting) {
    this.store = new ReplayStore(setting.folder, setting.readsOnly);
    this.computer = new ReplayComputer(setting);
  }

  /**
   * Begins a replay, or finds the one that was asked before: it is the same when its id is.
   *
   * @returns `known` when it was not begun by this call
   * @throws ReplaysBusy
   */
  ask(question: ReplayQuestion): { status: ReplayStatus; known: boolean } {
    const id = identityOf(question);
    const status = this.status(id);
    if (status && (status.state === 'running' || status.state === 'done')) return { status, known: true };
    const waiting = [...this.runs.values()].filter((run) => run.status.state === 'running').length;
    if (waiting >= mostRuns)
      throw new ReplaysBusy(`${mostRuns} replays are waiting already; ask again when one of them is done.`);
    return { status: this.begin(id, question).status, known: false };
  }

  status(id: string): ReplayStatus | undefined {
    const run = this.runs.get(id);
    if (run) return { ...run.status };
    const answered = this.store.find(id);
    const { clients } = answered?.figures.counts ?? { clients: 0 };
    return answered && { id, state: 'done', done: clients, clients, failure: null };
  }

  /** What was asked, of a replay that {@link status} knows. */
  question(id: string): ReplayQuestion | undefined {
    return this.runs.get(id)?.question ?? this.store.find(id)?.question;
  }

  /** Ends once the replay has, or the signal says so; tells at once how far it is, then whenever that changes. */
  async *follow(id: string, signal: AbortSignal): AsyncGenerator<ReplayStatus> {
    for (let told = ''; !signal.aborted;) {
      const status = this.status(id);
      if (!status) return;
      const text = JSON.stringify(status);
      if (text !== told) {
        told = text;
        yield status;
        continue; // much may have happened before the reader came back
      }
      if (status.state !== 'running') return;
      await this.changed(id, signal);
    }
  }

  /** The answer, whole; `undefined` before its end. */
  answered(id: string): AnsweredReplay | undefined {
    return this.runs.get(id)?.status.state === 'running' ? undefined : this.store.find(id);
  }

  /** The cells of an answered replay by these dimensions, when they need not be computed. */
  knownCells(id: string, by: readonly Dimension[]): Cells | undefined {
    return by.join() === defaultDimensions.join() ? this.store.find(id)?.cells : this.store.findCells(id, by);
  }

  /**
   * The cells of an answered replay by other dimensions than were asked before: computed anew from the snapshot. Whoever
   * asks for the same meanwhile waits for the same; when all have left, it ends.
   *
   * @param signal that the asker has left
   * @throws ReplayFailed, ReplayStopped
   */
  async cells(id: string, by: readonly Dimension[], signal?: AbortSignal): Promise<Cells> {
    const known = this.knownCells(id, by);
    if (known) return known;
    const name = `${id} ${by.join()}`;
    const computing = this.computing.get(name) ?? this.beginCells(name, id, by);
    computing.askers += 1;
    const leave = (): void => {
      computing.askers -= 1;
      if (computing.askers > 0) return;
      // Who comes after this must not be given what was broken off.
      this.computing.delete(name);
      computing.abort.abort();
    };
    if (signal?.aborted) leave();
    signal?.addEventListener('abort', leave, { once: true });
    try {
      return await computing.cells;
    } finally {
      signal?.removeEventListener('abort', leave);
    }
  }

  private beginCells(name: string, id: string, by: readonly Dimension[]): Computing {
    const abort = new AbortController();
    const cells = this.computeCells(id, by, abort.signal).finally(() => {
      if (this.computing.get(name)?.abort === abort) this.computing.delete(name);
    });
    const computing = { cells, abort, askers: 0 };
    this.computing.set(name, computing);
    return computing;
  }

  private async computeCells(id: string, by: readonly Dimension[], signal: AbortSignal): Promise<Cells> {
    const cells = await this.computer.cells(this.store.find(id)!.question, by, { signal });
    // Forgotten in between it stays so.
    if (this.store.find(id)) this.store.keepCells(id, by, cells);
    return cells;
  }

  /**
   * Clients for whom anything differs, in order of their pseudonyms in this run.
   *
   * @param after a pseudonym; from just after it
   */
  journeys(
    id: string,
    page: { after: string; limit: number },
  ): Promise<{ found: DifferingJourney[]; more: boolean }> {
    return this.computer.journeys(this.store.find(id)!, page);
  }

  /**
   * Splits the difference between the alternatives of two answered replays over the same days and people.
   *
   * @returns `null` where a part would tell of too few clients under the profile of the second
   * @throws ReplayFailed, ReplayStopped
   */
  split(from: string, to: string, watch?: Watch): Promise<Split | null> {
    return this.computer.split(this.store.find(from)!.question, this.store.find(to)!.question, watch);
  }

  /**
   * Cancels a replay that is under way: it is remembered as cancelled, for whoever else waits for it. Any other it
   * forgets, with its answer.
   *
   * @returns whether there was one
   */
  async forget(id: string): Promise<boolean> {
    const run = this.runs.get(id);
    const cancels = run?.status.state === 'running';
    run?.abort.abort();
    await run?.ended;
    if (!cancels) this.runs.delete(id);
    return this.store.forget(id) || run !== undefined;
  }

  /** Takes erased clients out of what replays have found, also those under way; figures and cells lead to nobody. */
  forgetClients(clients: readonly string[]): void {
    for (const client of clients) this.forgotten.add(client);
    this.store.forgetClients(new Set(clients));
  }

  /** Resolves when the replay is no longer under way. */
  async ended(id: string): Promise<void> {
    await this.runs.get(id)?.ended;
  }

  async close(): Promise<void> {
    for (const { abort } of this.runs.values()) abort.abort();
    await this.computer.close();
    await Promise.all([...this.runs.values()].map(({ ended }) => ended));
  }

  private begin(id: string, question: ReplayQuestion): Run {
    const status: ReplayStatus = { id, state: 'running', done: 0, clients: 0, failure: null };
    const abort = new AbortController();
    const run: Run = { question, status, abort, listeners: new Set(), ended: Promise.resolve() };
    this.runs.set(id, run);
    const tell = (change: Partial<ReplayStatus>): void => {
      Object.assign(status, change);
      for (const listener of run.listeners) listener();
    };
    const progress = (done: number, clients: number): void => tell({ done, clients });
    run.ended = this.computer.answer(id, question, { progress, signal: abort.signal }).then(
      (answered) => {
        this.store.keep(answered);
        this.store.forgetClients(this.forgotten);
        tell({ state: 'done' });
        this.runs.delete(id);
      },
      (error: Error) =>
        tell(
          error instanceof ReplayStopped
            ? { state: 'cancelled' }
            : { state: 'failed', failure: error.message },
        ),
    );
    return run;
  }

  private changed(id: string, signal: AbortSignal): Promise<void> {
    const run = this.runs.get(id);
    if (!run) return Promise.resolve();
    return new Promise((resolve) => {
      const done = (): void => {
        run.listeners.delete(done);
        signal.removeEventListener('abort', done);
        resolve();
      };
      run.listeners.add(done);
      signal.addEventListener('abort', done);
    });
  }
}

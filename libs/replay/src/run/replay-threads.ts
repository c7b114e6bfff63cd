import { availableParallelism } from 'node:os';
import { Worker, type ResourceLimits } from 'node:worker_threads';
import { ArchiveReader, type ArchiveShared } from '@domeinbrug/archive';
import type {
  FromReplayThread,
  SliceOrder,
  SliceTask,
  SliceTasks,
  ToReplayThread,
} from './thread-messages.js';

type AnySliceState = SliceTasks[SliceTask]['state'];

/** Nearly all that a replay makes is for one client: with more room it is gone before it has to be moved. */
const roomForTheYoung: ResourceLimits = { maxYoungGenerationSizeMb: 96 };

/** A replay ended without an answer; the message says why. */
export class ReplayFailed extends Error {
  override readonly name = 'ReplayFailed';
}

/** Nobody waits for the answer any more. */
export class ReplayStopped extends Error {
  override readonly name = 'ReplayStopped';

  constructor() {
    super('The replay was cancelled.');
  }
}

/** How a run is watched and ended. */
export interface Watch {
  /** How many of the clients are done. */
  progress?: (done: number, clients: number) => void;
  signal?: AbortSignal;
}

/**
 * Threads that replay slices of the clients; each is started when it is first needed and kept, so that the next run
 * finds it warm. One run at a time: it has all of them.
 */
export class ReplayThreads {
  private readonly threads: (Thread | null)[];
  private lastRun: Promise<unknown> = Promise.resolve();
  private closing = false;

  constructor(
    readonly count: number = availableParallelism(),
    private readonly limits: ResourceLimits = roomForTheYoung,
  ) {
    this.threads = Array.from({ length: count }, () => null);
  }

  /**
   * Replays all clients of an archive, after the runs that were asked before.
   *
   * @returns the slices in order of the clients' numbers
   * @throws ReplayStopped, ReplayFailed when a thread dies or the cells do not fit
   */
  run<Task extends SliceTask>(
    shared: ArchiveShared,
    task: Task,
    question: SliceTasks[Task]['question'],
    watch: Watch = {},
  ): Promise<SliceTasks[Task]['state'][]> {
    const now = (): Promise<SliceTasks[Task]['state'][]> => this.runNow(shared, task, question, watch);
    const mine = this.lastRun.then(now, now);
    this.lastRun = mine;
    return mine;
  }

  async close(): Promise<void> {
    this.closing = true;
    await Promise.all(this.threads.flatMap((thread) => thread?.end() ?? []));
  }

  private async runNow<Task extends SliceTask>(
    shared: ArchiveShared,
    task: Task,
    question: SliceTasks[Task]['question'],
    watch: Watch,
  ): Promise<SliceTasks[Task]['state'][]> {
    if (this.closing) throw new ReplayFailed('The service is stopping.');
    if (watch.signal?.aborted) throw new ReplayStopped();
    const { clients } = new ArchiveReader(shared);
    const stop = new SharedArrayBuffer(4);
    const end = (): void => void Atomics.store(new Int32Array(stop), 0, 1);
    watch.signal?.addEventListener('abort', end);
    const done = new Array<number>(this.count).fill(0);
    const tell = (slice: number, of: number): void => {
      done[slice] = of;
      watch.progress?.(
        done.reduce((sum, each) => sum + each, 0),
        clients,
      );
    };
    try {
      const slices = this.threads.map((_, index) => {
        const [from, until] = [bound(clients, index, this.count), bound(clients, index + 1, this.count)];
        return this.threadAt(index).answer(shared, { task, question, from, until, stop }, (of) =>
          tell(index, of),
        );
      });
      const states = await allOrNone(slices, end);
      // A thread that was nearly done may not have looked any more.
      if (watch.signal?.aborted) throw new ReplayStopped();
      return states;
    } finally {
      watch.signal?.removeEventListener('abort', end);
    }
  }

  private threadAt(index: number): Thread {
    const thread = this.threads[index];
    if (thread && !thread.ended) return thread;
    return (this.threads[index] = new Thread(this.limits));
  }
}

/** Where the slice of that index begins: whole numbers, as even as can be. */
function bound(clients: number, index: number, slices: number): number {
  return Math.floor((clients * index) / slices);
}

/** Waits for every slice, so that none is at work when the next run begins; the first failure ends the others. */
async function allOrNone(
  slices: readonly Promise<AnySliceState>[],
  end: () => void,
): Promise<AnySliceState[]> {
  let failure: Error | undefined;
  const settled = await Promise.allSettled(
    slices.map((slice) =>
      slice.catch((error: Error) => {
        failure ??= error;
        end();
        throw error;
      }),
    ),
  );
  if (failure) throw failure;
  return settled.map((each) => (each as PromiseFulfilledResult<AnySliceState>).value);
}

interface Waiting {
  id: number;
  progress(done: number): void;
  resolve(state: AnySliceState): void;
  reject(error: Error): void;
}

class Thread {
  private readonly worker: Worker;
  private given: ArchiveShared | null = null;
  private asked = 0;
  private waiting: Waiting | null = null;
  ended = false;

  constructor(resourceLimits: ResourceLimits) {
    this.worker = new Worker(new URL('./replay.worker.js', import.meta.url), { resourceLimits });
    this.worker.on('message', (message: FromReplayThread) => this.hear(message));
    this.worker.on('error', (error) => this.fail(error.message));
    this.worker.on('exit', () => this.fail('it ended'));
    this.worker.unref();
  }

  answer(shared: ArchiveShared, slice: SliceOrder, progress: (done: number) => void): Promise<AnySliceState> {
    if (shared !== this.given) this.post({ kind: 'archive', shared });
    this.given = shared;
    const id = this.asked++;
    this.worker.ref();
    return new Promise<AnySliceState>((resolve, reject) => {
      this.waiting = { id, resolve, reject, progress };
      this.post({ kind: 'slice', id, ...slice });
    }).finally(() => {
      this.waiting = null;
      this.worker.unref();
    });
  }

  async end(): Promise<void> {
    await this.worker.terminate();
  }

  private post(message: ToReplayThread): void {
    this.worker.postMessage(message);
  }

  private hear(message: FromReplayThread): void {
    if (message.id !== this.waiting?.id) return;
    switch (message.kind) {
      case 'progress':
        return this.waiting.progress(message.done);
      case 'done':
        return this.waiting.resolve(message.state);
      case 'stopped':
        return this.waiting.reject(new ReplayStopped());
      case 'failed':
        return this.waiting.reject(new ReplayFailed(message.message));
    }
  }

  private fail(reason: string): void {
    this.ended = true;
    this.waiting?.reject(new ReplayFailed(`A thread of the replay died: ${reason}. Ask again.`));
  }
}

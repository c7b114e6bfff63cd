import { Worker } from 'node:worker_threads';
import type { LogPlace, Position } from '@domeinbrug/event-store';
import type { Value } from './client-rows.js';
import type { RulesInForce } from './rules-in-force.js';
import type { FoldedRows } from './views-writer.js';

/** What the folding thread is given. */
export interface FoldJob {
  work: 'rows' | 'feed';
  /** Where the log lies. */
  log: LogPlace;
  inForce: RulesInForce;
  upTo: Position;
  /** Where the feed is sorted. */
  scratch: string;
}

export type FromFoldThread = { kind: 'chunk'; chunk: unknown } | { kind: 'end' };

/** What is folded lives for a moment: in a larger nursery it dies there, which saves a tenth of the time. */
export const resourceLimits = { maxYoungGenerationSizeMb: 96 };

/** How many chunks may wait to be written: folding goes on meanwhile, and memory stays bounded. */
export const chunksAhead = 4;

/** `foldedRows` in a thread of its own, over a log that it opens for itself. */
export function foldedInThread(
  job: Omit<FoldJob, 'work'>,
  signal?: AbortSignal,
): AsyncGenerator<FoldedRows[]> {
  return inThread<FoldedRows[]>({ ...job, work: 'rows' }, signal);
}

/** `feedRows` in the same way. */
export function feedInThread(job: Omit<FoldJob, 'work'>, signal?: AbortSignal): AsyncGenerator<Value[][]> {
  return inThread<Value[][]>({ ...job, work: 'feed' }, signal);
}

async function* inThread<Chunk>(workerData: FoldJob, signal?: AbortSignal): AsyncGenerator<Chunk> {
  const worker = new Worker(new URL('./fold.worker.js', import.meta.url), { workerData, resourceLimits });
  const arrived: FromFoldThread[] = [];
  let failure: Error | null = null;
  let hear: () => void = () => undefined;
  const stop = (): void => void worker.terminate();
  signal?.addEventListener('abort', stop, { once: true });
  worker.on('message', (message: FromFoldThread) => (arrived.push(message), hear()));
  worker.on('error', (error) => ((failure = error), hear()));
  worker.on('exit', () => ((failure ??= new Error('The folding was broken off.')), hear()));
  try {
    for (;;) {
      const message = arrived.shift();
      if (message?.kind === 'end') return;
      signal?.throwIfAborted();
      if (message) {
        yield message.chunk as Chunk;
        worker.postMessage('written');
      } else {
        // What had arrived before the thread ended has been taken by now.
        if (failure !== null) throw failure as Error;
        await new Promise<void>((resolve) => (hear = resolve));
      }
    }
  } finally {
    signal?.removeEventListener('abort', stop);
    await worker.terminate();
  }
}

import { parentPort, type TransferListItem } from 'node:worker_threads';
import { ArchiveReader } from '@domeinbrug/archive';
import { sweepSlice, type SweepQuestion } from '../sweep/sweep-slice.js';
import { TooManyCells } from '../cube/cell-table.js';
import { replaySlice, type SliceQuestion } from './replay-slice.js';
import type { FromReplayThread, SliceTasks, SliceTask, ToReplayThread } from './thread-messages.js';

/** A thread that answers about slices of the clients, one after the other. */
if (!parentPort) throw new Error('It runs as a worker thread; start it with ReplayThreads.');
const port = parentPort;
let reader: ArchiveReader | null = null;

port.on('message', (message: ToReplayThread) => {
  if (message.kind === 'archive') reader = new ArchiveReader(message.shared);
  else answer(message);
});

const tasks: {
  [Task in SliceTask]: (
    question: SliceTasks[Task]['question'],
    clients: Iterable<number>,
    goOn: (done: number) => boolean,
  ) => SliceTasks[Task]['state'] | null;
} = {
  replay: (question, clients, goOn) => replaySlice(reader!, question, clients, goOn),
  sweep: (question, clients, goOn) => sweepSlice(reader!, question, clients, goOn),
};

function answer({ id, task, question, from, until, stop }: ToReplayThread & { kind: 'slice' }): void {
  const stopped = new Int32Array(stop);
  const tell = (message: FromReplayThread, moved: TransferListItem[] = []): void =>
    port.postMessage(message, moved);
  try {
    const work = tasks[task] as (
      question: SliceQuestion | SweepQuestion,
      clients: Iterable<number>,
      goOn: (done: number) => boolean,
    ) => SliceTasks[SliceTask]['state'] | null;
    const state = work(question, numbers(from, until), (done) => {
      tell({ kind: 'progress', id, done });
      return Atomics.load(stopped, 0) === 0;
    });
    if (state) tell({ kind: 'done', id, state }, buffersOf(state));
    else tell({ kind: 'stopped', id });
  } catch (error) {
    tell({ kind: 'failed', id, message: reasonOf(error) });
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof TooManyCells) return error.message;
  const message = error instanceof Error ? error.message : String(error);
  return `The replay ended by a fault of the product (${message}); please report it.`;
}

function* numbers(from: number, until: number): Generator<number> {
  for (let number = from; number < until; number++) yield number;
}

/** Moved to the other thread instead of copied. */
function buffersOf(value: unknown): TransferListItem[] {
  if (ArrayBuffer.isView(value)) return [value.buffer as ArrayBuffer];
  if (typeof value !== 'object' || value === null) return [];
  return [...new Set(Object.values(value).flatMap(buffersOf))];
}

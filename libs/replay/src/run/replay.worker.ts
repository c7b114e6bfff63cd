import { parentPort, type TransferListItem } from 'node:worker_threads';
import { ArchiveReader } from '@domeinbrug/archive';
import { replaySlice, type SliceState } from './replay-slice.js';
import type { FromReplayThread, ToReplayThread } from './thread-messages.js';

/** A thread that replays slices of the clients, one after the other. */
if (!parentPort) throw new Error('It runs as a worker thread; start it with ReplayThreads.');
const port = parentPort;
let reader: ArchiveReader | null = null;

port.on('message', (message: ToReplayThread) => {
  if (message.kind === 'archive') reader = new ArchiveReader(message.shared);
  else replay(message);
});

function replay({ id, question, from, until, stop }: ToReplayThread & { kind: 'slice' }): void {
  const stopped = new Int32Array(stop);
  const tell = (message: FromReplayThread, moved: TransferListItem[] = []): void =>
    port.postMessage(message, moved);
  try {
    const state = replaySlice(reader!, question, numbers(from, until), (done) => {
      tell({ kind: 'progress', id, done });
      return Atomics.load(stopped, 0) === 0;
    });
    if (state) tell({ kind: 'done', id, state }, buffersOf(state));
    else tell({ kind: 'stopped', id });
  } catch (error) {
    const { name, message } = error instanceof Error ? error : { name: 'Error', message: String(error) };
    tell({ kind: 'failed', id, name, message });
  }
}

function* numbers(from: number, until: number): Generator<number> {
  for (let number = from; number < until; number++) yield number;
}

/** Moved to the other thread instead of copied. */
function buffersOf(value: unknown): TransferListItem[] {
  if (ArrayBuffer.isView(value)) return [value.buffer as ArrayBuffer];
  if (typeof value !== 'object' || value === null) return [];
  return [...new Set(Object.values(value as Record<string, SliceState>).flatMap(buffersOf))];
}

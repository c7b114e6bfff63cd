import type { ArchiveShared } from '@domeinbrug/archive';
import type { SweepQuestion, SweepState } from '../sweep/sweep-slice.js';
import type { SliceQuestion, SliceState } from './replay-slice.js';

/** What threads can be asked of a slice of the clients, and what they answer. */
export interface SliceTasks {
  replay: { question: SliceQuestion; state: SliceState };
  sweep: { question: SweepQuestion; state: SweepState };
}
export type SliceTask = keyof SliceTasks;

export type ToReplayThread =
  /** From here on clients are read from this generation of the archive. */
  { kind: 'archive'; shared: ArchiveShared } | (SliceOrder & { kind: 'slice'; id: number });

/** `[from, until)` of the clients' numbers; `stop` holds an Int32 that is not 0 once nobody waits any more. */
export interface SliceOrder {
  task: SliceTask;
  question: SliceTasks[SliceTask]['question'];
  from: number;
  until: number;
  stop: SharedArrayBuffer;
}

export type FromReplayThread =
  | { kind: 'progress'; id: number; done: number }
  | { kind: 'done'; id: number; state: SliceTasks[SliceTask]['state'] }
  | { kind: 'stopped'; id: number }
  | { kind: 'failed'; id: number; message: string };

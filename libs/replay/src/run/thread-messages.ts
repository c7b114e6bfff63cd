import type { ArchiveShared } from '@domeinbrug/archive';
import type { SliceQuestion, SliceState } from './replay-slice.js';

export type ToReplayThread =
  /** From here on clients are read from this generation of the archive. */
  | { kind: 'archive'; shared: ArchiveShared }
  /** `[from, until)` of the clients' numbers; `stop` holds an Int32 that is not 0 once nobody waits any more. */
  | {
      kind: 'slice';
      id: number;
      question: SliceQuestion;
      from: number;
      until: number;
      stop: SharedArrayBuffer;
    };

export type FromReplayThread =
  | { kind: 'progress'; id: number; done: number }
  | { kind: 'done'; id: number; state: SliceState }
  | { kind: 'stopped'; id: number }
  | { kind: 'failed'; id: number; name: string; message: string };

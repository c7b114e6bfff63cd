import type { RulesInForce } from './rules-in-force.js';

/** What the projector's thread is given to start with. */
export interface ProjectorSetting {
  dataDir: string;
  inForce: RulesInForce;
}

/** `wake`: the log has grown. `close`: finish the batch in hand and end. */
export type ToProjector = 'wake' | 'close';

export type FromProjector =
  /** The read models can be opened; rows of older rules have been replaced. */
  | { kind: 'ready'; position: string; recordedAt: number }
  | { kind: 'progress'; position: string; recordedAt: number }
  /** The last attempt stopped; the next is made when the log grows or after a pause. */
  | { kind: 'stopped'; reason: string };

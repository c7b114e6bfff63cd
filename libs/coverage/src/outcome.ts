import { OPEN_END } from '@domeinbrug/calendar';
import type { FunderKind, Law } from '@domeinbrug/terms';
import type { CoverKind, GapReason } from './coverage-timeline.js';
import type { Look, Reads } from './look.js';
import type { Run } from './run.js';

/** One payer of one service on one day. Codes are numbers; a pool's code is its place in the journey's pools. */
export interface Payment extends Reads {
  funderKind: FunderKind;
  code: number;
  share: number;
  law: Law | null;
  kind: CoverKind;
  /** `table`, `absence-retained`, `joint-funding` or the window's id. */
  rule: string;
  provider: number;
  /** The window run that pays; `null` for the table and for pools. */
  run: Run | null;
}

/** Exactly one of these holds for a service on a day, before windows. */
export type TableStatus = 'not-needed' | 'paid' | 'gap' | 'absorbed' | 'ended' | 'suspended' | 'pooled';

/**
 * Who pays a service on a day, or why nobody does. What was read stands with each payment; the outcome's own is
 * what the table read, which is why there is a gap.
 */
export interface Outcome extends Look {
  /** The table's verdict, before windows. */
  status: TableStatus;
  /** The table's payers (two on a transition day under `both`), then the windows' in the order in which they apply. */
  payments: readonly Payment[];
  gap: GapReason | null;
  /** The claim that gave the basis, as an index into the service's claims; `null` for a stay or the Wlz. */
  basis: number | null;
}

const nobody: readonly Payment[] = [];

/** To begin with: nothing is needed, and nothing was looked at but kinds of facts. */
export function notNeeded(topics: number): Outcome {
  return {
    until: OPEN_END,
    parameters: 0,
    topics,
    status: 'not-needed',
    payments: nobody,
    gap: null,
    basis: null,
  };
}

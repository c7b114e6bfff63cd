import type { Day, DayRange } from '@domeinbrug/calendar';
import type { Window } from '@domeinbrug/rules';
import type { CompiledWindow } from './compile.js';

type Cut = Window['cutBy'][number];

/**
 * A window opened for one service by one trigger. `from` and `until` are its days after cuts and death; with
 * parameters read per day they bound the days on which it may be open.
 */
export interface Run extends DayRange {
  /** What ended it before its length was over; `null` when nothing did. */
  cutBy: 'death' | Cut | null;
  window: CompiledWindow;
  service: number;
  trigger: Day;
  /** NONE when nobody is known to give the care. */
  provider: number;
  /** Mask of the parameters read on the trigger day. */
  parameters: number;
}

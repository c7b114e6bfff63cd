import type { Day, DayRange } from '@domeinbrug/calendar';
import type { CompiledWindow } from './compile.js';

/**
 * A window opened for one service by one trigger. `from` and `until` are its days after cuts and death; with
 * parameters read per day they bound the days on which it may be open.
 */
export interface Run extends DayRange {
  window: CompiledWindow;
  service: number;
  trigger: Day;
  /** NONE when nobody is known to give the care. */
  provider: number;
  /** Mask of the parameters read on the trigger day. */
  parameters: number;
}

import { addMonths, type Day } from './day.js';

/** A longer period than this is a slip of the pen: no history goes back so far. */
export const longestPeriodYears = 40;

/** Whether a period, both days included, is longer than anybody may ask about. */
export function isTooLong(firstDay: Day, lastDay: Day): boolean {
  return lastDay >= addMonths(firstDay, 12 * longestPeriodYears);
}

import { START, type Position } from './event-log.js';

/**
 * The names of a category lie between these in the order of code points, the second excluded: '.' follows '-'. So a
 * store reads them off the index on its names.
 * @throws RangeError for what is no category
 */
export function namesOf(category: string): { from: string; until: string } {
  refuseNoCategory(category);
  return { from: `${category}-`, until: `${category}.` };
}

/** @throws RangeError when it is none */
export function refuseNoCategory(category: string): void {
  if (category !== '' && !category.includes('-')) return;
  throw new RangeError(`"${category}" is no category; write what stands before the hyphen, such as journey.`);
}

/** @throws RangeError when a page cannot have that many of `what` */
export function refuseLimit(limit: number, what: string): void {
  if (!Number.isSafeInteger(limit) || limit < 1) {
    throw new RangeError(`A page of ${limit} ${what} cannot be read; ask for 1 or more.`);
  }
}

/**
 * The number of a position for stores that count events from 1; without one, a number after every event.
 * @throws RangeError for what is no position
 */
export function numberOf(position?: Position): number {
  if (position === undefined) return Number.MAX_SAFE_INTEGER;
  refuseNoPosition(position);
  return Math.min(Number(position), Number.MAX_SAFE_INTEGER);
}

/** @throws RangeError when it is none */
export function refuseNoPosition(position: Position): void {
  if (/^(0|[1-9]\d*)$/.test(position)) return;
  throw new RangeError(
    `"${position}" is not a position in the log; use one that the log gave, or "${START}".`,
  );
}

import { START, type Position } from './event-log.js';

/** @throws RangeError when it is none */
export function refuseNoPosition(position: Position): void {
  if (/^(0|[1-9]\d*)$/.test(position)) return;
  throw new RangeError(
    `"${position}" is not a position in the log; use one that the log gave, or "${START}".`,
  );
}

/** @throws RangeError when a page of that size cannot be read */
export function refuseLimit(limit: number, what: string): void {
  if (!Number.isSafeInteger(limit) || limit < 1) {
    throw new RangeError(`A page of ${limit} ${what} cannot be read; ask for 1 or more.`);
  }
}

/** @throws RangeError when it is none */
export function refuseNoCategory(category: string): void {
  if (category === '' || category.includes('-')) {
    throw new RangeError(
      `"${category}" is no category; write what stands before the hyphen, such as journey.`,
    );
  }
}

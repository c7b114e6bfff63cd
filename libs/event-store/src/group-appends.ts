import { LogBusy } from './event-log.js';

/** More appends than this may not wait for their answer at once. */
export const MAX_WAITING = 4_096;
/** At most this many appends share one commit. */
export const GROUP_APPENDS = 1_024;
/** At most this many characters of JSON text share one commit, unless a single append is larger. */
export const GROUP_SIZE = 1_048_576;

/**
 * Takes whatever is waiting, group by group, until nothing is. No timer is needed: what arrives while one group is
 * written to disk is the next group, so a quiet log answers at once and a busy one shares its flushes.
 * @param take the next waiting item, or `undefined` when none is waiting at this moment
 */
export function* groupsOf<T extends { size: number }>(take: () => T | undefined): Generator<T[]> {
  let next = take();
  while (next) {
    const group = [next];
    let size = next.size;
    for (next = undefined; group.length < GROUP_APPENDS; next = undefined) {
      next = take();
      if (!next || size + next.size > GROUP_SIZE) break;
      group.push(next);
      size += next.size;
    }
    yield group;
    next ??= take();
  }
}

/**
 * @param waiting appends that were taken and not answered yet
 * @throws LogBusy when one more would be too many
 */
export function refuseWhenBusy(waiting: number): void {
  if (waiting < MAX_WAITING) return;
  throw new LogBusy(`${MAX_WAITING} appends wait for the event log already; try again in a moment.`);
}

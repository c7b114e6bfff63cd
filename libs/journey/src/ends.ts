import type { Day } from '@domeinbrug/calendar';
import type { Fact } from './facts.js';

/** A reported end: the last day on which something held, inclusive. */
export interface End {
  lastDay: Day;
  event: number;
}

/**
 * Gives each end to the starts it names by id. Returns the ends that name none.
 * An end before its start makes the fact empty: as if never granted.
 */
export function endById<F extends Fact, E extends End>(
  starts: readonly F[],
  ends: readonly E[],
  named: (start: F, end: E) => boolean,
): E[] {
  return ends.filter((end) => {
    const ended = starts.filter((start) => named(start, end));
    ended.forEach((start) => endOn(start, end.lastDay + 1, end.event));
    return ended.length === 0;
  });
}

/**
 * Gives each end to the latest start on or before its day, among those it fits (of one provider, kind or pool);
 * to all of them when several begin on that day. Returns the ends that fit none.
 */
export function endLatest<F extends Fact, E extends End>(
  starts: readonly F[],
  ends: readonly E[],
  fits: (start: F, end: E) => boolean = () => true,
): E[] {
  return ends.filter((end) => {
    const candidates = starts.filter((start) => start.from <= end.lastDay && fits(start, end));
    const latest = Math.max(...candidates.map((start) => start.from));
    candidates
      .filter((start) => start.from === latest)
      .forEach((start) => endOn(start, end.lastDay + 1, end.event));
    return candidates.length === 0;
  });
}

/** Of several ends the earliest counts. `until` is exclusive. */
export function endOn(fact: Fact, until: Day, event: number): void {
  if (until < fact.until) {
    fact.until = until;
    fact.ended = event;
  }
}

/**
 * Facts that exclude one another, such as homes: of two that begin on one day the one that lasts longest counts,
 * then the first in (source, id) order; each ends the day before the next begins. Returns those that count, by
 * first day. `starts` come in (source, id) order with their own ends given.
 */
export function succeedOneAnother<F extends Fact>(
  starts: readonly F[],
  excludes: (a: F, b: F) => boolean = () => true,
): F[] {
  const kept: F[] = [];
  for (const start of [...starts].sort((a, b) => a.from - b.from || b.until - a.until)) {
    if (!kept.some((other) => other.from === start.from && excludes(other, start))) kept.push(start);
  }
  for (const fact of kept) {
    const next = kept.find((other) => other.from > fact.from && excludes(fact, other));
    if (next) endOn(fact, next.from, next.opened);
  }
  return kept;
}

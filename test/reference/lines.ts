import { OPEN_END, type Day } from '@domeinbrug/calendar';
import type { Fact } from './fact-types.js';
import { byKey } from './known-events.js';

/** An end: the last day of what it ends, and which starts it can belong to. */
export interface End<F extends Fact> {
  last: Day;
  fits: (start: F) => boolean;
}

/** Of several in force, the one that began last; of two begun on one day the one with the smaller key. */
export function latestBegun<F extends Fact>(facts: readonly F[], day: Day): F | null {
  let best: F | null = null;
  for (const fact of facts) {
    if (fact.first > day || fact.last < day) continue;
    if (!best || fact.first > best.first || (fact.first === best.first && byKey(fact, best) < 0)) best = fact;
  }
  return best;
}

/** Decisions and indications: an end belongs to every start of its number. */
export function closedByNumber<F extends Fact>(starts: F[], ends: End<F>[], codes: Set<string>): F[] {
  return closed(starts, ends, codes, ({ fits }) => starts.filter(fits));
}

/** Everything else: an end belongs to the latest fitting start on or before its day; to all of them when several began that day. */
export function closedByLatest<F extends Fact>(starts: F[], ends: End<F>[], codes: Set<string>): F[] {
  return closed(starts, ends, codes, ({ fits, last }) => {
    const before = starts.filter((start) => fits(start) && start.first <= last);
    const latest = Math.max(...before.map(({ first }) => first));
    return before.filter(({ first }) => first === latest);
  });
}

/** Several ends of one start: the earliest counts. An end of nothing is noticed and does nothing. */
function closed<F extends Fact>(
  starts: F[],
  ends: End<F>[],
  codes: Set<string>,
  belongsTo: (end: End<F>) => F[],
): F[] {
  const last = new Map<F, Day>();
  for (const end of ends) {
    const own = belongsTo(end);
    if (own.length === 0) codes.add('end-without-start');
    for (const start of own) last.set(start, Math.min(end.last, last.get(start) ?? OPEN_END));
  }
  return starts.map((start) => ({ ...start, last: Math.min(start.last, last.get(start) ?? OPEN_END) }));
}

/** What ends before it begins was never granted. */
export function withoutVoid<F extends Fact>(facts: F[]): F[] {
  return facts.filter(({ first, last }) => last >= first);
}

/** Facts that exclude one another, in their line: one per day, each until the next. */
export function inLine<F extends Fact>(facts: F[], exclude: (a: F, b: F) => boolean): F[] {
  return endedByNext(onePerDay(facts, exclude), exclude);
}

/** Two that exclude one another and begin on one day are one: the longest lasting, then the smaller key. */
export function onePerDay<F extends Fact>(facts: F[], exclude: (a: F, b: F) => boolean): F[] {
  const kept: F[] = [];
  for (const fact of [...facts].sort((a, b) => b.last - a.last || byKey(a, b))) {
    if (!kept.some((other) => other.first === fact.first && exclude(other, fact))) kept.push(fact);
  }
  return kept;
}

export function endedByNext<F extends Fact>(facts: F[], exclude: (a: F, b: F) => boolean): F[] {
  return facts.map((fact) => {
    const next = laterStarts(
      fact,
      facts.filter((other) => exclude(fact, other)),
    );
    return { ...fact, last: Math.min(fact.last, ...next.map((first) => first - 1)) };
  });
}

export function laterStarts(fact: Fact, others: readonly Fact[]): Day[] {
  return others.map(({ first }) => first).filter((first) => first > fact.first);
}

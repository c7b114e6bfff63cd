import type { Day, Instant } from '@domeinbrug/calendar';
import type { CodeLevel, CodeSuccession } from '@domeinbrug/journey';

/** Of the mergers known at a moment the last word on each code; a code that succeeds itself goes on. */
export function lastWords(all: readonly CodeSuccession[], knownAt: Instant): CodeSuccession[] {
  const isLaterThan = (a: CodeSuccession, b: CodeSuccession): boolean =>
    a.recordedAt !== b.recordedAt
      ? a.recordedAt > b.recordedAt
      : `${a.source}\n${a.id}` > `${b.source}\n${b.id}`;
  const known = all.filter(({ recordedAt }) => recordedAt <= knownAt);
  return known.filter(
    (each) =>
      each.code !== each.by &&
      !known.some(
        (other) => other.level === each.level && other.code === each.code && isLaterThan(other, each),
      ),
  );
}

/** Under which code its holder goes on a day. Day by day nothing is remembered: each day is walked from the start. */
export function holderOn(
  mergers: readonly CodeSuccession[],
  level: CodeLevel,
  code: string,
  day: Day,
): string {
  const step = mergers.find(
    (each) => each.level === level && each.code === Number(code) && each.firstDay <= day,
  );
  return step ? holderOn(mergers, level, String(step.by).padStart(4, '0'), day) : code;
}

/** Every code under which the holder of a code ever goes, its own among them. */
export function codesOfHolder(
  mergers: readonly CodeSuccession[],
  level: CodeLevel,
  code: string,
): Set<string> {
  const met = new Set([code]);
  for (const each of met) {
    mergers
      .filter((merger) => merger.level === level && merger.code === Number(each))
      .forEach(({ by }) => met.add(String(by).padStart(4, '0')));
  }
  return met;
}

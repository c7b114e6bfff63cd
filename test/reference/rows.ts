import { formatDay, type Day } from '@domeinbrug/calendar';

/** Something that is so on one day. */
export interface OnDay<T> {
  day: Day;
  what: T;
}

export type Ranged<T> = T & { firstDay: string; lastDay: string | null };

/** Joins days that follow one another and are alike; what still holds on the horizon has no end. */
export function joined<T extends object>(days: readonly OnDay<T>[], horizon: Day): Ranged<T>[] {
  const byKind = new Map<string, OnDay<T>[]>();
  for (const each of days) {
    const kind = JSON.stringify(each.what);
    const alike = byKind.get(kind) ?? [];
    alike.push(each);
    byKind.set(kind, alike);
  }
  return [...byKind.values()].flatMap((alike) => runsOf(alike, horizon));
}

function runsOf<T extends object>(alike: OnDay<T>[], horizon: Day): Ranged<T>[] {
  const days = new Set(alike.map(({ day }) => day));
  const rows: Ranged<T>[] = [];
  for (const first of [...days].filter((day) => !days.has(day - 1)).sort((a, b) => a - b)) {
    let last = first;
    while (days.has(last + 1)) last += 1;
    rows.push({
      ...alike[0]!.what,
      firstDay: formatDay(first),
      lastDay: last >= horizon ? null : formatDay(last),
    });
  }
  return rows;
}

/** By each of the given keys in turn, texts by UTF-16 code units. */
export function sortedBy<T>(rows: readonly T[], ...keys: ((row: T) => string)[]): T[] {
  return [...rows].sort((a, b) => {
    for (const key of keys) {
      if (key(a) !== key(b)) return key(a) < key(b) ? -1 : 1;
    }
    return 0;
  });
}

import type { CoverRow } from '@domeinbrug/coverage';

/**
 * One stored row that an event made different. `changed` keeps funder, service, kind, rule and first day;
 * anything else is the withdrawal of one row and the addition of another.
 */
export type RowChange =
  | { change: 'added'; before: null; after: CoverRow }
  | { change: 'changed'; before: CoverRow; after: CoverRow }
  | { change: 'withdrawn'; before: CoverRow; after: null };

/**
 * What changed between two timelines of one client: withdrawals first, then changes, then additions, each in
 * the order of the timeline. The same two timelines give the same list, which is what lets a cursor survive
 * a rebuild. A row whose reasons alone differ has not changed: the funder owes the same.
 */
export function rowChanges(before: readonly CoverRow[], after: readonly CoverRow[]): RowChange[] {
  const earlier = byPlace(before);
  const later = byPlace(after);
  const withdrawn: RowChange[] = [...earlier]
    .filter(([place]) => !later.has(place))
    .map(([, row]) => ({ change: 'withdrawn', before: row, after: null }));
  const changed: RowChange[] = [];
  const added: RowChange[] = [];
  for (const [place, row] of later) {
    const previous = earlier.get(place);
    if (!previous) added.push({ change: 'added', before: null, after: row });
    else if (!owesTheSame(previous, row)) changed.push({ change: 'changed', before: previous, after: row });
  }
  return [...withdrawn, ...changed, ...added];
}

/** Rows by what a `changed` row keeps. Two rows can only share it when their providers differ; those are told apart by turn. */
function byPlace(rows: readonly CoverRow[]): Map<string, CoverRow> {
  const places = new Map<string, CoverRow>();
  for (const row of rows) {
    const place = [row.funder, row.service, row.kind, row.rule, row.firstDay].join(' ');
    let turn = 0;
    while (places.has(`${place} ${turn}`)) turn++;
    places.set(`${place} ${turn}`, row);
  }
  return places;
}

function owesTheSame(a: CoverRow, b: CoverRow): boolean {
  return a.lastDay === b.lastDay && a.share === b.share && a.law === b.law && a.provider === b.provider;
}

import type { CellRow, Cells, CellSums } from '../cells.js';
import { roundClients, tooFew, type PrivacyRule } from './privacy-rule.js';
import { sortRows } from './sort-rows.js';
import { guardsItsTotal, rowsHidingTheirSum, rowsToHide } from './suppress.js';

/** A row as it may leave. A suppressed one keeps its place and labels, and tells nothing else. */
export type PublishedRow =
  | (Omit<CellRow, 'behind'> & { suppressed: false })
  | {
      labels: CellRow['labels'];
      suppressed: true;
      baseline: null;
      alternative: null;
      change: null;
      changedClients: null;
    };

/** Sums over rows. Without clients: one person may stand in several rows. */
export type TotalSums = Omit<CellSums, 'clients'>;

/** Over all rows, the suppressed included; `null` where the total would lay a suppressed row bare. */
export interface PublishedTotals {
  rows: number;
  suppressedRows: number;
  baseline: TotalSums | null;
  alternative: TotalSums | null;
  change: TotalSums | null;
}

export interface PublishedCells {
  /** The profile by which it was made. */
  privacy: string;
  dimensions: readonly string[];
  /** Sorted by labels. */
  rows: readonly PublishedRow[];
  totals: PublishedTotals;
}

/**
 * A table as it may leave under a profile: rows suppressed, counts of clients rounded, days and amounts as they are. A
 * rounded change is the rounded alternative less the rounded baseline. The order of the rows given does not matter.
 * Throws `RangeError` when two rows have the same labels.
 */
export function publishCells(cells: Cells, privacy: PrivacyRule): PublishedCells {
  const rows = sortRows(cells.rows);
  const isOfFew = (cells.changedInAll ?? []).some((clients) => tooFew(clients, privacy.k));
  const hidden = isOfFew ? rowsHidingTheirSum(rows, privacy.k) : rowsToHide(rows, privacy.k);
  return {
    privacy: privacy.name,
    dimensions: cells.dimensions,
    rows: rows.map((row, at) => (hidden.has(at) ? suppressed(row) : published(row, privacy))),
    totals: {
      rows: rows.length,
      suppressedRows: hidden.size,
      ...totalsOf(rows, !isOfFew && guardsItsTotal(rows, hidden, privacy.k)),
    },
  };
}

/**
 * Totals of groups of a table's rows, by name: over all rows of a group, those that {@link publishCells} suppresses
 * included; `null` where the total would lay one of them bare.
 */
export function publishTotals(
  cells: Cells,
  privacy: PrivacyRule,
  groupOf: (labels: CellRow['labels']) => string,
): Map<string, PublishedTotals> {
  const rows = sortRows(cells.rows);
  const hidden = rowsToHide(rows, privacy.k);
  const groups = new Map<string, { rows: CellRow[]; hidden: Set<number> }>();
  for (const [at, row] of rows.entries()) {
    const name = groupOf(row.labels);
    const group = groups.get(name) ?? { rows: [], hidden: new Set() };
    if (hidden.has(at)) group.hidden.add(group.rows.length);
    group.rows.push(row);
    groups.set(name, group);
  }
  const totals = ([name, group]: [string, { rows: CellRow[]; hidden: Set<number> }]) => {
    const mayBeKnown = guardsItsTotal(group.rows, group.hidden, privacy.k);
    return [
      name,
      {
        rows: group.rows.length,
        suppressedRows: group.hidden.size,
        ...totalsOf(group.rows, mayBeKnown),
      },
    ] as const;
  };
  return new Map([...groups].map(totals));
}

function suppressed({ labels }: CellRow): PublishedRow {
  return {
    labels,
    suppressed: true,
    baseline: null,
    alternative: null,
    change: null,
    changedClients: null,
  };
}

function published(row: CellRow, privacy: PrivacyRule): PublishedRow {
  const baseline = roundClients(row.baseline.clients, privacy);
  const alternative = roundClients(row.alternative.clients, privacy);
  return {
    labels: row.labels,
    suppressed: false,
    baseline: { ...row.baseline, clients: baseline },
    alternative: { ...row.alternative, clients: alternative },
    change: { ...row.change, clients: alternative - baseline },
    changedClients: roundClients(row.changedClients, privacy),
  };
}

function totalsOf(
  rows: readonly CellRow[],
  mayBeKnown: boolean,
): Pick<PublishedTotals, 'baseline' | 'alternative' | 'change'> {
  if (!mayBeKnown) return { baseline: null, alternative: null, change: null };
  return {
    baseline: addUp(rows.map(({ baseline }) => baseline)),
    alternative: addUp(rows.map(({ alternative }) => alternative)),
    change: addUp(rows.map(({ change }) => change)),
  };
}

/** The figures of sums that may be added up over rows. */
export const additiveFigures = [
  'days',
  'unpricedDays',
  'recorded',
  'agreed',
  'assumedLow',
  'assumedMid',
  'assumedHigh',
] as const satisfies readonly (keyof TotalSums)[];

/** All of them added up, each figure by itself. */
export function addUp(all: readonly TotalSums[]): TotalSums {
  const sums = {
    days: 0,
    unpricedDays: 0,
    recorded: 0,
    agreed: 0,
    assumedLow: 0,
    assumedMid: 0,
    assumedHigh: 0,
  };
  for (const each of all) for (const figure of additiveFigures) sums[figure] += each[figure];
  return sums;
}

import type { CellRow, Cells, CellSums } from './cells.js';

/** The sums of so many clients, of ten days and a hundred euros each. */
export function sumsOf(clients: number): CellSums {
  return {
    days: clients * 10,
    clients,
    unpricedDays: clients,
    recorded: clients * 10_000,
    agreed: clients * 2_500,
    assumedLow: clients * 100,
    assumedMid: clients * 200,
    assumedHigh: clients * 300,
  };
}

/** A row of clients under baseline and alternative, and how many of them changed. */
export function rowOf(
  labels: CellRow['labels'],
  baseline: number,
  alternative: number,
  changed: number,
): CellRow {
  return {
    labels,
    baseline: sumsOf(baseline),
    alternative: sumsOf(alternative),
    change: sumsOf(alternative - baseline),
    changedClients: changed,
    behind: [],
  };
}

/** A table of one dimension: label, and the same number of clients on every side. */
export function cellsOf(sizes: Readonly<Record<string, number>>): Cells {
  return {
    dimensions: ['region'],
    rows: Object.entries(sizes).map(([label, clients]) => rowOf([label], clients, clients, clients)),
  };
}

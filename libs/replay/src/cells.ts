/** What the days of one cell come to under one rule set. Days are whole, amounts whole cents in full; amounts of different bases are never added. */
export interface CellSums {
  days: number;
  clients: number;
  unpricedDays: number;
  recorded: number;
  agreed: number;
  assumedLow: number;
  assumedMid: number;
  assumedHigh: number;
}

/** One cell of a cube: its labels in the order of the dimensions asked for (`null` = unknown, such as a client without a known care office). */
export interface CellRow {
  labels: readonly (string | null)[];
  baseline: CellSums;
  alternative: CellSums;
  change: CellSums;
  /** Clients for whom this cell's days differ between the two. */
  changedClients: number;
  /** Clients behind each further figure of the row, and behind what it differs by: for privacy only, told to nobody. */
  behind: readonly number[];
}

export interface Cells {
  /** Of funder, service, kind, month, region, provider. */
  dimensions: readonly string[];
  /** Sorted by labels. */
  rows: readonly CellRow[];
  /** For how many clients each of the totals differs: for privacy only. Left out where no total is told. */
  changedInAll?: readonly number[];
}

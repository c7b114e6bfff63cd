/** What stands in a column: `count` and `cents` are whole numbers, `number` may have decimals, `month` is `YYYY-MM`, `day` `YYYY-MM-DD`. */
export type ColumnType = 'text' | 'month' | 'day' | 'count' | 'cents' | 'number';

export interface ResultColumn {
  /** camelCase, as in the JSON answer. */
  name: string;
  type: ColumnType;
}

/** `null`: not known, not applicable or suppressed. */
export type ResultCell = string | number | null;

/** One table of a replay's results, ready to be written as JSON, CSV or Parquet; every row has a cell for each column. */
export interface ResultTable {
  columns: readonly ResultColumn[];
  rows: readonly (readonly ResultCell[])[];
}

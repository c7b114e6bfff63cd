export type { ColumnType, ResultCell, ResultColumn, ResultTable } from './result-table.js';
export type { CellRow, Cells, CellSums } from './cells.js';
export {
  privacyRule,
  publishFigure,
  roundClients,
  tooFew,
  withoutPrivacy,
  type PrivacyRule,
} from './privacy/privacy-rule.js';
export {
  publishCells,
  type PublishedCells,
  type PublishedRow,
  type PublishedTotals,
  type TotalSums,
} from './privacy/publish-cells.js';
export { mergeSmallSteps, type ShownPoint, type SweepPoint } from './privacy/merge-small-steps.js';
export { cellsTable } from './exports/cells-table.js';
export { columnName, dutchColumnName, withoutDutchName } from './exports/column-names.js';
export type { RunHeader } from './exports/run-header.js';
export { writeCsv, type CsvForm } from './exports/write-csv.js';
export { writeParquet } from './exports/write-parquet.js';

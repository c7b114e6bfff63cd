export type { ColumnType, ResultCell, ResultColumn, ResultTable } from './result-table.js';
export type { CellRow, Cells, CellSums } from './cells.js';
export {
  privacyProfile,
  publishFigure,
  roundClients,
  tooFew,
  withoutPrivacy,
  type PrivacyProfile,
} from './privacy/privacy-profile.js';
export {
  publishCells,
  type PublishedCells,
  type PublishedRow,
  type PublishedTotals,
  type TotalSums,
} from './privacy/publish-cells.js';
export { mergeSmallSteps, type ShownPoint, type SweepPoint } from './privacy/merge-small-steps.js';

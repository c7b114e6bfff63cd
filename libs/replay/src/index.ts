export type { ColumnType, ResultCell, ResultColumn, ResultTable } from './result-table.js';
export {
  WaitingTimes,
  type Observed,
  type OfferedWindow,
  type WaitingTimesState,
} from './waiting-times/waiting-times.js';
export {
  summaryOf as waitingTimesSummary,
  type AgeRow,
  type ShareRow,
  type WaitingTimesSummary,
  type WaitRow,
} from './waiting-times/summary.js';

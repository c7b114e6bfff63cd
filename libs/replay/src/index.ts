export type { ColumnType, ResultCell, ResultColumn, ResultTable } from './result-table.js';
export type { CellRow, Cells, CellSums } from './cells.js';
export * from './run/replay-question.js';
export { mostValues, readVary, type VaryProblem, type VaryReading } from './run/vary.js';
export { answerDigest } from './run/answer-digest.js';
export { identityOf } from './run/identity.js';
export { replaySlice, type SliceQuestion, type SliceState } from './run/replay-slice.js';
export { ReplayFailed, ReplayStopped, ReplayThreads, type Watch } from './run/replay-threads.js';
export { cellsOf } from './results/cells-of.js';
export { figuresOf, type ReplayFigures } from './results/figures-of.js';
export { defaultDimensions, dimensions, type Dimension } from './cube/dimensions.js';
export { mostRuns, Replays, ReplaysBusy, type ReplaysSetting, type ReplayStatus } from './run/replays.js';
export { archiveAt, type ArchiveAt } from './run/archive-at.js';
export { enoughTakePart } from './run/enough-take-part.js';
export {
  journeyOf,
  type DifferingJourney,
  type JourneyDifference,
  type JourneyRow,
} from './results/journeys-of.js';
export type { Split, StationSums } from './results/split-between.js';
export { headerOf } from './results/header-of.js';
export type { PublishedSweep } from './privacy/publish-sweep.js';
export {
  publishReplay,
  type PublishedFigure,
  type PublishedReplay,
  type PublishedTable,
} from './results/publish-replay.js';
export { sweepOf, type Curve, type SweepFigures } from './sweep/sweep-result.js';
export { sweepSums, type SweepSum } from './sweep/sweep-sums.js';
export { ruleSetAt } from './sweep/sweep-plan.js';
export { sweepSlice, type SweepQuestion } from './sweep/sweep-slice.js';
export type { AnsweredReplay } from './run/replay-store.js';
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
  publishTotals,
  type PublishedCells,
  type PublishedRow,
  type PublishedTotals,
  type TotalSums,
} from './privacy/publish-cells.js';
export { mergeSmallSteps, type ShownPoint, type SweepPoint } from './privacy/merge-small-steps.js';
export { cellsTable } from './exports/cells-table.js';
export { columnName, dutchColumnName, withoutDutchName } from './exports/column-names.js';
export { eurosOf } from './exports/euros.js';
export type { RunHeader } from './exports/run-header.js';
export { writeCsv, type CsvForm } from './exports/write-csv.js';
export { writeParquet } from './exports/write-parquet.js';
export {
  sealedFormat,
  sealedText,
  sealReplay,
  type SealedQuestion,
  type SealedReplay,
  type SealedRuleSet,
} from './sealed/sealed-replay.js';
export { sealedSchema } from './sealed/sealed-schema.js';
export { readSealed, type SealedProblem } from './sealed/read-sealed.js';
export type { QuestionDifference } from './sealed/compare-questions.js';
export {
  mergedFormat,
  mergeSealed,
  type MergedReplay,
  type MergedSweep,
  type MergedRow,
  type MergeOutcome,
} from './sealed/merge-sealed.js';
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

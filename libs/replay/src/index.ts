export type { ColumnType, ResultCell, ResultColumn, ResultTable } from './result-table.js';
export type { CellRow, Cells, CellSums } from './cells.js';
export * from './run/replay-question.js';
export { identityOf } from './run/identity.js';
export { replaySlice, type SliceQuestion, type SliceState } from './run/replay-slice.js';
export { ReplayFailed, ReplayStopped, ReplayThreads, type Watch } from './run/replay-threads.js';
export { cellsOf } from './results/cells-of.js';
export { figuresOf, type ReplayFigures } from './results/figures-of.js';
export { defaultDimensions, dimensions, type Dimension } from './cube/dimensions.js';

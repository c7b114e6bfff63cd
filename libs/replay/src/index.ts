export type { ColumnType, ResultCell, ResultColumn, ResultTable } from './result-table.js';

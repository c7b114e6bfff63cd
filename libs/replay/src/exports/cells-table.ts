import type { CellSums } from '../cells.js';
import type { PublishedCells, PublishedRow } from '../privacy/publish-cells.js';
import type { ResultCell, ResultColumn, ResultTable } from '../result-table.js';

const sides = ['baseline', 'alternative', 'change'] as const;

const figures = [
  ['days', 'count'],
  ['clients', 'count'],
  ['unpricedDays', 'count'],
  ['recorded', 'cents'],
  ['agreed', 'cents'],
  ['assumedLow', 'cents'],
  ['assumedMid', 'cents'],
  ['assumedHigh', 'cents'],
] as const satisfies readonly (readonly [keyof CellSums, 'count' | 'cents'])[];

/** A published cube as one table: a column for each dimension, then whether the row is suppressed (1 or 0), then the figures of each side. */
export function cellsTable({ dimensions, rows }: PublishedCells): ResultTable {
  return {
    columns: [
      ...dimensions.map((name): ResultColumn => ({ name, type: name === 'month' ? 'month' : 'text' })),
      { name: 'suppressed', type: 'count' },
      ...sides.flatMap((side) =>
        figures.map(([figure, type]): ResultColumn => ({ name: side + capitalised(figure), type })),
      ),
      { name: 'changedClients', type: 'count' },
    ],
    rows: rows.map(rowOf),
  };
}

function rowOf(row: PublishedRow): ResultCell[] {
  return [
    ...row.labels,
    row.suppressed ? 1 : 0,
    ...sides.flatMap((side) => figures.map(([figure]) => row[side]?.[figure] ?? null)),
    row.changedClients,
  ];
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

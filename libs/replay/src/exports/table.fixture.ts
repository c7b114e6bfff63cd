import type { ResultTable } from '../result-table.js';
import type { RunHeader } from './run-header.js';

export const header: RunHeader = {
  id: '5f1c9a',
  lines: [
    { name: 'engine', nameNl: 'rekenkern', value: 'replay 1' },
    { name: 'baseline', nameNl: 'uitgangspunt', value: 'sharp-cut (ab12)' },
    { name: 'population', nameNl: 'populatie', value: 'municipality 0518; all ages' },
  ],
};

/** One column of each type, with what makes each difficult. */
export const table: ResultTable = {
  columns: [
    { name: 'funder', type: 'text' },
    { name: 'month', type: 'month' },
    { name: 'firstDay', type: 'day' },
    { name: 'baselineDays', type: 'count' },
    { name: 'changeRecorded', type: 'cents' },
    { name: 'share', type: 'number' },
  ],
  rows: [
    ['municipality:0518', '2024-03', '2024-03-04', 31, 123_456, 0.5],
    ['pool:"Haaglanden"; samen', '2024-12', '2024-12-31', 14_000_000_000, -5, -1.25],
    [null, null, null, null, null, null],
  ],
};

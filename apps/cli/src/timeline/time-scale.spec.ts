import { OPEN_END, parseDay } from '@domeinbrug/calendar';
import fc from 'fast-check';
import { scaleLines, timeScales } from './time-scale.js';

const days = (...texts: string[]): number[] => texts.map(parseDay);

describe('the scale of a drawing', () => {
  it('draws six weeks wide enough beside six years', () => {
    const [scale] = timeScales(days('2018-01-01', '2024-01-01', '2024-02-12', '2024-06-01'), 60);
    expect(scale!.map(({ column, columns }) => [column, columns])).toEqual([
      [0, 42],
      [42, 7],
      [49, 11],
    ]);
  });

  it('names the first month and each later one that has room, and the years above them', () => {
    const [scale] = timeScales(days('2024-03-04', '2024-12-30', '2025-06-30'), 60);
    expect(scaleLines(scale!)).toEqual([
      '2024                              2025',
      'Mar   May Jun    Aug   Oct Nov    Jan Feb Mar  Apr May Jun',
    ]);
  });

  it('gives every stretch two characters and fills the line, over as many blocks as that takes', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 0, max: 40_000 }), { minLength: 2, maxLength: 120 }),
        fc.integer({ min: 12, max: 200 }),
        fc.boolean(),
        (some, columns, open) => {
          const changes = [...some].sort((a, b) => a - b);
          if (open) changes.push(OPEN_END);
          const blocks = timeScales(changes, columns);
          const stretches = blocks.flat();
          expect(stretches.map(({ from }) => from)).toEqual(changes.slice(0, -1));
          expect(stretches.every((stretch) => stretch.columns >= 2)).toBe(true);
          for (const block of blocks) {
            expect(block.reduce((sum, stretch) => sum + stretch.columns, 0)).toBe(columns);
            for (const line of scaleLines(block)) expect(line.length).toBeLessThanOrEqual(columns);
          }
        },
      ),
      { seed: 20260101, numRuns: 300 },
    );
  });
});

import fc from 'fast-check';
import { dayBy, LONGEST_DAYS, shareOver, survivalCurve, type SurvivalCurve } from './kaplan-meier.js';

function curveOf(events: readonly number[], censored: readonly number[] = []): SurvivalCurve {
  const counted = (days: readonly number[]): number[] => {
    const counts = new Array<number>(LONGEST_DAYS + 2).fill(0);
    for (const day of days) counts[Math.min(day, LONGEST_DAYS + 1)]!++;
    return counts;
  };
  return survivalCurve({ events: counted(events), censored: counted(censored) });
}

describe('the Kaplan-Meier curve', () => {
  it('is worked out by hand for five: three came at 2, 5 and 5 days, two were last seen at 3 and 7', () => {
    const curve = curveOf([2, 5, 5], [3, 7]);
    // 1 of 5 at day 2; of the 3 that were still seen at day 5 two came.
    expect([0, 2, 4, 5, 7].map((day) => shareOver(curve, day))).toEqual([1, 0.8, 0.8, 0.2667, 0.2667]);
    expect(shareOver(curve, 8)).toBeNull();
    expect([dayBy(curve, 0.5), dayBy(curve, 0.9)]).toEqual([5, null]);
  });

  it('is that of the textbooks for remission under 6-MP (Freireich and others, 1963)', () => {
    const curve = curveOf([6, 6, 6, 7, 10, 13, 16, 22, 23], [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]);
    const published = [0.857, 0.807, 0.753, 0.69, 0.627, 0.538, 0.448];
    [6, 7, 10, 13, 16, 22, 23].forEach((week, at) => {
      expect(shareOver(curve, week)).toBeCloseTo(published[at]!, 3);
    });
    expect(dayBy(curve, 0.5)).toBe(23);
  });

  it('is the plain share where everybody came (placebo of the same trial)', () => {
    const weeks = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23];
    const curve = curveOf(weeks);
    expect(dayBy(curve, 0.5)).toBe(8);
    expect(shareOver(curve, 8)).toBe(0.381);
    expect(shareOver(curve, 23)).toBe(0);
    expect(shareOver(curve, LONGEST_DAYS)).toBe(0);
  });

  it('says nothing of nobody, nor of what lies beyond three years', () => {
    expect([dayBy(curveOf([]), 0.5), shareOver(curveOf([]), 0)]).toEqual([null, null]);
    const long = curveOf([1, 2_000, 3_000]);
    expect([dayBy(long, 0.3), dayBy(long, 0.5), shareOver(long, LONGEST_DAYS)]).toEqual([1, null, 0.6667]);
  });

  it('gives the lower median exactly, however the shares round', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(60), { minLength: 1, maxLength: 300 }), (days) => {
        const sorted = [...days].sort((a, b) => a - b);
        expect(dayBy(curveOf(days), 0.5)).toBe(sorted[Math.ceil(days.length / 2) - 1]);
      }),
      { numRuns: 100, seed: 20240304 },
    );
  });
});

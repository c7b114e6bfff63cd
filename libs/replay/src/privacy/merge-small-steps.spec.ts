import fc from 'fast-check';
import { mergeSmallSteps, type SweepPoint } from './merge-small-steps.js';

const points = (...clients: number[]): SweepPoint[] =>
  clients.map((count, at) => ({ value: at * 7, changed: [count], withheld: false }));
const shown = (...clients: number[]): (readonly [number | undefined, ...number[]])[] =>
  mergeSmallSteps(points(...clients), 10).map(({ values, point }) => [point?.value, ...values] as const);

describe('merging the small steps of a sweep', () => {
  it('shows every point whose step involves enough clients, or none', () => {
    expect(shown(0, 10, 0, 40)).toEqual([
      [0, 0],
      [7, 7],
      [14, 14],
      [21, 21],
    ]);
  });

  it('merges a small step with the next', () => {
    expect(shown(0, 3, 40, 40)).toEqual([
      [0, 0],
      [14, 7, 14],
      [21, 21],
    ]);
  });

  it('does not add small steps up: they may be the same people', () => {
    expect(shown(0, 9, 9, 9, 12)).toEqual([
      [0, 0],
      [28, 7, 14, 21, 28],
    ]);
  });

  it('does not show a step of nobody right after a small one', () => {
    expect(shown(0, 3, 0, 20)).toEqual([
      [0, 0],
      [21, 7, 14, 21],
    ]);
  });

  it('shows a step only when everything that is told of it is of enough clients', () => {
    const steps = [
      [0, 0],
      [13, 1],
      [13, 0],
      [2, 20],
      [11, 12],
    ].map((changed, at) => ({ value: at, changed, withheld: false }));
    const merged = mergeSmallSteps(steps, 10);
    expect(merged.map(({ values, changed }) => [...values, ...changed])).toEqual([
      [0, 0, 0],
      [1, 2, 3, 13, 20],
      [4, 11, 12],
    ]);
  });

  it('tells no figures of small steps at the end', () => {
    expect(shown(0, 30, 2, 0, 4)).toEqual([
      [0, 0],
      [7, 7],
      [undefined, 14, 21, 28],
    ]);
  });

  it('merges a point that tells of a few by itself, however large its step', () => {
    const withheld = points(0, 20, 3, 30).map((point, at) => ({ ...point, withheld: at === 1 }));
    expect(mergeSmallSteps(withheld, 10).map(({ values, point }) => [point?.value, ...values])).toEqual([
      [0, 0],
      [14, 7, 14],
      [21, 21],
    ]);
  });

  it('shows no figures when no step is large enough', () => {
    expect(mergeSmallSteps(points(4, 3), 10)).toEqual([{ values: [0, 7], point: null, changed: [4] }]);
    expect(mergeSmallSteps([], 10)).toEqual([]);
  });

  it('refuses values that do not rise', () => {
    expect(() => mergeSmallSteps([...points(20), ...points(20)], 10)).toThrow('0 comes after 0');
  });

  it('lets every value be stood for once, in order, and shows all when k is 0', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 25 })), fc.constantFrom(0, 5, 10), (steps, k) => {
        const all = points(...steps);
        const merged = mergeSmallSteps(all, k);
        expect(merged.flatMap(({ values }) => values)).toEqual(all.map(({ value }) => value));
        for (const { point, changed } of merged)
          if (point && k > 0) expect(changed[0]! > 0 && changed[0]! < k).toBe(false);
        if (k === 0) expect(merged.map(({ point }) => point)).toEqual(all);
      }),
      { seed: 4 },
    );
  });
});

import { pauseBefore } from './timing.js';

const timing = { firstPause: 100, longestPause: 1_000 };

it('pauses twice as long each time, up to a limit', () => {
  expect([0, 1, 2, 3, 4, 50].map((attempt) => pauseBefore(attempt, timing, () => 1))).toEqual([
    100, 200, 400, 800, 1_000, 1_000,
  ]);
});

it('spreads those who come back over half of the pause', () => {
  expect(pauseBefore(3, timing, () => 0)).toBe(400);
  expect(pauseBefore(3, timing, () => 0.5)).toBe(600);
});

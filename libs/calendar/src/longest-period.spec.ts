import { parseDay } from './day.js';
import { isTooLong } from './longest-period.js';

it('lets a period be forty years to the day, both days included', () => {
  expect(isTooLong(parseDay('1984-02-01'), parseDay('2024-01-31'))).toBe(false);
  expect(isTooLong(parseDay('1984-02-01'), parseDay('2024-02-01'))).toBe(true);
});

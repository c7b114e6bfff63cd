import fc from 'fast-check';
import {
  addMonths,
  ALWAYS,
  civilDate,
  dayOf,
  daysInMonth,
  formatDay,
  OPEN_END,
  parseDay,
  tryParseDay,
  yearOf,
} from './day.js';

/** `Date.UTC` knows the Gregorian calendar by other means than ours. */
const msPerDay = 86_400_000;
const anyDay = fc.integer({ min: Date.UTC(1990, 0, 1) / msPerDay, max: Date.UTC(2090, 11, 31) / msPerDay });
const seeded = { seed: 19700101, numRuns: 2000 };

describe('a day', () => {
  it('is the number of days since 1970-01-01 that Date.UTC gives', () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        const date = new Date(day * msPerDay);
        const [year, month, dayOfMonth] = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
        expect(civilDate(day)).toEqual({ year, month, dayOfMonth });
        expect(dayOf(year, month, dayOfMonth)).toBe(day);
        expect(formatDay(day)).toBe(date.toISOString().slice(0, 10));
        expect(yearOf(day)).toBe(year);
      }),
      seeded,
    );
  });

  it('is right on each day around the turns of 400 years of months', () => {
    for (let year = 1800; year <= 2200; year++) {
      for (let month = 1; month <= 12; month++) {
        const first = Date.UTC(year, month - 1, 1) / msPerDay;
        expect(dayOf(year, month, 1)).toBe(first);
        expect(civilDate(first - 1)).toEqual({
          year: month === 1 ? year - 1 : year,
          month: month === 1 ? 12 : month - 1,
          dayOfMonth: new Date(Date.UTC(year, month - 1, 0)).getUTCDate(),
        });
      }
    }
  });

  it('lies far from both ends that stand for "always" and "open"', () => {
    expect(ALWAYS).toBeLessThan(dayOf(1, 1, 1));
    expect(OPEN_END).toBeGreaterThan(dayOf(9999, 12, 31));
  });
});

describe('the length of a month', () => {
  it.each([
    [2023, 28],
    [2024, 29],
    [2000, 29],
    [1900, 28],
    [2100, 28],
  ])('February of %i has %i days', (year, length) => {
    expect(daysInMonth(year, 2)).toBe(length);
  });

  it.each([
    [4, 30],
    [6, 30],
    [9, 30],
    [11, 30],
    [1, 31],
    [7, 31],
    [8, 31],
    [12, 31],
  ])('month %i has %i days', (month, length) => {
    expect(daysInMonth(2023, month)).toBe(length);
  });
});

describe('reading a day', () => {
  it('undoes writing it', () => {
    fc.assert(
      fc.property(anyDay, (day) => parseDay(formatDay(day)) === day),
      seeded,
    );
  });

  it.each([
    '2023-02-29',
    '2024-04-31',
    '2024-13-01',
    '2024-00-10',
    '2024-01-00',
    '2024-01-32',
    '2024-3-4',
    '24-03-04',
    '2024-03-04T00:00:00Z',
    ' 2024-03-04',
    '2024/03/04',
    '2024-03-04\n',
    '٢٠٢٤-٠٣-٠٤',
    '',
  ])('finds no day in %j', (text) => {
    expect(tryParseDay(text)).toBeUndefined();
  });

  it('says what is wrong and how to write it', () => {
    expect(() => parseDay('2023-02-29')).toThrow(RangeError);
    expect(() => parseDay('2023-02-29')).toThrow('"2023-02-29" is not a day; write YYYY-MM-DD');
  });

  it('writes years before 1000 in four digits', () => {
    expect(formatDay(dayOf(987, 6, 5))).toBe('0987-06-05');
  });
});

describe('months later', () => {
  it.each([
    ['2024-01-31', 1, '2024-02-29'],
    ['2023-01-31', 1, '2023-02-28'],
    ['2023-12-31', 2, '2024-02-29'],
    ['2024-03-31', 1, '2024-04-30'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2024-02-29', 1, '2024-03-29'],
    ['2024-03-31', -1, '2024-02-29'],
    ['2024-01-15', -1, '2023-12-15'],
    ['2024-01-15', -13, '2022-12-15'],
    ['2024-03-04', 0, '2024-03-04'],
  ])('%s and %i months is %s', (from, months, to) => {
    expect(formatDay(addMonths(parseDay(from), months))).toBe(to);
  });

  it('never leaves the month that it reaches, and keeps the day of the month where that month has it', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -240, max: 240 }), (day, months) => {
        const [from, to] = [civilDate(day), civilDate(addMonths(day, months))];
        expect(to.year * 12 + to.month).toBe(from.year * 12 + from.month + months);
        expect(to.dayOfMonth).toBe(Math.min(from.dayOfMonth, daysInMonth(to.year, to.month)));
      }),
      seeded,
    );
  });
});

import fc from 'fast-check';
import { OPEN_END, parseDay } from './day.js';
import { contains, isEmpty, lastDayOf, overlaps, untilOf, type DayRange } from './range.js';

const march: DayRange = { from: parseDay('2024-03-01'), until: parseDay('2024-04-01') };
const small = fc.tuple(fc.nat(20), fc.nat(20)).map(([from, until]): DayRange => ({ from, until }));
const daysIn = (range: DayRange): number[] =>
  Array.from({ length: 21 }, (_, day) => day).filter((day) => contains(range, day));

describe('a range of days', () => {
  it.each([
    ['2024-02-29', false],
    ['2024-03-01', true],
    ['2024-03-31', true],
    ['2024-04-01', false],
  ])('of March: %s in it is %s', (day, inside) => {
    expect(contains(march, parseDay(day))).toBe(inside);
  });

  it('is empty when it has no day in it', () => {
    fc.assert(
      fc.property(small, (range) => isEmpty(range) === (daysIn(range).length === 0)),
      { seed: 1 },
    );
  });

  it('overlaps another when they share a day', () => {
    const some = small.filter((range) => !isEmpty(range));
    fc.assert(
      fc.property(some, some, (a, b) => overlaps(a, b) === daysIn(a).some((day) => contains(b, day))),
      { seed: 1 },
    );
  });

  it('does not overlap what begins on the day it has ended', () => {
    expect(overlaps(march, { from: march.until, until: OPEN_END })).toBe(false);
  });
});

describe('the last day at an edge', () => {
  it('is the day before the exclusive end', () => {
    expect(untilOf('2024-03-31')).toBe(march.until);
    expect(lastDayOf(march.until)).toBe('2024-03-31');
  });

  it.each([null, undefined])('is open when it is %s', (lastDay) => {
    expect(untilOf(lastDay)).toBe(OPEN_END);
  });

  it('of an open range is null', () => {
    expect(lastDayOf(OPEN_END)).toBeNull();
  });
});

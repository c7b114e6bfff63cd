import fc from 'fast-check';
import { OPEN_END, parseDay } from './day.js';
import {
  contains,
  isEmpty,
  lastDayOf,
  overlaps,
  union,
  untilOf,
  within,
  without,
  type DayRange,
} from './range.js';

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

describe('several ranges of days', () => {
  const some = fc.array(small, { maxLength: 5 });
  const dayList = (ranges: readonly DayRange[]): number[] => ranges.flatMap(daysIn);

  it('joined have each of their days once, in order', () => {
    fc.assert(
      fc.property(some, (ranges) => {
        const days = new Set(dayList(ranges));
        expect(dayList(union(ranges.filter((range) => !isEmpty(range))))).toEqual(
          [...days].sort((a, b) => a - b),
        );
      }),
    );
  });

  it('tell apart the days of another that lie in them and those that do not', () => {
    fc.assert(
      fc.property(small, some, (range, ranges) => {
        const others = union(ranges.filter((other) => !isEmpty(other)));
        const [inside, outside] = [dayList(within(range, others)), dayList(without(range, others))];
        expect(inside.every((day) => others.some((other) => contains(other, day)))).toBe(true);
        expect(outside.some((day) => others.some((other) => contains(other, day)))).toBe(false);
        expect([...inside, ...outside].sort((a, b) => a - b)).toEqual(daysIn(range));
      }),
    );
  });
});

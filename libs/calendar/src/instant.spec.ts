import fc from 'fast-check';
import { formatDay, parseDay, tryParseDay, type Day } from './day.js';
import { amsterdamDay, amsterdamInstant, formatInstant, tryParseInstant, type Instant } from './instant.js';

/** What the system's own time-zone tables say; an oracle that shares nothing with our rule. */
const amsterdam = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Europe/Amsterdam',
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
});

function clockOf(instant: Instant): { day: string; hour: number } {
  const parts = Object.fromEntries(amsterdam.formatToParts(instant).map(({ type, value }) => [type, value]));
  return { day: `${parts['year']}-${parts['month']}-${parts['day']}`, hour: Number(parts['hour']) };
}

// The directive of 1996 is the rule that is written down here.
const [first, last] = [Date.UTC(1996, 0, 1), Date.UTC(2090, 11, 31)];
const anyInstant = fc.integer({ min: first, max: last });
const seeded = { seed: 20240331, numRuns: 3000 };

describe('the day in Amsterdam', () => {
  it('of a moment is the one that Intl gives', () => {
    fc.assert(
      fc.property(anyInstant, (instant) => formatDay(amsterdamDay(instant)) === clockOf(instant).day),
      seeded,
    );
  });

  it('is right in each hour around every change of the clock', () => {
    for (let year = 1996; year <= 2090; year++) {
      for (const month of [2, 9]) {
        const from = Date.UTC(year, month, 24, 20);
        for (let hour = 0; hour < 24 * 8; hour++) {
          const instant = from + hour * 3_600_000;
          expect(formatDay(amsterdamDay(instant))).toBe(clockOf(instant).day);
        }
      }
    }
  });

  it.each([
    ['2024-03-03T22:59:59.999Z', '2024-03-03'],
    ['2024-03-03T23:00:00.000Z', '2024-03-04'],
    ['2024-07-03T21:59:59.999Z', '2024-07-03'],
    ['2024-07-03T22:00:00.000Z', '2024-07-04'],
  ])('of %s is %s', (moment, day) => {
    expect(formatDay(amsterdamDay(tryParseInstant(moment)!))).toBe(day);
  });
});

describe('a clock time in Amsterdam', () => {
  const anyDay = fc.integer({ min: parseDay('1996-01-01'), max: parseDay('2090-12-31') });
  const changes = fc
    .tuple(
      fc.integer({ min: 1996, max: 2090 }),
      fc.constantFrom('03', '10'),
      fc.integer({ min: 24, max: 31 }),
    )
    .map(([year, month, day]): Day => parseDay(`${year}-${month}-${day}`));

  it('is the moment at which Intl shows that day and hour, or an hour later where the clock skips it', () => {
    fc.assert(
      fc.property(fc.oneof(anyDay, changes), fc.integer({ min: 0, max: 23 }), (day, hour) => {
        const shown = clockOf(amsterdamInstant(day, hour));
        expect(shown.day).toBe(formatDay(day));
        expect([hour, hour === 2 ? 3 : hour]).toContain(shown.hour);
        if (shown.hour !== hour) expect(clockOf(amsterdamInstant(day, 1) + 3_600_000).hour).toBe(3);
      }),
      seeded,
    );
  });

  it.each([
    ['2024-03-31', 2, '2024-03-31T01:00:00.000Z'],
    ['2024-03-31', 12, '2024-03-31T10:00:00.000Z'],
    ['2024-10-27', 12, '2024-10-27T11:00:00.000Z'],
    ['2024-01-15', 0, '2024-01-14T23:00:00.000Z'],
  ])('%s at %i is %s', (day, hour, moment) => {
    expect(formatInstant(amsterdamInstant(parseDay(day), hour))).toBe(moment);
  });
});

describe('reading a moment', () => {
  it('undoes writing it, and agrees with Date', () => {
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(1900, 0, 1), max: Date.UTC(2190, 0, 1) }), (instant) => {
        expect(formatInstant(instant)).toBe(new Date(instant).toISOString());
        expect(tryParseInstant(formatInstant(instant))).toBe(instant);
      }),
      seeded,
    );
  });

  it('takes any offset', () => {
    const offset = fc.tuple(fc.constantFrom('+', '-'), fc.nat(23), fc.nat(59));
    fc.assert(
      fc.property(anyInstant, offset, (instant, [sign, hours, minutes]) => {
        const shift = (sign === '+' ? 1 : -1) * (hours * 60 + minutes) * 60_000;
        const two = (value: number): string => String(value).padStart(2, '0');
        const local = formatInstant(instant + shift).slice(0, -1);
        expect(tryParseInstant(`${local}${sign}${two(hours)}:${two(minutes)}`)).toBe(instant);
      }),
      seeded,
    );
  });

  it.each([
    ['2024-03-04T09:00:00Z', '2024-03-04T09:00:00.000Z'],
    ['2024-03-04t09:00:00z', '2024-03-04T09:00:00.000Z'],
    ['2024-03-04T09:00:00.5+01:00', '2024-03-04T08:00:00.500Z'],
    ['2024-03-04T09:00:00.123999999Z', '2024-03-04T09:00:00.123Z'],
    ['2024-03-01T00:30:00+01:00', '2024-02-29T23:30:00.000Z'],
  ])('%s is %s', (text, moment) => {
    expect(formatInstant(tryParseInstant(text)!)).toBe(moment);
  });

  it.each([
    ['no offset', '2024-03-04T09:00:00'],
    ['no seconds', '2024-03-04T09:00Z'],
    ['no time', '2024-03-04'],
    ['a day that is not there', '2023-02-29T09:00:00Z'],
    ['month 13', '2024-13-01T09:00:00Z'],
    ['day 0', '2024-01-00T09:00:00Z'],
    ['hour 24', '2024-03-04T24:00:00Z'],
    ['minute 60', '2024-03-04T09:60:00Z'],
    ['a leap second', '2024-06-30T23:59:60Z'],
    ['offset of 24 hours', '2024-03-04T09:00:00+24:00'],
    ['offset of 60 minutes', '2024-03-04T09:00:00+01:60'],
    ['a space for the T', '2024-03-04 09:00:00Z'],
    ['ten digits of a second', '2024-03-04T09:00:00.1234567890Z'],
    ['something after it', '2024-03-04T09:00:00Z '],
    ['nothing', ''],
  ])('finds none in a text with %s', (_, text) => {
    expect(tryParseInstant(text)).toBeUndefined();
  });

  it('keeps apart what is no day', () => {
    expect(tryParseDay('2024-03-04T09:00:00Z')).toBeUndefined();
  });
});

import { formatDay, OPEN_END, parseDay } from '@domeinbrug/calendar';
import { NONE } from '@domeinbrug/journey';
import { ruleSetWith } from '../../../test/build/rule-sets.js';
import { compileParameter, readParameter, type Codes, type CompiledParameter } from './parameter.js';

function parameter(levels: Record<string, unknown>): CompiledParameter {
  const values = { unit: 'days', allowed: { min: 0, max: 365 }, ...levels };
  const declared = { national: { '2015-01-01': 42 }, ...values };
  return compileParameter(
    'length',
    ruleSetWith({ parameters: { length: declared } }).parameters['length']!,
    1,
  );
}

const nobody: Codes = { provider: NONE, insurer: NONE, municipality: NONE, 'care-office': NONE };
const somebody: Codes = { provider: 31313131, insurer: 3311, municipality: 363, 'care-office': 5515 };

/** `42 national since 2015-01-01 until 2020-01-01`. */
function reading(of: CompiledParameter, day: string, codes: Codes = somebody): string {
  const { value, level, since, until } = readParameter(of, codes, parseDay(day));
  return `${value} ${level} since ${formatDay(since)} until ${until === OPEN_END ? 'open' : formatDay(until)}`;
}

describe('a national value', () => {
  const dated = parameter({ national: { '2015-01-01': 42, '2020-01-01': 28 } });

  it.each([
    ['2014-12-31', '42 national since 2015-01-01 until 2020-01-01'],
    ['2015-01-01', '42 national since 2015-01-01 until 2020-01-01'],
    ['2019-12-31', '42 national since 2015-01-01 until 2020-01-01'],
    ['2020-01-01', '28 national since 2020-01-01 until open'],
  ])('on %s is the latest; before its first date the first', (day, expected) => {
    expect(reading(dated, day)).toBe(expected);
  });
});

describe('levels', () => {
  const all = parameter({
    national: { '2015-01-01': 1 },
    'care-office': { '5515': { '2015-01-01': 2 } },
    municipality: { '0363': { '2015-01-01': 3 } },
    insurer: { '3311': { '2015-01-01': 4 } },
    provider: { '31313131': { '2015-01-01': 5 } },
  });

  it.each([
    [somebody, 5],
    [{ ...somebody, provider: NONE }, 4],
    [{ ...somebody, provider: NONE, insurer: NONE }, 3],
    [{ ...nobody, 'care-office': 5515 }, 2],
    [nobody, 1],
    [{ provider: 9, insurer: 9, municipality: 9, 'care-office': 9 }, 1],
  ] as const)(
    'win from provider over insurer, municipality and care office to national: %j',
    (codes, value) => {
      expect(readParameter(all, codes, parseDay('2024-01-01')).value).toBe(value);
    },
  );

  it('say which one spoke and with which code', () => {
    expect(readParameter(all, somebody, parseDay('2024-01-01'))).toMatchObject({
      level: 'provider',
      code: 31313131,
    });
  });

  it('speak only from their first date on, and the reading may change then', () => {
    const later = parameter({ insurer: { '3311': { '2025-01-01': 0 } } });
    expect(reading(later, '2024-12-31')).toBe('42 national since 2015-01-01 until 2025-01-01');
    expect(reading(later, '2025-01-01')).toBe('0 insurer since 2025-01-01 until open');
  });

  it('hand on to the next with null', () => {
    const handed = parameter({ 'care-office': { '5515': { '2026-07-01': 28, '2028-01-01': null } } });
    expect(reading(handed, '2027-12-31')).toBe('28 care-office since 2026-07-01 until 2028-01-01');
    expect(reading(handed, '2028-01-01')).toBe('42 national since 2015-01-01 until open');
  });

  it('hand on to a lower local level before national', () => {
    const handed = parameter({
      insurer: { '3311': { '2020-01-01': null } },
      municipality: { '0363': { '2015-01-01': 14 } },
    });
    expect(reading(handed, '2024-01-01')).toBe('14 municipality since 2015-01-01 until open');
  });

  it('may change on the next date of any level that was asked on the way', () => {
    const both = parameter({
      national: { '2015-01-01': 42, '2026-01-01': 28 },
      insurer: { '3311': { '2015-01-01': null, '2025-01-01': 7 } },
    });
    expect(reading(both, '2024-01-01')).toBe('42 national since 2015-01-01 until 2025-01-01');
  });

  it('know that nought is a value', () => {
    expect(reading(parameter({ provider: { '31313131': { '2015-01-01': 0 } } }), '2024-01-01')).toMatch(
      /^0 provider/,
    );
  });
});

describe('the greatest value', () => {
  it('is that of all levels and dates; null and words do not count', () => {
    const many = parameter({
      national: { '2015-01-01': 42, '2020-01-01': 7 },
      insurer: { '3311': { '2020-01-01': 91, '2021-01-01': null } },
    });
    expect(many.greatest).toBe(91);
    expect(compileParameter('undelivered', ruleSetWith().parameters['undelivered']!, 1).greatest).toBe(0);
  });
});

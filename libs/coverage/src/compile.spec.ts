import { formatDay, parseDay } from '@domeinbrug/calendar';
import type { RuleSet } from '@domeinbrug/rules';
import { columns, services } from '@domeinbrug/terms';
import { plainRules, ruleSetWith, windowWith } from '../../../test/build/rule-sets.js';
import { afterLength, compileRuleSet } from './compile.js';

describe('the end of a length', () => {
  const after = (
    start: string,
    ...rest: [Parameters<typeof afterLength>[1], Parameters<typeof afterLength>[2]?]
  ): string => formatDay(afterLength(parseDay(start), rest[0], rest[1] ?? null, 1));

  it.each([
    [{ days: 42 }, '2024-04-15'],
    [{ weeks: 6 }, '2024-04-15'],
    [{ months: 1 }, '2024-04-04'],
    [{ days: 0 }, '2024-03-04'],
  ])('%j from 2024-03-04 is the first day after it, %s', (length, end) => {
    expect(after('2024-03-04', length)).toBe(end);
  });

  it('in months is clamped to the end of the month', () => {
    expect(after('2024-01-31', { months: 1 })).toBe('2024-02-29');
    expect(after('2023-12-31', { months: 2 })).toBe('2024-02-29');
  });

  it.each([
    ['days', '2024-03-06'],
    ['weeks', '2024-03-18'],
    ['months', '2024-05-04'],
  ])('by parameter is in the unit of the parameter, %s', (unit, end) => {
    expect(after('2024-03-04', { parameter: 'length' }, { unit, value: 2 })).toBe(end);
  });

  it('counts back where the cover lies before the trigger', () => {
    const back = (length: Parameters<typeof afterLength>[1]): string =>
      formatDay(afterLength(parseDay('2024-03-31'), length, null, -1));
    expect([back({ days: 28 }), back({ weeks: 2 }), back({ months: 1 })]).toEqual([
      '2024-03-03',
      '2024-03-17',
      '2024-02-29',
    ]);
  });
});

describe('a compiled rule set', () => {
  it('has a row for each service and a cell for each column; a service that the table does not name is covered by nobody', () => {
    const { cover } = plainRules();
    expect(cover).toHaveLength(services.length);
    expect(cover.every((row) => row.length === columns.length)).toBe(true);
    expect(cover[services.indexOf('client-support')]!.map(({ value }) => value)).toEqual(
      columns.map(() => 'none'),
    );
  });

  it('gives each parameter that a rule reads a bit of its own', () => {
    const { parameters } = plainRules();
    const bits = new Set(parameters.map(({ bit }) => bit));
    expect(bits.size).toBe(parameters.length);
    expect([...bits].every((bit) => bit > 0)).toBe(true);
  });

  it('lists the windows of each service in the order of the rule set', () => {
    const windows = [
      windowWith({ id: 'one' }),
      windowWith({ id: 'two', services: ['guidance', 'case-management'] }),
    ];
    const { windowsOf } = compileRuleSet(ruleSetWith({ windows }));
    expect(windowsOf[services.indexOf('case-management')]!.map(({ id }) => id)).toEqual(['one', 'two']);
    expect(windowsOf[services.indexOf('guidance')]!.map(({ id }) => id)).toEqual(['two']);
  });

  it('takes the words of today where a rule set declares no parameter for them', () => {
    const bare: RuleSet = { ...ruleSetWith(), parameters: {}, cover: {} };
    const { undelivered, wmoStops, transitionDay, carerMinutes, absenceDays } = compileRuleSet(bare);
    const values = [
      undelivered,
      wmoStops,
      transitionDay,
      carerMinutes,
      absenceDays.hospital,
      absenceDays.leave,
    ];
    expect(values.map(({ national }) => national[0]!.value)).toEqual([
      'strict',
      'at-entitlement',
      'new-domain',
      'outside',
      91,
      42,
    ]);
  });

  it('refuses a rule that names a parameter nobody declared', () => {
    const [window] = ruleSetWith({ windows: [windowWith()] }).windows;
    const broken: RuleSet = { ...ruleSetWith(), windows: [{ ...window!, length: { parameter: 'nowhere' } }] };
    expect(() => compileRuleSet(broken)).toThrow('has no parameter "nowhere"');
  });

  it('refuses more than 31 parameters read, and says what to do', () => {
    const names = Array.from({ length: 32 }, (_, at) => `length${at}`);
    const length = { unit: 'days', allowed: { min: 0, max: 42 }, national: { '2015-01-01': 1 } };
    const ruleSet = ruleSetWith({
      parameters: Object.fromEntries(names.map((name) => [name, length])),
      windows: names.map((name) => windowWith({ id: name.toLowerCase(), length: `$${name}` })),
    });
    expect(() => compileRuleSet(ruleSet)).toThrow(/at most 31 .*Give some of the values directly/);
  });
});

import {
  admitted,
  caseManager,
  discharged,
  entitled,
  insuredBy,
  registered,
  wmo,
} from '../../../test/build/events.js';
import { coverOf } from '../../../test/build/answers.js';
import { rulesWith, rulesWithWindow, windowWith } from '../../../test/build/rule-sets.js';
import { caseManagementOutsideOnly, windowDays } from '../../../test/build/window-days.js';

const home = registered('2020-01-01');
const managed = caseManager('2023-06-01');

const admission = [managed, entitled('2024-03-04'), admitted('2024-03-04')];
const length = (values: Record<string, unknown>, unit = 'days'): Record<string, unknown> => ({
  length: { unit, allowed: { min: 0, max: 182 }, national: values },
});

describe('repeat', () => {
  // Ten days in a home, ten days at home, and in again.
  const twice = [...admission, discharged('2024-03-13'), admitted('2024-03-24', { provider: '45454545' })];
  const cut = { cutBy: ['discharge'] };

  it('once: the first trigger only', () => {
    expect(windowDays(cut, twice)).toEqual(['2024-03-04 - 2024-03-13']);
  });

  it('once is the first trigger that meets what is required', () => {
    const late = [
      entitled('2024-03-04'),
      admitted('2024-03-04'),
      discharged('2024-03-13'),
      caseManager('2024-03-20'),
      admitted('2024-03-24', { provider: '45454545' }),
    ];
    const requires = { claimWithin: { days: 7 } };
    expect(windowDays({ ...cut, requires }, late)).toEqual(['2024-03-24 - 2024-05-04']);
  });

  it('restart: each of them, whole', () => {
    expect(windowDays({ ...cut, repeat: 'restart' }, twice)).toEqual([
      '2024-03-04 - 2024-03-13',
      '2024-03-24 - 2024-05-04',
    ]);
  });

  it('restart with runs that overlap: a day belongs to the first', () => {
    const rules = rulesWith({
      cover: caseManagementOutsideOnly,
      windows: [
        windowWith({
          repeat: 'restart',
          phases: [{ days: 14, pays: [{ law: 'zvw', share: 100 }] }, { pays: [{ law: 'wmo', share: 100 }] }],
        }),
      ],
    });
    const again = [...admission, discharged('2024-03-13'), admitted('2024-04-08', { provider: '45454545' })];
    expect(coverOf('case-management', [home, ...again], rules).slice(1)).toEqual([
      '2024-03-04 - 2024-03-17 insurer:3311 six-weeks',
      '2024-03-18 - 2024-04-14 municipality:0363 six-weeks',
      '2024-04-15 - 2024-04-21 insurer:3311 six-weeks', // of the run that began on 8 April
      '2024-04-22 - 2024-05-19 municipality:0363 six-weeks',
    ]);
  });

  it('continue: what the length leaves after the days of the earlier runs', () => {
    // Ten days are gone, 32 are left: 24 March through 24 April.
    expect(windowDays({ ...cut, repeat: 'continue' }, twice)).toEqual([
      '2024-03-04 - 2024-03-13',
      '2024-03-24 - 2024-04-24',
    ]);
  });

  it('continue counts days of a run also where nobody paid them', () => {
    const uninsured = insuredBy('3311', '2024-03-14');
    const nobody = registered('2023-01-01', { insurer: undefined });
    const rules = rulesWithWindow({ ...cut, repeat: 'continue' });
    expect(coverOf('case-management', [nobody, uninsured, ...twice.slice(1)], rules)).toEqual([
      '2024-03-24 - 2024-04-24 insurer:3311 six-weeks',
    ]);
  });

  it('continue opens nothing when all is spent', () => {
    const long = [...admission, discharged('2024-06-30'), admitted('2024-08-05', { provider: '45454545' })];
    expect(windowDays({ repeat: 'continue' }, long)).toEqual(['2024-03-04 - 2024-04-14']);
  });

  it('continue measures with the length of this trigger', () => {
    const longer = length({ '2015-01-01': 20, '2024-03-20': 30 });
    expect(windowDays({ ...cut, repeat: 'continue', length: '$length' }, twice, longer)).toEqual([
      '2024-03-04 - 2024-03-13',
      '2024-03-24 - 2024-04-12',
    ]);
  });

  it('is per service', () => {
    const events = [
      home,
      ...admission,
      wmo(['guidance'], '2024-03-20'),
      discharged('2024-03-22'),
      admitted('2024-03-25', { provider: '45454545' }),
    ];
    const rules = rulesWith({
      cover: caseManagementOutsideOnly,
      windows: [
        windowWith({
          services: ['case-management', 'guidance'],
          requires: { claimWithin: { days: 14 } },
          cutBy: ['discharge'],
        }),
      ],
    });
    expect(coverOf('guidance', events, rules).at(-1)).toBe('2024-03-25 - 2024-05-05 insurer:3311 six-weeks');
    expect(coverOf('case-management', events, rules).at(-1)).toBe(
      '2024-03-04 - 2024-03-22 insurer:3311 six-weeks',
    );
  });
});

describe('a length by parameter', () => {
  const keys = { length: '$length' };

  it('at-trigger is that of the trigger day, whatever it becomes', () => {
    expect(windowDays(keys, admission, length({ '2015-01-01': 42, '2024-03-10': 0 }))).toEqual([
      '2024-03-04 - 2024-04-14',
    ]);
    expect(windowDays(keys, admission, length({ '2015-01-01': 42, '2024-03-04': 7 }))).toEqual([
      '2024-03-04 - 2024-03-10',
    ]);
  });

  it('is in the unit of the parameter', () => {
    expect(windowDays(keys, admission, length({ '2015-01-01': 6 }, 'weeks'))).toEqual([
      '2024-03-04 - 2024-04-14',
    ]);
    expect(windowDays(keys, admission, length({ '2015-01-01': 1 }, 'months'))).toEqual([
      '2024-03-04 - 2024-04-03',
    ]);
  });

  it('at-trigger is that of the client’s organisations on the trigger day', () => {
    const parameters = {
      length: {
        ...(length({ '2015-01-01': 42 })['length'] as object),
        insurer: { '3332': { '2015-01-01': 7 } },
      },
    };
    expect(windowDays(keys, [...admission, insuredBy('3332', '2024-03-10')], parameters)).toEqual([
      '2024-03-04 - 2024-03-09',
      '2024-03-10 - 2024-04-14',
    ]);
    expect(windowDays(keys, [...admission, insuredBy('3332', '2024-03-04')], parameters)).toEqual([
      '2024-03-04 - 2024-03-10',
    ]);
  });

  const perDay = { ...keys, parametersAs: 'per-day' };

  it('per day shrinks at once', () => {
    expect(windowDays(perDay, admission, length({ '2015-01-01': 42, '2024-03-20': 21 }))).toEqual([
      '2024-03-04 - 2024-03-24',
    ]);
    expect(windowDays(perDay, admission, length({ '2015-01-01': 42, '2024-03-20': 7 }))).toEqual([
      '2024-03-04 - 2024-03-19',
    ]);
  });

  it('per day grows at once, also after it had run out', () => {
    expect(windowDays(perDay, admission, length({ '2015-01-01': 7, '2024-03-09': 42 }))).toEqual([
      '2024-03-04 - 2024-04-14',
    ]);
    expect(windowDays(perDay, admission, length({ '2015-01-01': 7, '2024-03-20': 42 }))).toEqual([
      '2024-03-04 - 2024-03-10',
      '2024-03-20 - 2024-04-14',
    ]);
  });

  it('per day follows the client to another organisation', () => {
    const parameters = {
      length: {
        ...(length({ '2015-01-01': 42 })['length'] as object),
        insurer: { '3332': { '2015-01-01': 0 } },
      },
    };
    expect(windowDays(perDay, [...admission, insuredBy('3332', '2024-03-10')], parameters)).toEqual([
      '2024-03-04 - 2024-03-09',
    ]);
  });

  it('per day before the trigger is the length of each day', () => {
    const leadIn = { ...perDay, side: 'before', payer: 'at-trigger', kind: 'lead-in' };
    const events = [entitled('2024-03-04'), admitted('2024-03-04')];
    expect(windowDays(leadIn, events, length({ '2015-01-01': 28, '2024-02-20': 7 }))).toEqual([
      '2024-02-05 - 2024-02-19',
      '2024-02-26 - 2024-03-03',
    ]);
    expect(windowDays(leadIn, events, length({ '2015-01-01': 0, '2024-02-28': 28 }))).toEqual([
      '2024-02-28 - 2024-03-03',
    ]);
  });

  it('per day opens once for the first trigger on which some day is open', () => {
    const events = [...admission, discharged('2024-03-20'), admitted('2024-05-06', { provider: '45454545' })];
    expect(windowDays(perDay, events, length({ '2015-01-01': 0, '2024-05-01': 14 }))).toEqual([
      '2024-05-06 - 2024-05-19',
    ]);
  });
});

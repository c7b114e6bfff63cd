import type { JourneyEvent } from '@domeinbrug/journey';
import {
  admitted,
  carer,
  caseClosed,
  caseManager,
  corrected,
  delivered,
  died,
  discharged,
  entitled,
  moved,
  registered,
  wmo,
} from '../../../test/build/events.js';
import { cover, coverOf } from '../../../test/build/answers.js';
import { rulesWith, rulesWithWindow, windowWith } from '../../../test/build/rule-sets.js';
import { caseManagementOutsideOnly, windowDays } from '../../../test/build/window-days.js';

const home = registered('2020-01-01');
const managed = caseManager('2023-06-01');

const admission = [managed, entitled('2024-03-04'), admitted('2024-03-04')];

describe('claimWithin', () => {
  const requires = { requires: { claimWithin: { days: 7 } } };
  const unmanaged = [entitled('2024-03-04'), admitted('2024-03-04')];

  it.each([
    ['2024-02-25', false],
    ['2024-02-26', true],
    ['2024-03-03', true],
  ])('of seven days: a claim that ended on %s opens it: %s', (lastDay, opens) => {
    const found = windowDays(requires, [managed, caseClosed(lastDay), ...unmanaged]);
    expect(found).toEqual(opens ? ['2024-03-04 - 2024-04-14'] : []);
  });

  it('is about days before the trigger: a claim of the trigger day is too late', () => {
    expect(windowDays(requires, [caseManager('2024-03-04'), ...unmanaged])).toEqual([]);
  });

  it('takes a claim under any law', () => {
    expect(windowDays(requires, [wmo(['case-management'], '2024-01-01'), ...unmanaged])).toEqual([
      '2024-03-04 - 2024-04-14',
    ]);
  });

  it('takes a claim whose basis lapsed', () => {
    const events = [managed, entitled('2024-02-01'), admitted('2024-03-04')];
    expect(windowDays(requires, events)).toEqual(['2024-03-04 - 2024-04-14']);
  });

  it('by parameter is read on the trigger day', () => {
    const by = { requires: { claimWithin: { days: '$within' } } };
    const within = (days: number): Record<string, unknown> => ({
      within: {
        unit: 'days',
        allowed: { min: 1, max: 92 },
        national: { '2015-01-01': 1, '2024-03-04': days },
      },
    });
    const events = [managed, caseClosed('2024-02-26'), ...unmanaged];
    expect(windowDays(by, events, within(7))).toEqual(['2024-03-04 - 2024-04-14']);
    expect(windowDays(by, events, within(6))).toEqual([]);
  });

  it('of another service looks at that service', () => {
    const of = { requires: { claimWithin: { days: 7, service: 'guidance' } } };
    expect(windowDays(of, [managed, ...unmanaged])).toEqual([]);
    expect(windowDays(of, [wmo(['guidance'], '2024-01-01'), ...unmanaged])).toEqual([
      '2024-03-04 - 2024-04-14',
    ]);
  });

  const chained = (second: Record<string, unknown>, events: JourneyEvent[]): string[] => {
    const windows = [
      windowWith({ id: 'first', length: { days: 14 } }),
      windowWith({ id: 'second', trigger: 'discharge', starts: 'day-after', length: { days: 7 }, ...second }),
    ];
    return coverOf(
      'case-management',
      [home, ...events],
      rulesWith({ cover: caseManagementOutsideOnly, windows }),
    );
  };

  it('takes a day that an earlier window paid', () => {
    // The claim ended long before; of the first window 17 March is the last day.
    const events = [managed, caseClosed('2023-12-31'), ...unmanaged];
    const near = chained(requires, [...events, discharged('2024-03-20')]);
    expect(near.at(-1)).toBe('2024-03-21 - 2024-03-27 insurer:3311 second');
    const far = chained(requires, [...events, discharged('2024-03-25')]);
    expect(far.at(-1)).toBe('2024-03-04 - 2024-03-17 insurer:3311 first');
  });

  it('takes no day of a later window', () => {
    const windows = [
      windowWith({
        id: 'second',
        trigger: 'discharge',
        starts: 'day-after',
        length: { days: 7 },
        ...requires,
      }),
      windowWith({ id: 'first', length: { days: 14 } }),
    ];
    const events = [managed, caseClosed('2023-12-31'), ...unmanaged, discharged('2024-03-20')];
    const lines = coverOf(
      'case-management',
      [home, ...events],
      rulesWith({ cover: caseManagementOutsideOnly, windows }),
    );
    expect(lines.filter((line) => line.includes('second'))).toEqual([]);
  });
});

describe('the other requirements', () => {
  it('minDaysInService: a claim of the day before that is that old', () => {
    const requires = (n: number): Record<string, unknown> => ({ requires: { minDaysInService: n } });
    const events = [caseManager('2024-02-03'), entitled('2024-03-04'), admitted('2024-03-04')]; // thirty days
    expect(windowDays(requires(30), events)).toHaveLength(1);
    expect(windowDays(requires(31), events)).toEqual([]);
    expect(windowDays(requires(0), [...events, caseClosed('2024-03-02')])).toEqual([]);
  });

  it('sameProvider: a claim of the day before by the provider of the delivery', () => {
    const requires = { requires: { sameProvider: true } };
    const own = caseManager('2024-01-01', { provider: '42424242' });
    const into = [entitled('2024-03-04'), admitted('2024-03-04')];
    expect(windowDays(requires, [own, ...into])).toHaveLength(1);
    expect(windowDays(requires, [managed, ...into])).toEqual([]);
    expect(windowDays(requires, [own, caseClosed('2024-03-02'), ...into])).toEqual([]);
    const moving = { ...requires, trigger: 'move' };
    expect(
      windowDays(moving, [
        wmo(['case-management'], '2024-01-01', { provider: undefined }),
        moved('0518', '2024-03-04'),
      ]),
    ).toEqual([]);
  });

  it.each([
    [['754'], 1],
    [['755', '754'], 1],
    [['755'], 0],
  ])('profile %j: that of the trigger day', (profile, count) => {
    expect(windowDays({ requires: { profile } }, admission)).toHaveLength(count);
  });

  it('profile: none without an entitlement on the trigger day', () => {
    expect(
      windowDays({ requires: { profile: ['754'] } }, [admitted('2024-03-04'), entitled('2024-03-05')]),
    ).toEqual([]);
  });

  it.each([
    [['residence'], admitted('2024-03-04'), 1],
    [['residence-with-treatment'], admitted('2024-03-04'), 0],
    [['residence', 'residence-with-treatment'], admitted('2024-03-04', { withTreatment: true }), 1],
    [['full-package'], delivered('full-package', '2024-03-04'), 1],
  ])('deliveryForm %j: the column of the trigger day', (deliveryForm, delivery, count) => {
    const keys = { trigger: 'delivery-start', requires: { deliveryForm } };
    expect(windowDays(keys, [entitled('2024-03-04'), delivery])).toHaveLength(count);
  });

  it('deliveryForm: outside while the delivery awaits its indication', () => {
    const keys = (form: string): Record<string, unknown> => ({ requires: { deliveryForm: [form] } });
    expect(windowDays(keys('residence'), [admitted('2024-03-04')])).toEqual([]);
    expect(windowDays(keys('outside'), [admitted('2024-03-04')])).toHaveLength(1);
  });

  const aftercare = (when: string): Record<string, unknown> => ({
    kind: 'aftercare',
    trigger: 'death',
    starts: 'day-after',
    services: ['aftercare'],
    payer: 'at-trigger',
    requires: { carer: when },
  });
  const aftercareOf = (when: string, ...events: JourneyEvent[]): string[] =>
    coverOf('aftercare', [home, died('2024-08-11'), ...events], rulesWithWindow(aftercare(when)));

  it('carer at-death: one on that day, known or not', () => {
    const paid = ['2024-08-12 - 2024-09-22 insurer:3311 six-weeks'];
    expect(aftercareOf('at-death', carer('2023-01-01'))).toEqual(paid);
    expect(aftercareOf('at-death', carer('2023-01-01', { recordedAt: '2024-09-01T12:00:00Z' }))).toEqual(
      paid,
    );
    expect(aftercareOf('at-death', carer('2024-08-11'))).toEqual(paid);
    expect(aftercareOf('at-death', carer('2024-08-12'))).toEqual([]);
    expect(aftercareOf('at-death')).toEqual([]);
  });

  it('carer recorded-before-death: and recorded not later than that day in Amsterdam', () => {
    const recorded = (recordedAt: string): number =>
      aftercareOf('recorded-before-death', carer('2023-01-01', { recordedAt })).length;
    expect(recorded('2024-08-11T21:59:59Z')).toBe(1);
    expect(recorded('2024-08-11T22:00:00Z')).toBe(0);
  });

  it('a correction leaves the moment of recording', () => {
    const original = carer('2024-08-20', { recordedAt: '2024-08-01T12:00:00Z' });
    const change = corrected(original, carer('2023-01-01'), { recordedAt: '2024-09-01T12:00:00Z' });
    expect(aftercareOf('recorded-before-death', original, change)).toHaveLength(1);
  });
});

describe('the provider of a window', () => {
  const providerOf = (
    keys: Record<string, unknown>,
    events: JourneyEvent[],
    service = 'case-management',
  ): unknown => {
    const rules = rulesWith({
      cover: caseManagementOutsideOnly,
      windows: [windowWith({ services: [service], ...keys })],
    });
    return cover([home, ...events], rules).cover.find(({ rule }) => rule === 'six-weeks')?.provider;
  };
  const into = [entitled('2024-03-04'), admitted('2024-03-04')];
  const other = caseManager('2024-02-01', { provider: '32323232' });

  it('is that of the claim on the day before', () => {
    expect(providerOf({}, [managed, ...into])).toBe('31313131');
    expect(providerOf({}, [managed, caseClosed('2024-03-02'), ...into])).toBeNull();
    expect(providerOf({}, [caseManager('2024-03-04'), ...into])).toBeNull();
  });

  it('is that of the claim found, on the day nearest to the trigger, the latest begun', () => {
    const within = { requires: { claimWithin: { days: 14 } } };
    expect(providerOf(within, [managed, other, ...into])).toBe('32323232');
    expect(providerOf(within, [managed, other, caseClosed('2024-02-28'), ...into])).toBe('31313131');
    expect(
      providerOf(within, [
        caseManager('2024-01-01', { provider: '33333333' }),
        caseClosed('2024-02-25'),
        ...into,
      ]),
    ).toBe('33333333');
  });

  it('of another service is that of the claim that was found', () => {
    const within = { requires: { claimWithin: { days: 7, service: 'guidance' } } };
    expect(providerOf(within, [managed, wmo(['guidance'], '2024-01-01'), ...into])).toBe('41414141');
  });

  it('is that of an earlier window’s run, a claim of the same day first', () => {
    const windows = [
      windowWith({ id: 'first', length: { days: 14 } }),
      windowWith({
        id: 'second',
        trigger: 'discharge',
        starts: 'day-after',
        requires: { claimWithin: { days: 7 } },
      }),
    ];
    const second = (...events: JourneyEvent[]): unknown =>
      cover([home, ...events], rulesWith({ cover: caseManagementOutsideOnly, windows })).cover.find(
        ({ rule }) => rule === 'second',
      )?.provider;
    const ended = [managed, caseClosed('2024-03-03'), ...into, discharged('2024-03-15')];
    expect(second(...ended)).toBe('31313131');
    expect(second(...ended, caseManager('2024-03-10', { provider: '32323232' }))).toBe('32323232');
  });

  it('of vacancy is that of the delivery on the day of death', () => {
    const keys = {
      kind: 'vacancy',
      trigger: 'death',
      starts: 'day-after',
      pays: [{ law: 'wlz', share: 100 }],
      payer: 'at-trigger',
    };
    expect(providerOf(keys, [...into, died('2024-08-11')], 'vacancy')).toBe('42424242');
    const required = { ...keys, requires: { claimWithin: { days: 400, service: 'case-management' } } };
    expect(providerOf(required, [managed, ...into, died('2024-08-11')], 'vacancy')).toBe('42424242');
    expect(providerOf(required, [...into, died('2024-08-11')], 'vacancy')).toBeUndefined();
  });
});

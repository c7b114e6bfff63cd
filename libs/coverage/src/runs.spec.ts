import type { JourneyEvent } from '@domeinbrug/journey';
import {
  admitted,
  bridged,
  bridgingEnded,
  carer,
  caseClosed,
  caseManager,
  corrected,
  delivered,
  deliveryEnded,
  died,
  discharged,
  entitled,
  handedOver,
  insuredBy,
  moved,
  registered,
  wmo,
} from '../../../test/build/events.js';
import { cover, coverOf } from '../../../test/build/answers.js';
import { rulesWith, rulesWithWindow, windowWith } from '../../../test/build/rule-sets.js';

/**
 * The table pays nothing for case management with an entitlement here, so that a window shows alone: the lines are
 * the days of the window.
 */
const nothing = { 'case-management': ['zvw', 'ended', 'ended', 'ended', 'ended', 'ended', 'ended', 'ended'] };
const home = registered('2020-01-01');
const managed = caseManager('2023-06-01');

function windowDays(keys: Record<string, unknown>, events: JourneyEvent[], parameters = {}): string[] {
  const rules = rulesWith({ cover: nothing, windows: [windowWith(keys)], parameters });
  return cover([home, ...events], rules)
    .cover.filter(({ rule }) => rule === 'six-weeks')
    .map(({ firstDay, lastDay }) => `${firstDay} - ${lastDay ?? 'open'}`);
}

const admission = [managed, entitled('2024-03-04'), admitted('2024-03-04')];
const length = (values: Record<string, unknown>, unit = 'days'): Record<string, unknown> => ({
  length: { unit, allowed: { min: 0, max: 182 }, national: values },
});

describe('the days of a window', () => {
  it.each([
    [{ days: 42 }, '2024-04-14'],
    [{ weeks: 6 }, '2024-04-14'],
    [{ months: 1 }, '2024-04-03'],
    [{ days: 1 }, '2024-03-04'],
  ])('of %j begin on the trigger day, which is day one', (length, lastDay) => {
    expect(windowDays({ length }, admission)).toEqual([`2024-03-04 - ${lastDay}`]);
  });

  it('of no length are none', () => {
    expect(windowDays({ length: { days: 0 } }, admission)).toEqual([]);
  });

  it('may begin the day after, and are as many', () => {
    expect(windowDays({ starts: 'day-after' }, admission)).toEqual(['2024-03-05 - 2024-04-15']);
  });

  it('of months are counted from their own first day', () => {
    const onThe30th = [managed, entitled('2024-01-30'), admitted('2024-01-30')];
    expect(windowDays({ starts: 'day-after', length: { months: 1 } }, onThe30th)).toEqual([
      '2024-01-31 - 2024-02-28',
    ]);
  });

  it('before the trigger end the day before it', () => {
    const keys = { side: 'before', payer: 'at-trigger', kind: 'lead-in' };
    const unmanaged = [entitled('2024-03-04'), admitted('2024-03-04')];
    expect(windowDays({ ...keys, length: { days: 28 } }, unmanaged)).toEqual(['2024-02-05 - 2024-03-03']);
    expect(windowDays({ ...keys, length: { months: 1 } }, unmanaged)).toEqual(['2024-02-04 - 2024-03-03']);
  });

  it('need no need: they go on when the claim ends', () => {
    expect(windowDays({}, [...admission, caseClosed('2024-03-10')])).toEqual(['2024-03-04 - 2024-04-14']);
  });

  it('move with the trigger when it is corrected', () => {
    const change = corrected(admission[2]!, admitted('2024-03-11'));
    expect(windowDays({}, [...admission, change])).toEqual(['2024-03-11 - 2024-04-21']);
  });
});

describe('a trigger', () => {
  const stretch = { length: { days: 7 } };

  it.each([
    ['admission', [admitted('2024-03-04')], '2024-03-04 - 2024-03-10'],
    ['delivery-start', [delivered('modular', '2024-03-04')], '2024-03-04 - 2024-03-10'],
    ['entitlement-start', [], '2024-01-01 - 2024-01-07'],
    ['bridging-start', [bridged('2024-03-04')], '2024-03-04 - 2024-03-10'],
    ['discharge', [admitted('2024-02-01'), discharged('2024-03-04')], '2024-03-04 - 2024-03-10'],
    ['move', [moved('0518', '2024-03-04')], '2024-03-04 - 2024-03-10'],
  ])('%s opens it', (trigger, events, days) => {
    expect(windowDays({ ...stretch, trigger }, [entitled('2024-01-01'), ...events])).toEqual([days]);
  });

  it('death opens a window for what is left after it', () => {
    const rules = rulesWithWindow({
      kind: 'vacancy',
      trigger: 'death',
      starts: 'day-after',
      length: { days: 13 },
      services: ['vacancy'],
      pays: [{ law: 'wlz', share: 100 }],
      payer: 'at-trigger',
    });
    const events = [home, entitled('2024-01-01'), admitted('2024-01-01'), died('2024-08-11')];
    expect(coverOf('vacancy', events, rules)).toEqual(['2024-08-12 - 2024-08-24 care-office:5515 six-weeks']);
  });

  it('bridging-start without an entitlement opens it as well', () => {
    expect(windowDays({ ...stretch, trigger: 'bridging-start' }, [bridged('2024-03-04')])).toEqual([
      '2024-03-04 - 2024-03-10',
    ]);
  });
});

describe('death', () => {
  it('ends a window that something else opened, with the day of death', () => {
    expect(windowDays({}, [...admission, died('2024-03-20')])).toEqual(['2024-03-04 - 2024-03-20']);
  });

  it('ends it also where the payer of the trigger day pays on', () => {
    const keys = { payer: 'at-trigger' };
    expect(windowDays(keys, [...admission, died('2024-03-20')])).toEqual(['2024-03-04 - 2024-03-20']);
  });

  it('on the day of the admission leaves one day', () => {
    expect(windowDays({}, [...admission, died('2024-03-04')])).toEqual(['2024-03-04 - 2024-03-04']);
  });

  it('on the trigger day keeps a window that begins the day after from opening', () => {
    expect(windowDays({ starts: 'day-after' }, [...admission, died('2024-03-04')])).toEqual([]);
  });
});

describe('a cut', () => {
  it('by discharge: the first one on or after the trigger', () => {
    expect(windowDays({ cutBy: ['discharge'] }, [...admission, discharged('2024-03-15')])).toEqual([
      '2024-03-04 - 2024-03-15',
    ]);
    expect(windowDays({ cutBy: ['discharge'] }, [...admission, discharged('2024-03-04')])).toEqual([
      '2024-03-04 - 2024-03-04',
    ]);
    expect(windowDays({ cutBy: [] }, [...admission, discharged('2024-03-15')])).toEqual([
      '2024-03-04 - 2024-04-14',
    ]);
  });

  it('by discharge is not the trigger itself', () => {
    const events = [...admission, discharged('2024-03-15')];
    expect(windowDays({ trigger: 'discharge', cutBy: ['discharge'] }, events)).toEqual([
      '2024-03-15 - 2024-04-25',
    ]);
    const again = [
      admitted('2024-04-01', { provider: '45454545' }),
      discharged('2024-04-10', { provider: '45454545' }),
    ];
    expect(windowDays({ trigger: 'discharge', cutBy: ['discharge'] }, [...events, ...again])).toEqual([
      '2024-03-15 - 2024-04-10',
    ]);
  });

  it('by move: the day before the first one after the trigger', () => {
    expect(windowDays({ cutBy: ['move'] }, [...admission, moved('0518', '2024-03-15')])).toEqual([
      '2024-03-04 - 2024-03-14',
    ]);
    expect(windowDays({ cutBy: ['move'] }, [...admission, moved('0518', '2024-03-04')])).toEqual([
      '2024-03-04 - 2024-04-14',
    ]);
  });

  it('by completion: the first one of the service, on or after the trigger', () => {
    const done = (...days: string[]): JourneyEvent[] => days.map((day) => handedOver('case-management', day));
    expect(windowDays({ cutBy: ['completed'] }, [...admission, ...done('2024-03-20', '2024-03-15')])).toEqual(
      ['2024-03-04 - 2024-03-15'],
    );
    expect(windowDays({ cutBy: ['completed'] }, [...admission, ...done('2024-03-04')])).toEqual([
      '2024-03-04 - 2024-03-04',
    ]);
    expect(windowDays({ cutBy: ['completed'] }, [...admission, ...done('2024-03-03')])).toEqual([
      '2024-03-04 - 2024-04-14',
    ]);
    expect(
      windowDays({ cutBy: ['completed'] }, [...admission, handedOver('guidance', '2024-03-15')]),
    ).toEqual(['2024-03-04 - 2024-04-14']);
  });

  it('is whichever comes first', () => {
    const events = [
      ...admission,
      moved('0518', '2024-03-20'),
      handedOver('case-management', '2024-03-25'),
      discharged('2024-03-22'),
    ];
    expect(windowDays({ cutBy: ['discharge', 'move', 'completed'] }, events)).toEqual([
      '2024-03-04 - 2024-03-19',
    ]);
  });

  it('that leaves no day opens nothing, so that the next trigger may', () => {
    const again = admitted('2024-05-06', { provider: '45454545' });
    const events = [...admission, discharged('2024-03-04'), again];
    expect(windowDays({ starts: 'day-after', cutBy: ['discharge'] }, events)).toEqual([
      '2024-05-07 - 2024-06-17',
    ]);
  });
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
      cover: nothing,
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
      cover: nothing,
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
    return coverOf('case-management', [home, ...events], rulesWith({ cover: nothing, windows }));
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
    const lines = coverOf('case-management', [home, ...events], rulesWith({ cover: nothing, windows }));
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
    const rules = rulesWith({ cover: nothing, windows: [windowWith({ services: [service], ...keys })] });
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
      cover([home, ...events], rulesWith({ cover: nothing, windows })).cover.find(
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

describe('bridging and delivery', () => {
  it('each open their own window', () => {
    const events = [
      entitled('2024-01-01'),
      bridged('2024-01-01'),
      bridgingEnded('2024-01-31'),
      delivered('modular', '2024-03-04'),
      deliveryEnded('2024-03-10'),
    ];
    expect(windowDays({ trigger: 'bridging-start', length: { days: 3 } }, events)).toEqual([
      '2024-01-01 - 2024-01-03',
    ]);
    expect(windowDays({ trigger: 'delivery-start', length: { days: 3 } }, events)).toEqual([
      '2024-03-04 - 2024-03-06',
    ]);
  });
});

import type { JourneyEvent } from '@domeinbrug/journey';
import {
  admitted,
  bridged,
  bridgingEnded,
  caseClosed,
  caseManager,
  corrected,
  delivered,
  deliveryEnded,
  died,
  discharged,
  entitled,
  handedOver,
  moved,
  registered,
} from '../../../test/build/events.js';
import { coverOf } from '../../../test/build/answers.js';
import { rulesWithWindow } from '../../../test/build/rule-sets.js';
import { windowDays } from '../../../test/build/window-days.js';

const home = registered('2020-01-01');
const managed = caseManager('2023-06-01');

const admission = [managed, entitled('2024-03-04'), admitted('2024-03-04')];

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

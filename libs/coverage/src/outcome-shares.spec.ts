import {
  admitted,
  caseManager,
  entitled,
  fileAt,
  insuredBy,
  moved,
  registered,
  uninsured,
} from '../../../test/build/events.js';
import { coverOf } from '../../../test/build/answers.js';
import { rulesWithWindow } from '../../../test/build/rule-sets.js';

const home = registered('2023-01-01');
const managed = caseManager('2023-06-01');
const into = [entitled('2024-03-04'), admitted('2024-03-04')];

describe('the payer of a window', () => {
  const events = [home, managed, ...into, insuredBy('3332', '2024-03-11')];

  it('per day is who it is on each day', () => {
    expect(coverOf('case-management', events, rulesWithWindow()).slice(1)).toEqual([
      '2024-03-04 - 2024-03-10 insurer:3311 six-weeks',
      '2024-03-11 - 2024-04-14 insurer:3332 six-weeks',
    ]);
  });

  it('at-trigger is who it was on the trigger day', () => {
    expect(coverOf('case-management', events, rulesWithWindow({ payer: 'at-trigger' })).slice(1)).toEqual([
      '2024-03-04 - 2024-04-14 insurer:3311 six-weeks',
    ]);
  });

  it('at-trigger that was unknown stays unknown', () => {
    const nobody = registered('2023-01-01', { insurer: undefined });
    expect(
      coverOf(
        'case-management',
        [nobody, ...into, insuredBy('3332', '2024-03-11')],
        rulesWithWindow({ payer: 'at-trigger' }),
      ),
    ).toEqual([]);
  });

  it('of the other laws is the municipality and the care office', () => {
    const split = {
      pays: [
        { law: 'wmo', share: 50 },
        { law: 'wlz', share: 50 },
      ],
    };
    const movedOn = [home, ...into, moved('0518', '2024-03-11'), fileAt('5501', '2024-03-18')];
    expect(coverOf('case-management', movedOn, rulesWithWindow({ ...split, length: { weeks: 3 } }))).toEqual([
      '2024-03-04 - 2024-03-10 municipality:0363 50% six-weeks',
      '2024-03-04 - 2024-03-17 care-office:5515 50% six-weeks',
      '2024-03-11 - 2024-03-24 municipality:0518 50% six-weeks',
      '2024-03-18 - 2024-03-24 care-office:5501 50% six-weeks',
    ]);
  });
});

describe('a lead-in', () => {
  const leadIn = {
    kind: 'lead-in',
    side: 'before',
    payer: 'at-trigger',
    trigger: 'entitlement-start',
    length: { days: 28 },
    services: ['client-support'],
  };
  const wlz = { pays: [{ law: 'wlz', share: 100 }] };

  it('pays by whoever pays on the trigger day, also before anybody was registered', () => {
    const events = [registered('2024-03-01'), entitled('2024-03-04')];
    expect(coverOf('client-support', events, rulesWithWindow({ ...leadIn, ...wlz }))).toEqual([
      '2024-02-05 - 2024-03-03 care-office:5515 six-weeks',
    ]);
  });

  it('with a Wlz share needs the entitlement on the trigger day', () => {
    const rules = rulesWithWindow({ ...leadIn, ...wlz, trigger: 'admission' });
    expect(
      coverOf('client-support', [home, admitted('2024-03-04'), entitled('2024-03-04')], rules),
    ).toHaveLength(1);
    expect(coverOf('client-support', [home, admitted('2024-03-04'), entitled('2024-03-05')], rules)).toEqual(
      [],
    );
  });

  it('leaves out the days on which its payer already pays', () => {
    const rules = rulesWithWindow({ ...leadIn, services: ['case-management'] });
    const events = [home, caseManager('2024-02-20'), entitled('2024-03-04')];
    expect(coverOf('case-management', events, rules)).toEqual([
      '2024-02-05 - 2024-02-19 insurer:3311 six-weeks',
      '2024-02-20 - open insurer:3311',
    ]);
  });

  it('has phases from its first covered day', () => {
    const phases = { phases: [{ days: 7, pays: [{ law: 'wmo', share: 100 }] }, wlz] };
    const events = [home, entitled('2024-03-04')];
    expect(
      coverOf('client-support', events, rulesWithWindow({ ...leadIn, ...phases, length: { months: 1 } })),
    ).toEqual([
      '2024-02-04 - 2024-02-10 municipality:0363 six-weeks',
      '2024-02-11 - 2024-03-03 care-office:5515 six-weeks',
    ]);
  });
});

describe('phases', () => {
  const phases = [
    {
      days: 14,
      pays: [
        { law: 'zvw', share: 50 },
        { law: 'wlz', share: 50 },
      ],
    },
    { days: 7, pays: [{ law: 'wmo', share: 100 }] },
    { pays: [{ law: 'zvw', share: 100 }] },
  ];

  it('count from the first day of the window; the last one runs on', () => {
    expect(
      coverOf('case-management', [home, managed, ...into], rulesWithWindow({ phases })).slice(1),
    ).toEqual([
      '2024-03-04 - 2024-03-17 care-office:5515 50% six-weeks',
      '2024-03-04 - 2024-03-17 insurer:3311 50% six-weeks',
      '2024-03-18 - 2024-03-24 municipality:0363 six-weeks',
      '2024-03-25 - 2024-04-14 insurer:3311 six-weeks',
    ]);
  });

  it('count from the day after, where the window begins then', () => {
    const lines = coverOf(
      'case-management',
      [home, managed, ...into],
      rulesWithWindow({ phases, starts: 'day-after' }),
    );
    expect(lines).toContain('2024-03-19 - 2024-03-25 municipality:0363 six-weeks');
  });

  it('go on counting on days that were dropped', () => {
    const lines = coverOf(
      'case-management',
      [home, managed, ...into, uninsured('2024-03-09'), insuredBy('3311', '2024-03-12')],
      rulesWithWindow({ phases }),
    );
    expect(lines).toContain('2024-03-18 - 2024-03-24 municipality:0363 six-weeks');
  });

  it('of a length in months run to its clamped end', () => {
    const events = [home, caseManager('2023-06-01'), entitled('2024-01-31'), admitted('2024-01-31')];
    expect(
      coverOf('case-management', events, rulesWithWindow({ phases, length: { months: 1 } })).slice(1),
    ).toEqual([
      '2024-01-31 - 2024-02-13 care-office:5515 50% six-weeks',
      '2024-01-31 - 2024-02-13 insurer:3311 50% six-weeks',
      '2024-02-14 - 2024-02-20 municipality:0363 six-weeks',
      '2024-02-21 - 2024-02-28 insurer:3311 six-weeks',
    ]);
  });
});

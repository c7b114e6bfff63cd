import type { JourneyEvent } from '@domeinbrug/journey';
import {
  admitted,
  carer,
  caseManager,
  delivered,
  deliveryEnded,
  died,
  discharged,
  entitled,
  fileAt,
  insuredBy,
  moved,
  nursing,
  pooled,
  registered,
  settled,
  stay,
  stayEnded,
  uninsured,
  withdrawn,
  wmo,
} from '../../../test/build/events.js';
import { cover, coverOf, linesOf } from '../../../test/build/answers.js';
import { rulesWith, rulesWithWindow, windowWith } from '../../../test/build/rule-sets.js';

const home = registered('2023-01-01');
const managed = caseManager('2023-06-01');
const into = [entitled('2024-03-04'), admitted('2024-03-04')];
const guided = wmo(['guidance'], '2024-01-01');
const onGuidance = {
  services: ['guidance'],
  trigger: 'entitlement-start',
  pays: [{ law: 'wmo', share: 100 }],
};

describe('a window', () => {
  it('adds a row of its own kind and rule beside the table', () => {
    const rules = rulesWithWindow({ kind: 'continuity', id: 'go-on' });
    const { cover: rows } = cover([home, managed, ...into], rules);
    expect(
      rows
        .filter(({ service }) => service === 'case-management')
        .map(({ kind, rule, law }) => [kind, rule, law]),
    ).toEqual([
      ['regular', 'table', 'zvw'],
      ['continuity', 'go-on', 'zvw'],
    ]);
  });

  it('that pays makes the gap of that service and day disappear, for as long as it pays', () => {
    const rules = rulesWithWindow({ ...onGuidance, length: { days: 14 } });
    expect(coverOf('guidance', [home, guided, entitled('2024-03-04')], rules)).toEqual([
      '2024-01-01 - 2024-03-03 municipality:0363',
      '2024-03-04 - 2024-03-17 municipality:0363 six-weeks',
      '2024-03-18 - open gap excluded-by-wlz',
    ]);
  });

  it('leaves the gaps of other services', () => {
    const rules = rulesWithWindow({ ...onGuidance, length: { days: 14 } });
    const timeline = cover([home, guided, nursing('2024-01-01'), entitled('2024-03-04')], rules);
    expect(linesOf(timeline, 'district-nursing').at(-1)).toBe('2024-03-04 - open gap excluded-by-wlz');
  });

  it('may pay beside another payer of the table', () => {
    const rules = rulesWithWindow({ ...onGuidance, length: { days: 14 } });
    expect(
      coverOf('guidance', [home, guided, entitled('2024-03-04'), delivered('modular', '2024-03-04')], rules),
    ).toEqual([
      '2024-01-01 - 2024-03-03 municipality:0363',
      '2024-03-04 - 2024-03-17 municipality:0363 six-weeks',
      '2024-03-04 - open care-office:5515',
    ]);
  });
});

describe('a window day is dropped as a whole', () => {
  const split = {
    pays: [
      { law: 'zvw', share: 60 },
      { law: 'wlz', share: 40 },
    ],
  };

  it('when one of its payers already pays by the table', () => {
    const rules = rulesWithWindow({ ...split, trigger: 'entitlement-start', length: { days: 14 } });
    // At home the insurer pays case management by the table; from the admission on nobody does.
    expect(
      coverOf('case-management', [home, managed, entitled('2024-03-04'), admitted('2024-03-11')], rules),
    ).toEqual([
      '2023-06-01 - 2024-03-10 insurer:3311',
      '2024-03-11 - 2024-03-17 care-office:5515 40% six-weeks',
      '2024-03-11 - 2024-03-17 insurer:3311 60% six-weeks',
    ]);
  });

  it('when one of its payers already pays by an earlier window', () => {
    const windows = [
      windowWith({ id: 'first', length: { days: 7 } }),
      windowWith({ id: 'second', ...split, length: { days: 14 } }),
    ];
    expect(coverOf('case-management', [home, managed, ...into], rulesWith({ windows })).slice(1)).toEqual([
      '2024-03-04 - 2024-03-10 insurer:3311 first',
      '2024-03-11 - 2024-03-17 care-office:5515 40% second',
      '2024-03-11 - 2024-03-17 insurer:3311 60% second',
    ]);
  });

  it('but windows with other payers stand side by side, in rule-set order', () => {
    const windows = [
      windowWith({ id: 'first', length: { days: 7 } }),
      windowWith({ id: 'second', pays: [{ law: 'wmo', share: 100 }], length: { days: 7 } }),
    ];
    expect(coverOf('case-management', [home, managed, ...into], rulesWith({ windows })).slice(1)).toEqual([
      '2024-03-04 - 2024-03-10 insurer:3311 first',
      '2024-03-04 - 2024-03-10 municipality:0363 second',
    ]);
  });

  it('when the transition day already pays its payer', () => {
    const rules = rulesWith({
      parameters: { transitionDay: { national: { '2015-01-01': 'both' } } },
      windows: [windowWith({ length: { days: 7 } })],
    });
    expect(coverOf('case-management', [home, managed, ...into], rules)).toEqual([
      '2023-06-01 - 2024-03-04 insurer:3311',
      '2024-03-05 - 2024-03-10 insurer:3311 six-weeks',
    ]);
  });

  it('when one of its payers is unknown', () => {
    const rules = rulesWithWindow({ ...split, length: { days: 14 } });
    const events = [home, managed, ...into, uninsured('2024-03-06'), insuredBy('3332', '2024-03-11')];
    expect(coverOf('case-management', events, rules).slice(1)).toEqual([
      '2024-03-04 - 2024-03-06 care-office:5515 40% six-weeks',
      '2024-03-04 - 2024-03-06 insurer:3311 60% six-weeks',
      '2024-03-11 - 2024-03-17 care-office:5515 40% six-weeks',
      '2024-03-11 - 2024-03-17 insurer:3332 60% six-weeks',
    ]);
  });

  it('when the service is suspended', () => {
    const rules = rulesWithWindow({ ...onGuidance, length: { days: 14 } });
    const events = [
      home,
      guided,
      entitled('2024-03-04'),
      stay('hospital', '2024-03-08'),
      stayEnded('hospital', '2024-03-12'),
    ];
    expect(coverOf('guidance', events, rules)).toEqual([
      '2024-01-01 - 2024-03-03 municipality:0363',
      '2024-03-04 - 2024-03-07 municipality:0363 six-weeks',
      '2024-03-12 - 2024-03-17 municipality:0363 six-weeks',
      '2024-03-18 - open gap excluded-by-wlz',
    ]);
  });

  it('when the service is pooled, until the pool is settled', () => {
    const rules = rulesWithWindow({ ...onGuidance, length: { days: 14 } });
    const events = [home, guided, entitled('2024-03-04'), pooled(['guidance'], '2024-03-08')];
    expect(coverOf('guidance', events, rules).slice(1)).toEqual([
      '2024-03-04 - 2024-03-07 municipality:0363 six-weeks',
      '2024-03-08 - open pool:bridge joint-funding',
    ]);
    expect(coverOf('guidance', [...events, settled('2024-04-30')], rules)[1]).toBe(
      '2024-03-04 - 2024-03-17 municipality:0363 six-weeks',
    );
  });

  it('when it has a Wlz share and no entitlement holds that day', () => {
    const rules = rulesWithWindow({
      ...split,
      trigger: 'discharge',
      starts: 'day-after',
      length: { days: 14 },
    });
    const events = [home, ...into, discharged('2024-04-30'), withdrawn('2024-05-05')];
    expect(coverOf('case-management', events, rules)).toEqual([
      '2024-05-01 - 2024-05-05 care-office:5515 40% six-weeks',
      '2024-05-01 - 2024-05-05 insurer:3311 60% six-weeks',
    ]);
  });

  it('and keeps the gap', () => {
    const rules = rulesWithWindow({
      ...onGuidance,
      pays: [{ law: 'zvw', share: 100 }],
      length: { days: 14 },
    });
    const events = [home, guided, entitled('2024-03-04'), uninsured('2024-03-06')];
    expect(coverOf('guidance', events, rules)).toContain('2024-03-07 - open gap excluded-by-wlz');
  });
});

describe('after death', () => {
  const vacancy = {
    kind: 'vacancy',
    trigger: 'death',
    starts: 'day-after',
    length: { days: 13 },
    services: ['vacancy'],
    pays: [{ law: 'wlz', share: 100 }],
  };

  it('a Wlz share needs the entitlement of the day of death', () => {
    const rules = rulesWithWindow({ ...vacancy, payer: 'at-trigger' });
    const held = (...events: JourneyEvent[]): number =>
      coverOf('vacancy', [home, ...events, died('2024-08-11')], rules).length;
    expect(held(...into)).toBe(1);
    expect(held(...into, withdrawn('2024-08-11'))).toBe(1);
    expect(held(...into, withdrawn('2024-08-10'))).toBe(0);
  });

  it('per day nobody is anybody’s client: the window pays no day', () => {
    expect(
      coverOf(
        'vacancy',
        [home, ...into, died('2024-08-11')],
        rulesWithWindow({ ...vacancy, payer: 'per-day' }),
      ),
    ).toEqual([]);
  });

  it('a length read per day is the national one', () => {
    const parameters = {
      length: {
        unit: 'days',
        allowed: { min: 0, max: 92 },
        national: { '2015-01-01': 7 },
        insurer: { '3311': { '2015-01-01': 42 } },
      },
    };
    const aftercare = {
      kind: 'aftercare',
      trigger: 'death',
      starts: 'day-after',
      services: ['aftercare'],
      payer: 'at-trigger',
      length: '$length',
      requires: { carer: 'at-death' },
    };
    const events = [home, carer('2023-01-01'), died('2024-08-11')];
    expect(
      coverOf('aftercare', events, rulesWithWindow({ ...aftercare, parametersAs: 'per-day' }, parameters)),
    ).toEqual(['2024-08-12 - 2024-08-18 insurer:3311 six-weeks']);
    expect(coverOf('aftercare', events, rulesWithWindow(aftercare, parameters))).toEqual([
      '2024-08-12 - 2024-09-22 insurer:3311 six-weeks',
    ]);
  });
});

describe('rows of one rule', () => {
  it('are one where nothing of them differs, across changes of the state', () => {
    const events = [home, managed, ...into, moved('0518', '2024-03-11'), fileAt('5501', '2024-03-18')];
    expect(coverOf('case-management', events, rulesWithWindow())).toEqual([
      '2023-06-01 - 2024-03-03 insurer:3311',
      '2024-03-04 - 2024-04-14 insurer:3311 six-weeks',
    ]);
  });

  it('are two after a day without', () => {
    const events = [
      home,
      caseManager('2024-01-01'),
      deliveryEnded('2024-05-01'),
      entitled('2024-02-01', { lastDay: '2024-02-10' }),
      delivered('full-package', '2024-02-01'),
    ];
    expect(coverOf('case-management', events, rulesWith())).toEqual([
      '2024-01-01 - 2024-01-31 insurer:3311',
      '2024-02-01 - 2024-02-10 care-office:5515',
      '2024-02-11 - open gap no-decision',
    ]);
  });
});

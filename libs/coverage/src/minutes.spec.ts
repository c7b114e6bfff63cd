import type { JourneyEvent } from '@domeinbrug/journey';
import {
  admitted,
  carer,
  caseManager,
  died,
  discharged,
  entitled,
  pooled,
  registered,
  stay,
  time,
  uninsured,
  wmo,
} from '../../../test/build/events.js';
import { cover } from '../../../test/build/answers.js';
import {
  plainRules,
  rulesWhere,
  rulesWith,
  rulesWithWindow,
  windowWith,
} from '../../../test/build/rule-sets.js';
import type { CompiledRuleSet } from './compile.js';
import type { UnpaidReason } from './coverage-timeline.js';

const home = registered('2023-01-01');
const managed = caseManager('2023-06-01');
const into = [entitled('2024-03-04'), admitted('2024-03-04')];

/** `2024-03-05 60/20/0`: day, funded, over the cap, outside. */
function minutesOf(rules: CompiledRuleSet, ...events: JourneyEvent[]): string[] {
  return cover([home, ...events], rules).minutes.map(
    ({ day, funded, overCap, outside }) => `${day} ${funded}/${overCap}/${outside}`,
  );
}
const spent = (day: string, minutes: number, options = {}): JourneyEvent =>
  time('case-management', day, minutes, options);

describe('minutes', () => {
  it('are funded on a day that the table covers', () => {
    expect(minutesOf(plainRules(), managed, spent('2024-02-01', 60))).toEqual(['2024-02-01 60/0/0']);
  });

  it('are outside on a day that nothing covers', () => {
    expect(minutesOf(plainRules(), managed, ...into, spent('2024-03-04', 60))).toEqual(['2024-03-04 0/0/60']);
    expect(minutesOf(plainRules(), spent('2024-02-01', 60))).toEqual(['2024-02-01 0/0/60']);
  });

  it.each<[string, JourneyEvent[], CompiledRuleSet, UnpaidReason]>([
    ['the gap of the day', [caseManager('2023-06-01'), uninsured('2024-01-31')], plainRules(), 'no-policy'],
    ['no need', [], plainRules(), 'not-needed'],
    ['the service stopped', [managed, entitled('2024-01-01'), admitted('2024-01-01')], plainRules(), 'ended'],
    ['death', [managed, died('2024-01-31')], plainRules(), 'after-death'],
    ['time for the carer', [managed], rulesWhere('carerMinutes', 'outside'), 'carer-minutes'],
  ])('outside have a reason: %s', (_, events, rules, reason) => {
    const subject = reason === 'carer-minutes' ? 'carer' : 'client';
    const [row] = cover([home, ...events, spent('2024-02-01', 60, { subject })], rules).minutes;
    expect(row).toMatchObject({ outside: 60, reason });
  });

  it('outside have the reason of a suspended or absorbed service', () => {
    const guided = [home, wmo(['guidance'], '2023-06-01'), time('guidance', '2024-02-01', 60)];
    const reasonAfter = (...events: JourneyEvent[]): unknown =>
      cover([...guided, ...events], plainRules()).minutes[0]!.reason;
    expect(reasonAfter()).toBeNull();
    expect(reasonAfter(stay('hospital', '2024-01-20'))).toBe('suspended');
    expect(reasonAfter(entitled('2024-01-01'), admitted('2024-01-01'))).toBe('absorbed');
  });

  it('are funded on a day that a pool pays', () => {
    expect(
      minutesOf(plainRules(), pooled(['guidance'], '2024-01-01'), time('guidance', '2024-02-01', 45)),
    ).toEqual(['2024-02-01 45/0/0']);
  });

  it('are funded without end in a window without a cap', () => {
    expect(minutesOf(rulesWithWindow(), managed, ...into, spent('2024-03-04', 600))).toEqual([
      '2024-03-04 600/0/0',
    ]);
  });

  it('not about this client are not counted', () => {
    expect(minutesOf(plainRules(), managed, spent('2024-02-01', 60, { attributable: false }))).toEqual([]);
  });

  it('of one service, day, provider and subject are one row', () => {
    const events = [
      spent('2024-02-01', 30, { id: 'a' }),
      spent('2024-02-01', 15, { id: 'b' }),
      spent('2024-02-01', 10, { id: 'c', provider: '32323232' }),
      spent('2024-02-01', 5, { id: 'd', subject: 'carer' }),
    ];
    const rows = cover([home, managed, ...events], plainRules()).minutes;
    expect(
      rows.map(({ provider, subject, funded, outside }) => `${provider} ${subject} ${funded} ${outside}`),
    ).toEqual(['31313131 client 45 0', '31313131 carer 0 5', '32323232 client 10 0']);
  });
});

describe('a cap', () => {
  const capped = rulesWithWindow({ cap: { minutes: 100 } });

  it('splits the minutes of a run in order of day, and shortens no row', () => {
    const events = [
      managed,
      ...into,
      spent('2024-03-20', 60),
      spent('2024-03-05', 70),
      spent('2024-03-21', 10),
    ];
    expect(minutesOf(capped, ...events)).toEqual([
      '2024-03-05 70/0/0',
      '2024-03-20 30/30/0',
      '2024-03-21 0/10/0',
    ]);
    expect(cover([home, ...events], capped).cover.at(1)).toMatchObject({
      firstDay: '2024-03-04',
      lastDay: '2024-04-14',
    });
  });

  it('fills on one day in order of provider, then source and id', () => {
    const events = [
      spent('2024-03-05', 60, { id: 'b' }),
      spent('2024-03-05', 30, { id: 'a', subject: 'carer' }),
      spent('2024-03-05', 60, { id: 'z', provider: '30303030' }),
    ];
    const rules = rulesWith({
      parameters: { carerMinutes: { national: { '2015-01-01': 'funded' } } },
      windows: [windowWith({ cap: { minutes: 100 } })],
    });
    const rows = cover([home, managed, ...into, ...events], rules).minutes;
    expect(
      rows.map(({ provider, subject, funded, overCap }) => `${provider} ${subject} ${funded} ${overCap}`),
    ).toEqual(['30303030 client 60 0', '31313131 carer 30 0', '31313131 client 10 50']);
  });

  it('is that of each run', () => {
    const rules = rulesWithWindow({ cap: { minutes: 100 }, repeat: 'restart', cutBy: ['discharge'] });
    const twice = [...into, discharged('2024-03-20'), admitted('2024-05-06', { provider: '45454545' })];
    expect(minutesOf(rules, managed, ...twice, spent('2024-03-05', 90), spent('2024-05-07', 90))).toEqual([
      '2024-03-05 90/0/0',
      '2024-05-07 90/0/0',
    ]);
  });

  it('does not touch days that the table covers too', () => {
    const rules = rulesWithWindow({
      cap: { minutes: 10 },
      trigger: 'entitlement-start',
      pays: [{ law: 'wmo', share: 100 }],
    });
    expect(minutesOf(rules, managed, entitled('2024-03-04'), spent('2024-03-05', 60))).toEqual([
      '2024-03-05 60/0/0',
    ]);
  });

  it('of two windows on one day fills in the order of the rule set', () => {
    const windows = [
      windowWith({ id: 'one', cap: { minutes: 40 } }),
      windowWith({ id: 'two', cap: { minutes: 50 }, pays: [{ law: 'wmo', share: 100 }] }),
    ];
    expect(
      minutesOf(rulesWith({ windows }), managed, ...into, spent('2024-03-05', 60), spent('2024-03-06', 60)),
    ).toEqual(['2024-03-05 60/0/0', '2024-03-06 30/30/0']);
  });

  it('of a window shared by two payers counts once', () => {
    const rules = rulesWithWindow({
      cap: { minutes: 40 },
      pays: [
        { law: 'zvw', share: 50 },
        { law: 'wlz', share: 50 },
      ],
    });
    expect(minutesOf(rules, managed, ...into, spent('2024-03-05', 60))).toEqual(['2024-03-05 40/20/0']);
  });
});

describe('minutes for the carer', () => {
  const forCarer = spent('2024-02-01', 45, { subject: 'carer' });

  it.each([
    ['outside', '2024-02-01 0/0/45'],
    ['funded', '2024-02-01 45/0/0'],
  ])('while the client lives follow the parameter: %s', (value, expected) => {
    expect(minutesOf(rulesWhere('carerMinutes', value), managed, forCarer)).toEqual([expected]);
  });

  it('funded means as for the client: outside where nothing covers', () => {
    expect(minutesOf(rulesWhere('carerMinutes', 'funded'), forCarer)).toEqual(['2024-02-01 0/0/45']);
  });

  it('outside use up no cap', () => {
    const rules = rulesWithWindow({ cap: { minutes: 50 } });
    expect(
      minutesOf(
        rules,
        managed,
        ...into,
        spent('2024-03-05', 40, { subject: 'carer' }),
        spent('2024-03-06', 50),
      ),
    ).toEqual(['2024-03-05 0/0/40', '2024-03-06 50/0/0']);
  });

  it('after the death are those of any window; on the day of death the client still lives', () => {
    const rules = rulesWithWindow({
      kind: 'aftercare',
      trigger: 'death',
      services: ['aftercare'],
      payer: 'at-trigger',
      requires: { carer: 'at-death' },
    });
    const talk = (day: string): JourneyEvent => time('aftercare', day, 30, { subject: 'carer' });
    expect(
      minutesOf(rules, carer('2023-01-01'), died('2024-08-11'), talk('2024-08-11'), talk('2024-08-12')),
    ).toEqual(['2024-08-11 0/0/30', '2024-08-12 30/0/0']);
  });

  it('are those of the level that says so', () => {
    const rules = rulesWith({
      parameters: { carerMinutes: { municipality: { '0363': { '2015-01-01': 'funded' } } } },
    });
    const talk = time('guidance', '2024-02-01', 30, { subject: 'carer' });
    expect(minutesOf(rules, wmo(['guidance'], '2024-01-01'), talk)).toEqual(['2024-02-01 30/0/0']);
  });
});

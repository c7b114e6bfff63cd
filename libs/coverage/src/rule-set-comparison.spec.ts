import { rulesWhere, rulesWith, windowWith, plainRules } from '../../../test/build/rule-sets.js';
import { admitted, caseManager, entitled, registered, time } from '../../../test/build/events.js';
import { fold } from '../../../test/build/answers.js';
import { services, type Service } from '@domeinbrug/terms';
import type { CompiledRuleSet } from './compile.js';
import { coverFacts } from './cover-facts.js';
import { collectingSink } from './collecting-sink.js';
import { differenceOf, mayDiffer } from './rule-set-comparison.js';

const differing = (a: CompiledRuleSet, b: CompiledRuleSet): Service[] =>
  services.filter((_, service) => differenceOf(a, b).services[service]);
const named = (a: CompiledRuleSet, mask: number): string[] =>
  a.parameters.filter(({ bit }) => bit & mask).map(({ name }) => name);

describe('the difference of two rule sets', () => {
  it('is none between a rule set and itself, and whatever does not count in a hash', () => {
    const sixWeeks = (keys: object): CompiledRuleSet => rulesWith({ windows: [windowWith({ ...keys })] });
    expect(differenceOf(plainRules(), plainRules()).isNone).toBe(true);
    expect(differenceOf(sixWeeks({}), sixWeeks({ source: 'elsewhere', length: { weeks: 6 } })).isNone).toBe(
      true,
    );
  });

  it('names a parameter whose readings differ, and not one that says the same in other dates', () => {
    const [a, b] = [plainRules(), rulesWhere('leaveAbsenceDays', 40)];
    expect(named(a, differenceOf(a, b).parameters)).toEqual(['leaveAbsenceDays']);
    const idle = { national: { '2015-01-01': 42, '2024-01-01': 42 } };
    expect(differenceOf(a, rulesWith({ parameters: { leaveAbsenceDays: idle } })).isNone).toBe(true);
    const local = { insurer: { '3311': { '2025-01-01': 42 } } };
    expect(differenceOf(a, rulesWith({ parameters: { leaveAbsenceDays: local } })).isNone).toBe(false);
  });

  it('names the service of a row that differs', () => {
    const guidance = ['wmo', 'undelivered', 'wlz', 'wlz', 'wlz', 'wlz', 'absorbed', 'ended'];
    expect(differing(plainRules(), rulesWith({ cover: { guidance } }))).toEqual(['guidance']);
  });

  it('names a window that one has, one that differs and those that changed places', () => {
    const one = windowWith({ id: 'one' });
    const other = windowWith({ id: 'other', trigger: 'move' });
    const triggers = (a: object[], b: object[]): string[] =>
      differenceOf(rulesWith({ windows: a as [] }), rulesWith({ windows: b as [] })).windows.map(
        ({ trigger }) => trigger,
      );
    expect(triggers([one], [one, other])).toEqual(['move']);
    expect(triggers([one, other], [other])).toEqual(['admission']);
    expect(triggers([one], [{ ...one, repeat: 'restart' }])).toEqual(['admission', 'admission']);
    expect(triggers([one, other], [other, one]).sort()).toEqual(['admission', 'admission', 'move', 'move']);
  });

  it('tells a price with its service and with every window that pays it', () => {
    const priced = (cents: number): CompiledRuleSet =>
      rulesWith({
        windows: [windowWith()],
        prices: { 'case-management': { unit: 'cent-per-hour', national: { '2024-01-01': cents } } },
      });
    expect(differing(priced(8800), priced(8900))).toEqual(['case-management']);
    expect(differenceOf(priced(8800), priced(8900)).windows).not.toEqual([]);
    expect(differenceOf(priced(8800), priced(8800)).isNone).toBe(true);
  });

  it('tells what a window is assumed to use with the window', () => {
    const rules = rulesWith({ windows: [windowWith()] });
    const use = { minutes: { low: 1, mid: 2, high: 3 }, per: 'day', source: 'assumption' } as const;
    const assuming: CompiledRuleSet = { ...rules, assumedUse: { 'six-weeks': use } };
    expect(differenceOf(rules, assuming).windows.map(({ trigger }) => trigger)).toEqual([
      'admission',
      'admission',
    ]);
    expect(
      differenceOf(assuming, { ...assuming, assumedUse: { 'six-weeks': { ...use, source: '' } } }).isNone,
    ).toBe(true);
  });
});

describe('whether a client may differ', () => {
  const may = (a: CompiledRuleSet, b: CompiledRuleSet, ...events: Parameters<typeof fold>): boolean => {
    const facts = fold(...events);
    return mayDiffer(differenceOf(a, b), coverFacts(facts, a, collectingSink()), facts);
  };
  const atHome = [registered('2023-01-01'), caseManager('2023-06-01')];

  it('is no for whom has nothing to do with it, yes for whom has', () => {
    const windowed = rulesWith({ windows: [windowWith()] });
    expect(may(plainRules(), windowed, ...atHome)).toBe(false);
    expect(may(plainRules(), windowed, ...atHome, entitled('2024-01-01'), admitted('2024-01-01'))).toBe(true);
  });

  it('sees time for a carer where the first rule set does not declare who pays it', () => {
    const rules = plainRules();
    const undeclared: CompiledRuleSet = {
      ...rules,
      parameters: rules.parameters.filter(({ name }) => name !== 'carerMinutes'),
      carerMinutes: { ...rules.carerMinutes, bit: 0 },
    };
    const funded = rulesWhere('carerMinutes', 'funded');
    expect(may(undeclared, funded, ...atHome)).toBe(false);
    expect(
      may(undeclared, funded, ...atHome, time('case-management', '2024-01-02', 60, { subject: 'carer' })),
    ).toBe(true);
    expect(differenceOf(undeclared, rules).isNone).toBe(true);
  });
});

import { formatDay } from '@domeinbrug/calendar';
import fc from 'fast-check';
import {
  addRuleSet,
  emptyCatalogue,
  parseRuleSet,
  readRuleSet,
  resolveRuleSet,
  type RuleSet,
} from './index.js';

const head = { schema: 'domeinbrug/rule-set/1', version: '1', title: 'Base', status: 'pilot' };
const base = resolved({
  ...head,
  id: 'base',
  parameters: {
    length: {
      unit: 'days',
      allowed: { min: 0, max: 100 },
      national: { '2015-01-01': { value: 10, provenance: { source: 'first' } }, '2020-01-01': 20 },
      insurer: { '3344': { '2018-01-01': 5 } },
    },
  },
  cover: {
    guidance: {
      value: ['wmo', 'wlz', 'wlz', 'wlz', 'wlz', 'wlz', 'absorbed', 'absorbed'],
      provenance: { source: 'row' },
    },
    residence: ['none', 'none', 'none', 'none', 'none', 'wlz', 'wlz', 'wlz'],
  },
  windows: [
    {
      ...{ id: 'first', kind: 'handover', trigger: 'admission', length: '$length', services: ['guidance'] },
      ...{ pays: [{ law: 'zvw', share: 100 }], requires: { sameProvider: true, minDaysInService: 3 } },
      ...{ cap: { minutes: 60 }, provenance: { source: 'window' } },
    },
    {
      ...{ id: 'second', kind: 'run-out', trigger: 'move', length: { weeks: 2 }, services: ['guidance'] },
      pays: [{ law: 'wmo', share: 100 }],
    },
  ],
  assumedUse: { first: { minutes: { low: 1, mid: 2, high: 3 }, per: 'window', source: 'guess' } },
  prices: { residence: { unit: 'cent-per-day', national: { '2024-01-01': 21484 } } },
});

function resolved(text: object): RuleSet {
  const { ruleSet, problems } = readRuleSet(text, emptyCatalogue);
  if (!ruleSet) throw new Error(JSON.stringify(problems));
  return ruleSet;
}

/** What an overlay without a name of its own makes of a rule set. */
function over(under: RuleSet, text: object): RuleSet {
  const catalogue = addRuleSet(emptyCatalogue, under);
  if (!catalogue.ok) throw new Error('not added');
  const { ruleSet, problems } = readRuleSet({ ...text, base: under.id }, catalogue.value, { inline: true });
  if (!ruleSet) throw new Error(JSON.stringify(problems));
  return ruleSet;
}

function values(dated: RuleSet['parameters'][string]['national']): Record<string, unknown> {
  return Object.fromEntries(dated.map(({ since, value }) => [formatDay(since), value]));
}

describe('parameters merge value by value', () => {
  const merged = over(base, {
    parameters: {
      length: {
        national: { '2020-01-01': 30, '2022-01-01': 40 },
        insurer: { '3344': { '2024-01-01': null } },
      },
    },
  }).parameters['length']!;

  test('by day', () => {
    expect(values(merged.national)).toEqual({ '2015-01-01': 10, '2020-01-01': 30, '2022-01-01': 40 });
  });
  test('by code, null included', () => {
    expect(values(merged.local.insurer['3344']!)).toEqual({ '2018-01-01': 5, '2024-01-01': null });
  });
  test('and keep the unit and what is allowed', () => {
    expect(merged).toMatchObject({ unit: 'days', allowed: { min: 0, max: 100, step: 1 } });
  });
});

describe('windows merge by id', () => {
  test('key by key at the first level', () => {
    const [first] = over(base, { windows: [{ id: 'first', requires: { minDaysInService: 9 } }] }).windows;
    expect(first).toMatchObject({
      trigger: 'admission',
      requires: { minDaysInService: 9 },
      cap: { minutes: 60 },
    });
    expect(first!.requires).not.toHaveProperty('sameProvider');
  });
  test('pays and phases replace each other', () => {
    const phases = [{ days: 7, pays: [{ law: 'wlz', share: 100 }] }, { pays: [{ law: 'zvw', share: 100 }] }];
    const phased = { ...over(base, { windows: [{ id: 'first', phases }] }), id: 'phased' };
    expect(phased.windows[0]!.phases).toHaveLength(2);
    const back = over(phased, { windows: [{ id: 'first', pays: [{ law: 'zvw', share: 100 }] }] });
    expect(back.hash).toBe(base.hash);
  });
  test('new ones come after, in their order', () => {
    const added = ['a', 'b'].map((id) => ({
      ...base.windows[1]!,
      id,
      source: 'x',
      phases: [{ pays: [{ law: 'wmo', share: 100 }] }],
    }));
    const { windows } = over(base, { windows: [...added, { id: 'first', repeat: 'restart' }] });
    expect(windows.map(({ id }) => id)).toEqual(['first', 'second', 'a', 'b']);
  });
  test('remove takes one out, with its assumed use and source', () => {
    const without = over(base, { windows: [{ id: 'first', remove: true }] });
    expect(without.windows.map(({ id }) => id)).toEqual(['second']);
    expect(without.assumedUse).toEqual({});
    expect(Object.keys(without.provenance)).not.toContain('windows.first');
  });
  test('a cap can be taken off', () => {
    expect(over(base, { windows: [{ id: 'first', cap: null }] }).windows[0]!.cap).toBeNull();
  });
});

describe('the other parts', () => {
  test('rows are replaced whole, with their source', () => {
    const row = ['wmo', 'wmo', 'wmo', 'wmo', 'wmo', 'wmo', 'ended', 'ended'];
    const changed = over(base, { cover: { guidance: row } });
    expect(changed.cover).toEqual({ guidance: row, residence: base.cover.residence });
    expect(changed.provenance).not.toHaveProperty(['cover.guidance']);
  });
  test('a replaced value loses its source, the others keep theirs', () => {
    const path = 'parameters.length.national.2015-01-01';
    expect(base.provenance[path]).toEqual({ source: 'first' });
    expect(
      over(base, { parameters: { length: { national: { '2015-01-01': 3 } } } }).provenance[path],
    ).toBeUndefined();
    expect(
      over(base, { parameters: { length: { national: { '2020-01-01': 3 } } } }).provenance[path],
    ).toBeDefined();
  });
  test('prices and assumed use merge likewise', () => {
    const changed = over(base, {
      prices: { residence: { municipality: { '0772': { '2024-01-01': 1 } } } },
      assumedUse: { first: { per: 'day' } },
    });
    expect(changed.prices['residence']).toMatchObject({ unit: 'cent-per-day', national: [{ value: 21484 }] });
    expect(changed.assumedUse['first']).toEqual({
      minutes: { low: 1, mid: 2, high: 3 },
      per: 'day',
      source: 'guess',
    });
  });
  test('columns may stand in another order', () => {
    const columns = [
      ...'residence residence-with-treatment part-time-residence full-package personal-budget modular entitled outside'.split(
        ' ',
      ),
    ];
    const guidance = ['absorbed', 'absorbed', 'wlz', 'wlz', 'wlz', 'wlz', 'wlz', 'wmo'];
    expect(over(base, { cover: { columns, guidance } }).hash).toBe(base.hash);
  });
});

describe('laws of overlays', () => {
  const day = fc.integer({ min: 0, max: 5 }).map((year) => `201${year + 4}-01-01`);
  const value = fc.integer({ min: 0, max: 100 });
  const codes = fc.dictionary(
    fc.constantFrom('3344', '3355'),
    fc.dictionary(day, fc.option(value), { maxKeys: 3 }),
  );
  const patch = fc.record({
    parameters: fc.record({
      length: fc.record({ national: fc.dictionary(day, value, { maxKeys: 3 }), insurer: codes }),
    }),
    windows: fc.uniqueArray(
      fc.record(
        {
          id: fc.constantFrom('first', 'second'),
          repeat: fc.constantFrom('once', 'restart'),
          cutBy: fc.subarray(['discharge', 'move', 'completed']),
          length: fc.constantFrom('$length', { days: 3 }, { months: 1 }),
        },
        { requiredKeys: ['id'] },
      ),
      { selector: ({ id }) => id },
    ),
  });
  const named = (ruleSet: RuleSet): RuleSet => ({ ...ruleSet, id: 'between' });

  test('an overlay that says nothing keeps the hash', () => {
    fc.assert(
      fc.property(patch, (text) => {
        const changed = named(over(base, text));
        expect(over(changed, {}).hash).toBe(changed.hash);
      }),
      { seed: 11, numRuns: 60 },
    );
  });

  test('laying one over twice is laying it over once', () => {
    fc.assert(
      fc.property(patch, (text) => {
        const once = named(over(base, text));
        expect(over(once, text).hash).toBe(once.hash);
      }),
      { seed: 12, numRuns: 60 },
    );
  });

  test('of two overlays the later has the last word, and the earlier keeps the rest', () => {
    fc.assert(
      fc.property(patch, patch, (earlier, later) => {
        const both = over(named(over(base, earlier)), later);
        const expected = {
          ...values(base.parameters['length']!.national),
          ...earlier.parameters.length.national,
          ...later.parameters.length.national,
        };
        expect(values(both.parameters['length']!.national)).toEqual(expected);
      }),
      { seed: 13, numRuns: 60 },
    );
  });

  test('overlays that name different parts may be laid in either order', () => {
    fc.assert(
      fc.property(patch, patch, ({ parameters }, { windows }) => {
        const one = over(named(over(base, { parameters })), { windows });
        const other = over(named(over(base, { windows })), { parameters });
        expect(one.hash).toBe(other.hash);
      }),
      { seed: 14, numRuns: 60 },
    );
  });
});

describe('bases of bases', () => {
  const text = (id: string, on?: string): string =>
    JSON.stringify({ ...head, id, ...(on && { base: on }), windows: [] });
  const parsed = (id: string, on?: string): Parameters<typeof resolveRuleSet>[0] => {
    const result = parseRuleSet(text(id, on));
    if (!result.ok) throw new Error(id);
    return result.value;
  };

  test('are followed', () => {
    const bottom = parsed('bottom');
    const middle = parsed('middle', 'bottom@1');
    const result = resolveRuleSet(parsed('top', 'middle'), ({ id }) => (id === 'middle' ? middle : bottom));
    expect(result).toMatchObject({ ok: true, value: { id: 'top', base: { id: 'middle', version: '1' } } });
  });

  test('may not go round', () => {
    const one = parsed('one', 'two');
    const two = parsed('two', 'one');
    const result = resolveRuleSet(one, ({ id }) => (id === 'two' ? two : one));
    expect(result).toMatchObject({ ok: false, problems: [{ code: 'base-cycle', path: 'base', line: 1 }] });
  });

  test('may not be itself', () => {
    const own = parsed('one', 'one@1');
    const result = resolveRuleSet(own, () => own);
    expect(result).toMatchObject({ ok: false, problems: [{ code: 'base-cycle' }] });
  });
});

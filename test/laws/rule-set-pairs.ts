import type { Cell, RuleSet } from '@domeinbrug/rules';
import { columns, tableServices } from '@domeinbrug/terms';
import fc from 'fast-check';
import { ruleSets } from './rule-sets.js';

export interface RuleSetPair {
  a: RuleSet;
  b: RuleSet;
}

type Change = (ruleSet: RuleSet, other: RuleSet, pick: number) => RuleSet;

/** One value, declaration, cell or window made as in another rule set. */
const changes: Record<string, Change> = {
  parameter: (ruleSet, other, pick) => {
    const name = at(Object.keys(ruleSet.parameters), pick);
    return { ...ruleSet, parameters: { ...ruleSet.parameters, [name]: other.parameters[name]! } };
  },
  undeclared: (ruleSet, _other, pick) => without(ruleSet, at(engineParameters, pick)),
  cell: (ruleSet, _other, pick) => {
    const service = at(tableServices, pick);
    const column = 1 + (pick % (columns.length - 1));
    const cell = at<Cell>(
      ['wmo', 'zvw', 'wlz', 'none', 'absorbed', 'ended', 'undelivered', '$anyCell'],
      pick,
    );
    return { ...ruleSet, cover: { ...ruleSet.cover, [service]: ruleSet.cover[service]!.with(column, cell) } };
  },
  row: (ruleSet, other, pick) => {
    const service = at(tableServices, pick);
    return { ...ruleSet, cover: { ...ruleSet.cover, [service]: other.cover[service]! } };
  },
  windowAdded: (ruleSet, other) => ({
    ...ruleSet,
    windows: [...ruleSet.windows, ...other.windows.slice(0, 1).map((window) => ({ ...window, id: 'added' }))],
  }),
  windowGone: (ruleSet, _other, pick) => ({
    ...ruleSet,
    windows: ruleSet.windows.filter((_, index) => index !== pick % ruleSet.windows.length),
  }),
  windowKey: (ruleSet, other, pick) => ({
    ...ruleSet,
    windows: ruleSet.windows.map((window, index) => {
      const donor = other.windows[0];
      if (!donor || index !== pick % ruleSet.windows.length) return window;
      return {
        ...window,
        [at(['length', 'cap', 'phases'] as const, pick)]:
          donor[at(['length', 'cap', 'phases'] as const, pick)],
      };
    }),
  }),
  windowOrder: (ruleSet) => ({ ...ruleSet, windows: ruleSet.windows.toReversed() }),
  nothing: (ruleSet) => ({ ...structuredClone(ruleSet), title: 'The same by another name' }),
};

const engineParameters = [
  'undelivered',
  'wmoStops',
  'transitionDay',
  'carerMinutes',
  'hospitalAbsenceDays',
  'leaveAbsenceDays',
];

function at<T>(list: readonly T[], pick: number): T {
  return list[pick % list.length]!;
}

function without(ruleSet: RuleSet, name: string): RuleSet {
  const kept = Object.entries(ruleSet.parameters).filter(([each]) => each !== name);
  return { ...ruleSet, parameters: Object.fromEntries(kept) };
}

/** Two rule sets that differ in one or two things, either of which may be the first; sometimes unrelated ones. */
export const ruleSetPairs: fc.Arbitrary<RuleSetPair> = fc
  .record({
    one: ruleSets,
    other: ruleSets,
    undeclared: fc.subarray(engineParameters, { maxLength: 2 }),
    change: fc.array(fc.tuple(fc.constantFrom(...Object.values(changes)), fc.nat()), {
      minLength: 1,
      maxLength: 2,
    }),
    isUnrelated: fc.integer({ min: 0, max: 9 }).map((drawn) => drawn === 0),
    isTurned: fc.boolean(),
  })
  .map(({ one, other, undeclared, change, isUnrelated, isTurned }) => {
    const a = undeclared.reduce(without, one);
    const b = isUnrelated ? other : change.reduce((ruleSet, [make, pick]) => make(ruleSet, other, pick), a);
    return isTurned ? { a: b, b: a } : { a, b };
  });

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  compareRuleSets,
  findRuleSet,
  loadRuleSets,
  readRuleSet,
  type RuleSet,
  type RuleSetDifference,
} from './index.js';

const folder = join(__dirname, '../../../rules');
const loaded = loadRuleSets(
  readdirSync(folder).map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') })),
);
if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
const shipped = loaded.value;
const ruleSet = (id: string): RuleSet => findRuleSet(shipped, id)!;

function overlay(base: string, change: object): RuleSet {
  const { ruleSet: read, problems } = readRuleSet({ base, ...change }, shipped, { inline: true });
  if (!read) throw new Error(JSON.stringify(problems));
  return read;
}

function between(base: string, change: object): RuleSetDifference[] {
  return compareRuleSets(ruleSet(base), overlay(base, change));
}

test('two rule sets say something else exactly when their hashes differ', () => {
  for (const one of shipped.ruleSets) {
    for (const other of shipped.ruleSets) {
      expect(compareRuleSets(one, other).length === 0).toBe(one.hash === other.hash);
    }
  }
});

test('a dated value is told by its level, code and day', () => {
  const handoverLength = { insurer: { 3311: { '2025-01-01': 28 } }, national: { '2027-01-01': 14 } };
  expect(between('six-weeks', { parameters: { handoverLength } })).toEqual([
    { path: ['parameters', 'handoverLength', 'national', '2027-01-01'], before: undefined, after: 14 },
    {
      path: ['parameters', 'handoverLength', 'insurer', '3311'],
      before: undefined,
      after: { '2025-01-01': 28 },
    },
  ]);
});

test('a cell, a key of a window and a window are each one difference', () => {
  const [cell] = between('sharp-cut', {
    cover: { 'case-management': ruleSet('sharp-cut').cover['case-management']!.with(0, 'none') },
  });
  expect(cell).toEqual({ path: ['cover', 'case-management', 'outside'], before: 'zvw', after: 'none' });
  const [gone, ...more] = between('sharp-cut', { windows: [{ id: 'vacancy', remove: true }] });
  expect(more).toEqual([]);
  expect(gone).toMatchObject({ path: ['windows', 'vacancy'], before: { kind: 'vacancy' }, after: undefined });
  expect(between('sharp-cut', { windows: [{ id: 'handover', repeat: 'once' }] })).toEqual(
    ruleSet('sharp-cut').windows.find(({ id }) => id === 'handover')!.repeat === 'once'
      ? []
      : [{ path: ['windows', 'handover', 'repeat'], before: expect.any(String), after: 'once' }],
  );
});

test('the order of windows that both have is told', () => {
  const { windows, ...rest } = ruleSet('sharp-cut');
  const reversed = { ...rest, windows: windows.toReversed() };
  expect(compareRuleSets({ ...rest, windows }, reversed)).toEqual([
    { path: ['windows'], before: windows.map(({ id }) => id), after: reversed.windows.map(({ id }) => id) },
  ]);
});

import { compareRuleSets, findRuleSet, loadRuleSets, readRuleSet, type RuleSet } from '@domeinbrug/rules';
import { readFileSync, readdirSync } from 'node:fs';
import { describeDifferences } from './rule-set-differences.js';

const loaded = loadRuleSets(
  readdirSync('rules').map((name) => ({ name, text: readFileSync(`rules/${name}`, 'utf8') })),
);
if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
const shipped = loaded.value;

function overlay(base: string, change: object): [RuleSet, RuleSet] {
  const { ruleSet, problems } = readRuleSet({ base, ...change }, shipped, { inline: true });
  if (!ruleSet) throw new Error(JSON.stringify(problems));
  return [findRuleSet(shipped, base)!, ruleSet];
}

const told = (before: RuleSet, after: RuleSet): string[] =>
  describeDifferences(compareRuleSets(before, after), before, after);

test('values are told with their unit and place', () => {
  const handoverLength = {
    national: { '2015-01-01': 35 },
    insurer: { 3311: { '2025-01-01': 28, '2027-01-01': null } },
  };
  expect(told(...overlay('six-weeks', { parameters: { handoverLength } }))).toEqual([
    '',
    'Parameters',
    '  handoverLength, national from 2015-01-01: 42 days → 35 days',
    '  handoverLength, insurer 3311: not said → 2025-01-01 28 days; 2027-01-01 left to the next level',
  ]);
});

test('cells and windows are told in words', () => {
  const row = findRuleSet(shipped, 'sharp-cut')!.cover['day-activities']!.with(0, 'none');
  const window = {
    id: 'handover',
    length: { weeks: 6 },
    phases: [
      {
        days: 14,
        pays: [
          { law: 'zvw', share: 50 },
          { law: 'wlz', share: 50 },
        ],
      },
      { pays: [{ law: 'zvw', share: 100 }] },
    ],
  };
  const lines = told(...overlay('sharp-cut', { cover: { 'day-activities': row }, windows: [window] }));
  expect(lines).toEqual([
    '',
    'Table',
    '  day-activities, outside: wmo → none',
    '',
    'Windows',
    '  handover, phases: zvw → zvw 50% and wlz 50% for 14 days, then zvw',
    '  handover, length: $handoverLength → 42 days',
  ]);
});

test('a window that only one of them has is told whole', () => {
  const [before, after] = overlay('sharp-cut', { windows: [{ id: 'vacancy', remove: true }] });
  expect(told(before, after)[2]).toMatch(
    /^ {2}vacancy: only in sharp-cut@2026\.1: .*cap none; kind vacancy; trigger death; .*phases wlz; length \$vacancyLength; /,
  );
});

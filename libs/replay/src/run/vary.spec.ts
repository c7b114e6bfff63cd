import { readFileSync } from 'node:fs';
import { loadRuleSets, readRuleSet, type RuleSet } from '@domeinbrug/rules';
import { readVary } from './vary.js';

const loaded = loadRuleSets(
  ['sharp-cut', 'six-weeks'].map((id) => ({ name: id, text: readFileSync(`rules/${id}.yaml`, 'utf8') })),
);
if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
const sixWeeks = loaded.value.ruleSets.find(({ id }) => id === 'six-weeks')!;
const allowed = sixWeeks.parameters['handoverLength']!.allowed as { min: number; max: number; step: number };

function valuesOf(parameter: string, written: string, ruleSet: RuleSet = sixWeeks): readonly number[] {
  const read = readVary(parameter, written, ruleSet);
  if (!read.ok) throw new Error(read.problem.message);
  expect(read.value.parameter).toBe(parameter);
  return read.value.values;
}

function problemOf(parameter: string, written: string, ruleSet: RuleSet = sixWeeks): string {
  const read = readVary(parameter, written, ruleSet);
  if (read.ok) throw new Error(`${written} was read`);
  return `${read.problem.code}: ${read.problem.message}`;
}

describe('what to vary', () => {
  it('is a range with both ends, in steps', () => {
    const lengths = valuesOf('handoverLength', '0..182 step 7');
    expect(lengths).toHaveLength(27);
    expect([lengths[0], lengths[1], lengths.at(-1)]).toEqual([0, 7, 182]);
    expect(valuesOf('handoverLength', ' 0 .. 20 step 7 ')).toEqual([0, 7, 14]);
    expect(valuesOf('handoverLength', '42..42')).toEqual([42]);
  });

  it('takes the step of the parameter where none is named', () => {
    expect(valuesOf('handoverLength', '0..21')[1]).toBe(allowed.step);
    expect(valuesOf('claimWithinDays', '7..10')).toEqual([7, 8, 9, 10]);
  });

  it('is a list of single values, put in order, each once', () => {
    expect(valuesOf('handoverLength', '42, 0,28, 42')).toEqual([0, 28, 42]);
    expect(valuesOf('handoverLength', '42')).toEqual([42]);
  });

  it('is whole where the unit is', () => {
    expect(problemOf('handoverLength', '0..1 step 0.5')).toBe(
      'wrong-value: 0.5 is no value in days: write a whole number, 0 or more.',
    );
  });

  it('must be a number that the alternative reads', () => {
    expect(problemOf('handoverlength', '0..7')).toMatch(
      /^unknown-parameter: six-weeks has no parameter handoverlength\. Name one of: .*handoverLength/,
    );
    expect(problemOf('undelivered', '0..7')).toContain('undelivered of six-weeks is no number. Name one of');
    expect(problemOf('toString', '0..7')).toContain('has no parameter toString');
    const parameters = { unused: { unit: 'percent', national: { '2015-01-01': 50 } } };
    const overlay = readRuleSet({ base: 'six-weeks', parameters }, loaded.value, { inline: true });
    expect(problemOf('unused', '0..1', overlay.ruleSet!)).toContain('is read by no rule');
  });

  it('must lie within what the parameter allows', () => {
    expect(problemOf('handoverLength', '0..10000 step 5000')).toMatch(
      /^value-not-allowed: handoverLength 5000 is outside what is allowed\. Write a number from 0 to /,
    );
    expect(problemOf('claimWithinDays', '0..7')).toContain('claimWithinDays 0 is outside');
  });

  it.each([
    ['182..0 step 7', 'Write the lower end first: 0..182.'],
    ['0..182 step 0', 'Write a step above 0.'],
    ['0..9999 step 1', 'That is 10000 values. Write at most 400, with a greater step.'],
    ['0-182', 'is no range of numbers. Write 0..182 step 7, or single values: 0, 28, 42.'],
    ['', '"" is no range of numbers.'],
    ['-7..7', 'is no range of numbers'],
  ])('refuses %j with what to write instead', (written, sentence) => {
    expect(problemOf('handoverLength', written)).toContain(sentence);
  });
});

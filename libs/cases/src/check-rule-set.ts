import {
  addRuleSet,
  findRuleSet,
  readRuleSet,
  warningAt,
  type RuleSet,
  type RuleSetCatalogue,
  type RuleSetProblem,
  type RuleSetWarning,
  type Window,
} from '@domeinbrug/rules';
import { readCases, type Case } from './case-file.js';
import { runExamples, type ExampleResult } from './rule-set-examples.js';

/** Everything that there is to say of a rule set before it is used. */
export interface CheckedRuleSet {
  /** `null` when there are problems of form or meaning. Its examples may not hold. */
  ruleSet: RuleSet | null;
  problems: RuleSetProblem[];
  warnings: RuleSetWarning[];
  examples: ExampleResult[];
}

/**
 * Reads a rule set over the bases of a catalogue and runs its examples.
 * @param catalogue may hold the rule set itself, whose place the text then takes
 */
export function checkRuleSet(text: string, catalogue: RuleSetCatalogue): CheckedRuleSet {
  const { ruleSet, problems, warnings } = readRuleSet(text, catalogue);
  if (!ruleSet) return { ruleSet, problems, warnings, examples: [] };
  const examples = runExamples(ruleSet, withRuleSet(catalogue, ruleSet));
  return {
    ruleSet,
    problems,
    warnings: [...warnings, ...windowsWithoutExample(ruleSet, catalogue)],
    examples,
  };
}

/** Examples may compare a rule set with others, and name it by its own id. */
function withRuleSet({ ruleSets }: RuleSetCatalogue, ruleSet: RuleSet): RuleSetCatalogue {
  const others = ruleSets.filter(({ id, version }) => id !== ruleSet.id || version !== ruleSet.version);
  const added = addRuleSet({ ruleSets: others }, ruleSet);
  return added.ok ? added.value : { ruleSets };
}

/** A published window that no example expects a row of: nobody has written down what it is meant to do. */
function windowsWithoutExample(ruleSet: RuleSet, catalogue: RuleSetCatalogue): RuleSetWarning[] {
  if (ruleSet.publishedOn === null) return [];
  const base = ruleSet.base && findRuleSet(catalogue, ruleSet.base);
  const { cases } = readCases('examples.json', JSON.stringify(ruleSet.examples));
  const reached = new Set(cases.flatMap((one) => rulesExpected(one.case, ruleSet)));
  return ruleSet.windows
    .filter(
      (window) => !reached.has(window.id) && canPay(window, ruleSet) && !isInherited(window, ruleSet, base),
    )
    .map(({ id }) =>
      warningAt(
        ['windows', id],
        'window-without-example',
        `No example expects a row of the window ${id}. Add one that opens it, so that what it means is written down.`,
      ),
    );
}

/** The rules of the rows that an example expects under the rule set that carries it. */
function rulesExpected({ ruleSet, expect, knownAt }: Case, carrier: RuleSet): string[] {
  const own = [undefined, carrier.id, `${carrier.id}@${carrier.version}`];
  if (typeof ruleSet === 'object' || !own.includes(ruleSet)) return [];
  return [expect, ...Object.values(knownAt ?? {})].flatMap((each) =>
    (each?.cover ?? []).map((row) => String(row['rule'])),
  );
}

/** What an overlay leaves as it was is for its base to explain. */
function isInherited(window: Window, ruleSet: RuleSet, base: RuleSet | null | undefined): boolean {
  const inBase = base?.windows.find(({ id }) => id === window.id);
  if (!base || !inBase) return false;
  const meaning = (one: Window, { parameters }: RuleSet): string =>
    JSON.stringify([one, 'parameter' in one.length ? parameters[one.length.parameter] : null]);
  return meaning(window, ruleSet) === meaning(inBase, base);
}

/** A window whose length is zero on every day is there to be turned on by another rule set. */
function canPay({ length }: Window, { parameters }: RuleSet): boolean {
  if (!('parameter' in length)) return true;
  const { national, local } = parameters[length.parameter]!;
  const values = [...national, ...Object.values(local).flatMap((codes) => Object.values(codes).flat())];
  return values.some(({ value }) => value !== 0 && value !== null);
}

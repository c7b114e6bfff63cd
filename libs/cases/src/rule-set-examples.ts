import type { RuleSet, RuleSetCatalogue } from '@domeinbrug/rules';
import { readCases, type CaseProblem } from './case-file.js';
import { caseRunner, type CaseResult } from './run-case.js';

/** Runs the examples that a rule set carries; one without `ruleSet` is about the set itself. */
export function runExamples(
  ruleSet: RuleSet,
  catalogue: RuleSetCatalogue,
): { results: CaseResult[]; problems: CaseProblem[] } {
  const file = `${ruleSet.id}@${ruleSet.version} examples.json`;
  const { cases, problems } = readCases(file, JSON.stringify(ruleSet.examples));
  const runner = caseRunner(catalogue, ruleSet);
  return { results: cases.map((read) => runner.run(read.case)), problems };
}

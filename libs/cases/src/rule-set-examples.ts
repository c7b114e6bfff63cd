import type { RuleSet, RuleSetCatalogue } from '@domeinbrug/rules';
import { readCases } from './case-file.js';
import { caseRunner } from './run-case.js';

/** What became of one example of a rule set. */
export interface ExampleResult {
  /** Its place among the examples, from 0. */
  index: number;
  id: string;
  /** What came out instead, or why it is no case; empty = the example holds. */
  failures: string[];
}

/** Runs the examples that a rule set carries; one without `ruleSet` is about the set itself. */
export function runExamples(ruleSet: RuleSet, catalogue: RuleSetCatalogue): ExampleResult[] {
  const runner = caseRunner(catalogue, ruleSet);
  return ruleSet.examples.map((example, index) => {
    const name = `example ${index + 1}`;
    const { cases, problems } = readCases(`${name}.json`, JSON.stringify([example]));
    const [read] = cases;
    if (!read) return { index, id: name, failures: problems.map(({ message }) => message) };
    return { index, id: read.case.id, failures: runner.run(read.case).failures };
  });
}

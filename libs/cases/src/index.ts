export { readCases, type Case, type Expectation, type CaseProblem } from './case-file.js';
export { checkRuleSet, type CheckedRuleSet } from './check-rule-set.js';
export { caseRunner, type CaseResult, type CaseRunner } from './run-case.js';
export { runExamples, type ExampleResult } from './rule-set-examples.js';

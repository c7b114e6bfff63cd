export { readCases, type Case, type Expectation, type CaseProblem } from './case-file.js';
export { caseRunner, type CaseResult, type CaseRunner } from './run-case.js';
export { runExamples } from './rule-set-examples.js';

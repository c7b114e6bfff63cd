export { eventsOf } from './case-events.js';
export {
  readCases,
  type Case,
  type CaseEvent,
  type CaseProblem,
  type Expectation,
  type RuleSetChoice,
} from './case-file.js';
export { checkRuleSet, type CheckedRuleSet } from './check-rule-set.js';
export { fundersText } from './compare.js';
export { caseRunner, type CaseResult, type CaseRunner } from './run-case.js';
export { runExamples, type ExampleResult } from './rule-set-examples.js';

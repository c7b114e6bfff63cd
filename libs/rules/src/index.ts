export * from './rule-set.js';
export { ruleSetSchema } from './rule-set-schema.js';
export { parseRuleSet, type ParseOptions } from './parse-rule-set.js';
export {
  formatReference,
  parseReference,
  type ParameterPatch,
  type ParsedRuleSet,
  type PricePatch,
  type RuleSetReference,
  type WindowPatch,
} from './parsed-rule-set.js';
export { resolveRuleSet, type RuleSetLookup } from './resolve-rule-set.js';
export {
  addRuleSet,
  compareVersions,
  emptyCatalogue,
  findRuleSet,
  loadRuleSets,
  readRuleSet,
  type NamedText,
  type RuleSetCatalogue,
  type RuleSetReading,
} from './catalogue.js';
export {
  formatPath,
  formatPointer,
  ruleSetProblemCodes,
  type Checked,
  type Path,
  type RuleSetProblem,
  type RuleSetProblemCode,
} from './problem.js';
export {
  lintRuleSet,
  parametersRead,
  warningAt,
  type RuleSetWarning,
  type RuleSetWarningCode,
} from './lint.js';
export { fixedParameters, type FixedParameter } from './fixed-parameters.js';
export { compareRuleSets, isSame, type RuleSetDifference } from './compare-rule-sets.js';
export { canonicalForm, hashOf, sameMeaning, windowForm, type Meaning } from './hash.js';
export { isAllowed } from './check-parameters.js';

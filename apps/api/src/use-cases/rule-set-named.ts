import { AskedText, type ChecksWhatIsKnown } from '@domeinbrug/platform';
import type { ProblemError } from '@domeinbrug/problems';
import type { RuleSet } from '@domeinbrug/rules';
import type { Rules } from '../stores/rules.js';

const fieldsThatName: { question: object; field: string }[] = [];

/** The field names one rule set, or a list of them: a name that is not known is told with all else that is wrong. */
export function NamesRuleSets(): PropertyDecorator {
  return (target, property) =>
    void fieldsThatName.push({ question: target.constructor, field: String(property) });
}

/** What a question names that is not there. */
export function unknownRuleSets(rules: Rules): ChecksWhatIsKnown {
  return (question, asked) =>
    fieldsThatName
      .filter((each) => each.question === question)
      .flatMap(({ field }) => unknownIn(rules, asked[field], `/${field}`));
}

function unknownIn(rules: Rules, value: unknown, pointer: string): ProblemError[] {
  if (Array.isArray(value)) return value.flatMap((each, at) => unknownIn(rules, each, `${pointer}/${at}`));
  if (typeof value !== 'string') return [];
  const read = ruleSetNamed(rules, value, pointer);
  return 'error' in read ? [read.error] : [];
}

/** The name of a rule set in a question. */
export function AskedRuleSet(description: string): PropertyDecorator {
  const check = AskedText(
    /^[a-z0-9]+(-[a-z0-9]+)*(@[A-Za-z0-9._-]+)?$/,
    'Write the id of a rule set, or id@version, such as sharp-cut or six-weeks@2026.1.',
    description,
    'six-weeks@2026.1',
  );
  return (target, property) => {
    check(target, property);
    NamesRuleSets()(target, property);
  };
}

/** The rule set that a question names (the active one by default), or what is wrong with the name. */
export function ruleSetNamed(
  rules: Rules,
  name: string | undefined,
  pointer = '/ruleSet',
): { ruleSet: RuleSet } | { error: ProblemError } {
  const ruleSet = name === undefined ? rules.active : rules.find(name);
  if (ruleSet) return { ruleSet };
  const known = [...new Set(rules.all.map(({ id }) => id))].join(', ');
  return {
    error: {
      pointer,
      code: 'rule-set-unknown',
      detail: `There is no rule set "${name}"; there are ${known}.`,
    },
  };
}

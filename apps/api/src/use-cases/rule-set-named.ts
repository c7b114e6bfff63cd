import { AskedText, type ProblemError } from '@domeinbrug/platform';
import type { RuleSet } from '@domeinbrug/rules';
import type { Rules } from '../stores/load-rules.js';

/** The name of a rule set in a question. */
export function AskedRuleSet(description: string): PropertyDecorator {
  return AskedText(
    /^[a-z0-9]+(-[a-z0-9]+)*(@[A-Za-z0-9._-]+)?$/,
    'Write the id of a rule set, or id@version, such as sharp-cut or six-weeks@2026.1.',
    description,
    'six-weeks@2026.1',
  );
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

import type { Config } from '@domeinbrug/platform';
import { loadRules, type Rules } from '../../api/src/stores/load-rules.js';
import type { RuleSet } from '@domeinbrug/rules';
import { WrongUse } from './refusal.js';

/** The rule sets of the settings, as the service reads them. @throws RulesRefused */
export function rulesOf(config: Config): Rules {
  return loadRules(config.rulesDir, config.ruleSet);
}

/** The rule set named, or the active one. @throws WrongUse */
export function ruleSetNamed(rules: Rules, name: string | undefined): RuleSet {
  const found = rules.find(name ?? 'active');
  if (found) return found;
  const known = rules.all.map(({ id, version }) => `${id}@${version}`).join(', ');
  throw new WrongUse(`--rule-set: there is no "${name}"; there are ${known}.`);
}

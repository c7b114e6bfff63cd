import { openSqliteEventLogReader, type EventLogReader } from '@domeinbrug/event-store';
import type { Config } from '@domeinbrug/platform';
import type { RuleSet } from '@domeinbrug/rules';
import { openRules } from '../../api/src/stores/open-rules.js';
import { nameOf, type Rules } from '../../api/src/stores/rules.js';
import { WrongUse } from './refusal.js';

/**
 * The rule sets of the folder and of the data folder's log, as the service reads them; of the folder alone where there
 * is no log.
 * @throws RulesRefused, LogFileRefused
 */
export async function rulesOf(config: Config): Promise<Rules> {
  const log = logIfThere(config);
  try {
    return await openRules(config, log);
  } finally {
    await log?.close();
  }
}

/** The rule set named, or the active one. @throws WrongUse */
export function ruleSetNamed(rules: Rules, name: string | undefined, option = '--rule-set'): RuleSet {
  const found = rules.find(name ?? 'active');
  if (found) return found;
  throw new WrongUse(`${option}: there is no "${name}"; there are ${rules.all.map(nameOf).join(', ')}.`);
}

function logIfThere(config: Config): EventLogReader | null {
  try {
    return openSqliteEventLogReader(config);
  } catch (error) {
    if (error instanceof Error && error.name === 'LogNotFound') return null;
    throw error;
  }
}

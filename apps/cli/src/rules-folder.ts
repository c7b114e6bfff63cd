import { logPlaceOf, openEventLogReader, type EventLogReader } from '@domeinbrug/event-store';
import type { Config } from '@domeinbrug/settings';
import { readRuleSet, type RuleSet } from '@domeinbrug/rules';
import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { openRules } from '../../api/src/stores/open-rules.js';
import { nameOf, type Rules } from '../../api/src/stores/rules.js';
import { ProblemFound, WrongUse } from './refusal.js';
import { harmless } from './text/harmless.js';

/**
 * The rule sets of the folder and of the data folder's log, as the service reads them; of the folder alone where there
 * is no log.
 * @throws RulesRefused, LogFileRefused
 */
export async function rulesOf(config: Config): Promise<Rules> {
  const log = await logIfThere(config);
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

/** A rule set to compare, and how a case names it. */
export interface ComparedRules {
  ruleSet: RuleSet;
  /** Its name; of one that stands in a file alone, what the file says. */
  choice: string | Record<string, unknown>;
}

/**
 * The rule set named, or the one in a file, which need not be published. A file's base is one of those there are.
 * @throws WrongUse where there is no such rule set or file; ProblemFound with every problem of the file
 */
export function ruleSetToCompare(rules: Rules, name: string, option: string): ComparedRules {
  if (!/\.(ya?ml|json)$/.test(name)) {
    const ruleSet = ruleSetNamed(rules, name, option);
    return { ruleSet, choice: nameOf(ruleSet) };
  }
  if (!existsSync(name)) throw new WrongUse(`${option}: there is no file ${name}.`);
  const text = readFileSync(name, 'utf8');
  const { ruleSet, problems } = readRuleSet(text, rules.catalogue);
  if (ruleSet) return { ruleSet, choice: written(text) };
  const lines = problems.map(
    ({ line, path, message }) => `${name}${line === null ? '' : `:${line}`}: ${path}: ${message}`,
  );
  throw new ProblemFound(lines.map(harmless).join('\n'));
}

/** What a rule set says, without the examples, which are cases of their own. */
function written(text: string): Record<string, unknown> {
  const said = Object.entries(parse(text) as Record<string, unknown>);
  return Object.fromEntries(said.filter(([key]) => key !== 'examples'));
}

async function logIfThere(config: Config): Promise<EventLogReader | null> {
  try {
    return await openEventLogReader(logPlaceOf(config));
  } catch (error) {
    if (error instanceof Error && error.name === 'LogNotFound') return null;
    throw error;
  }
}

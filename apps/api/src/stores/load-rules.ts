import { compileRuleSet, type CompiledRuleSet } from '@domeinbrug/coverage';
import { findRuleSet, loadRuleSets, type RuleSet, type RuleSetProblem } from '@domeinbrug/rules';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The rule sets in the folder cannot be used; names every problem of every file. */
export class RulesRefused extends Error {
  override readonly name = 'RulesRefused';
}

/** The rule sets that can be asked for, one of them active. */
export class Rules {
  private readonly compiled = new Map<string, CompiledRuleSet>();

  constructor(
    readonly all: readonly RuleSet[],
    readonly active: RuleSet,
  ) {}

  /** By id, `id@version`, or `active`. An id alone is its latest version. */
  find(name: string): RuleSet | undefined {
    return name === 'active' ? this.active : findRuleSet({ ruleSets: this.all }, name);
  }

  /** Compiled once, for as long as the service runs. */
  compiledOf(ruleSet: RuleSet): CompiledRuleSet {
    const name = `${ruleSet.id}@${ruleSet.version}`;
    let compiled = this.compiled.get(name);
    if (!compiled) this.compiled.set(name, (compiled = compileRuleSet(ruleSet)));
    return compiled;
  }
}

/**
 * Reads every rule set in a folder (`*.yaml`, `*.yml`, `*.json`).
 *
 * @param active id or `id@version` of the one in force
 * @throws RulesRefused
 */
export function loadRules(folder: string, active: string): Rules {
  const names = readdirSync(folder)
    .filter((name) => /\.(ya?ml|json)$/.test(name))
    .sort();
  const texts = names.map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }));
  const loaded = loadRuleSets(texts);
  if (!loaded.ok) {
    throw new RulesRefused(
      `The rule sets in ${folder} cannot be used:\n${loaded.problems.map(lineOf).join('\n')}`,
    );
  }
  const { ruleSets } = loaded.value;
  const found = findRuleSet(loaded.value, active);
  if (!found) {
    const known = ruleSets.map(({ id, version }) => `${id}@${version}`).join(', ') || 'none at all';
    throw new RulesRefused(`There is no rule set "${active}" in ${folder}; there are ${known}.`);
  }
  return new Rules(ruleSets, found);
}

function lineOf({ file, line, path, message }: RuleSetProblem): string {
  return `  ${file ?? ''}${line === null ? '' : `:${line}`} ${path}: ${message}`;
}

import { compareRuleSets, type RuleSet } from '@domeinbrug/rules';
import { ruleSetToCompare, rulesOf } from '../rules-folder.js';
import { settingsFor, type FolderOptions } from '../settings.js';
import type { Terminal } from '../terminal.js';
import { describeDifferences } from '../text/rule-set-differences.js';
import { harmless } from '../text/harmless.js';

/** What two rule sets say differently: parameters, table, windows, assumed use and prices. */
export async function diffRules(
  terminal: Terminal,
  options: FolderOptions & { json?: boolean },
  first: string,
  second: string,
): Promise<void> {
  const rules = await rulesOf(settingsFor(options));
  const [before, after] = [
    ruleSetToCompare(rules, first, 'rules diff').ruleSet,
    ruleSetToCompare(rules, second, 'rules diff').ruleSet,
  ];
  const differences = compareRuleSets(before, after);
  if (options.json) {
    const answer = { before: referenceTo(before), after: referenceTo(after), differences };
    return terminal.out(JSON.stringify(answer, null, 2));
  }
  const names = `${before.id}@${before.version} → ${after.id}@${after.version}`;
  const lines =
    differences.length === 0
      ? [`${names}: the same rules (${before.hash.slice(0, 12)})`]
      : [names, ...describeDifferences(differences, before, after)];
  terminal.out(lines.map(harmless).join('\n'));
}

function referenceTo({ id, version, hash }: RuleSet): Pick<RuleSet, 'id' | 'version' | 'hash'> {
  return { id, version, hash };
}

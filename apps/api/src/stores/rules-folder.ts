import {
  loadRuleSets,
  parseRuleSet,
  type NamedText,
  type RuleSetCatalogue,
  type RuleSetProblem,
} from '@domeinbrug/rules';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The rule sets cannot be used; names every problem. */
export class RulesRefused extends Error {
  override readonly name = 'RulesRefused';
}

/** The rule sets that come with the product, or that an operator put in their place. */
export interface FolderRules {
  folder: string;
  catalogue: RuleSetCatalogue;
  /** The text of each, by `id@version`. */
  texts: ReadonlyMap<string, string>;
}

/**
 * Reads every rule set in a folder. They are each other's bases and nobody else's: what is published later never
 * changes what a file means.
 * @throws RulesRefused
 */
export function readRulesFolder(folder: string): FolderRules {
  const texts = textsIn(folder);
  const loaded = loadRuleSets(texts);
  if (!loaded.ok) {
    throw new RulesRefused(
      `The rule sets in ${folder} cannot be used:\n${loaded.problems.map(lineOf).join('\n')}`,
    );
  }
  return { folder, catalogue: loaded.value, texts: new Map(texts.map(({ text }) => [nameIn(text), text])) };
}

/** The texts in a folder (`*.yaml`, `*.yml`, `*.json`), by name. */
function textsIn(folder: string): NamedText[] {
  return readdirSync(folder)
    .filter((name) => /\.(ya?ml|json)$/.test(name))
    .sort()
    .map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }));
}

function nameIn(text: string): string {
  const parsed = parseRuleSet(text);
  if (!parsed.ok) throw new Error('Only texts that were read before have a name.');
  return `${parsed.value.id}@${parsed.value.version}`;
}

function lineOf({ file, line, path, message }: RuleSetProblem): string {
  return `  ${file ?? ''}${line === null ? '' : `:${line}`} ${path}: ${message}`;
}

import { Problem } from '@domeinbrug/problems';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { publish, type RuleSetPublication } from '../../../api/src/use-cases/publish-rule-set.js';
import { ProblemFound, WrongUse } from '../refusal.js';
import { askService, refusalLines, serviceOf, type ServiceOptions } from '../running-service.js';
import { settingsFor, type FolderOptions } from '../settings.js';
import { openStoresForWriting } from '../stores-for-writing.js';
import type { Terminal } from '../terminal.js';
import { harmless } from '../text/harmless.js';

type Options = FolderOptions & ServiceOptions & { json?: boolean };

/** Publishes a rule set: the same rules again change nothing, other rules under the same version are refused. */
export async function publishRules(terminal: Terminal, options: Options, file: string): Promise<void> {
  if (!existsSync(file) || statSync(file).isDirectory()) throw new WrongUse(`There is no file ${file}.`);
  const text = readFileSync(file, 'utf8');
  const publication =
    options.url === undefined
      ? await inFolder(options, text)
      : await askService<RuleSetPublication>(serviceOf(options), '/v1/rule-sets', {
          method: 'POST',
          content: { type: 'application/yaml', text },
        });
  if (options.json) return terminal.out(JSON.stringify(publication, null, 2));
  const { status, ruleSet, warnings } = publication;
  const came = status === 'published' ? 'is published' : 'was there already, with the same rules';
  const lines = [
    ...warnings.map(({ pointer, detail }) => `warning: ${pointer}: ${detail}`),
    `${ruleSet.id}@${ruleSet.version} ${came} (${ruleSet.hash.slice(0, 12)}).`,
  ];
  terminal.out(lines.map(harmless).join('\n'));
}

async function inFolder(options: Options, text: string): Promise<RuleSetPublication> {
  const stores = await openStoresForWriting(settingsFor(options), 'rules publish <file>');
  try {
    return await publish(stores, text, { organisation: 'operator' });
  } catch (error) {
    throw error instanceof Problem ? new ProblemFound(refusalLines(error).join('\n')) : error;
  } finally {
    await stores.close();
  }
}

import { rulesOf } from '../rules-folder.js';
import { settingsFor, type FolderOptions } from '../settings.js';
import type { Terminal } from '../terminal.js';
import { alignColumns } from '../text/columns.js';

const shownOfHash = 12;

/** The rule sets that can be asked for, the active one marked. */
export async function listRules(
  terminal: Terminal,
  options: FolderOptions & { json?: boolean },
): Promise<void> {
  const rules = await rulesOf(settingsFor(options));
  const listed = rules.all.map((ruleSet) => {
    const { id, version, title, status, publishedOn, base, hash } = ruleSet;
    return { id, version, title, status, publishedOn, base, hash, active: ruleSet === rules.active };
  });
  if (options.json) return terminal.out(JSON.stringify(listed, null, 2));
  const lines = listed.map(({ id, version, title, status, publishedOn, hash, active }) => [
    `${active ? '*' : ' '} ${id}@${version}`,
    status,
    publishedOn ?? 'not published',
    hash.slice(0, shownOfHash),
    title,
  ]);
  terminal.out([...alignColumns(lines), '', '* the active one'].join('\n'));
}

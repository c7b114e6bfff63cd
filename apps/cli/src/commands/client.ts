import { askerKinds, claimOf, loadOrCreateKeys } from '@domeinbrug/access';
import { ClientAliases } from '@domeinbrug/privacy';
import { ProblemFound, WrongUse } from '../refusal.js';
import { settingsFor, type FolderOptions } from '../settings.js';
import type { Terminal } from '../terminal.js';

interface Options extends FolderOptions {
  of: string;
  json?: boolean;
}

/** Whom an organisation means by an id that it was given: other commands take the id that is kept. Reads only. */
export async function client(terminal: Terminal, options: Options, alias: string): Promise<void> {
  const organisation = organisationNamed(options.of);
  const { dataDir } = settingsFor(options);
  const aliases = new ClientAliases(await loadOrCreateKeys(dataDir, 'alias'));
  const clientId = aliases.clientOf(alias, organisation);
  if (clientId === undefined)
    throw new ProblemFound(
      `This is no id that ${options.of} was given; check the organisation and the data folder.`,
    );
  terminal.out(options.json ? JSON.stringify({ clientId }, null, 2) : clientId);
}

/** @throws WrongUse */
function organisationNamed(text: string): Parameters<ClientAliases['clientOf']>[1] {
  const [name, code = ''] = text.split(':');
  const kind = askerKinds.find((each) => each === name);
  if (kind && new RegExp(`^\\d{${claimOf(kind).digits}}$`).test(code)) return { kind, code };
  throw new WrongUse(
    `--of: "${text}" is no organisation; write it as in insurer:3311, provider:<8 digits>, municipality:0363, ` +
      'care-office:5515, or auditor:<20 digits>.',
  );
}

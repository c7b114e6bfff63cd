import { rotateKey } from '@domeinbrug/access';
import { WrongUse } from '../refusal.js';
import { settingsFor, type FolderOptions } from '../settings.js';
import type { Terminal } from '../terminal.js';

/** What changes, and what stays as it was. */
const sentences = {
  pseudonym:
    'Who is told of for the first time is kept under a pseudonym of the new key; who is known stays under the same as before.',
  alias:
    'Organisations are given new ids for their clients; those that they were given before still mean whom they meant.',
};

/** Puts another key in use, from the next start of the service on. Former ones are kept, for what was made by them. */
export async function rotate(
  terminal: Terminal,
  options: FolderOptions & { json?: boolean },
  name: string,
): Promise<void> {
  if (!isRotated(name))
    throw new WrongUse(`"${name}" is no key that is changed so; name pseudonym or alias.`);
  const former = await rotateKey(settingsFor(options).dataDir, name);
  terminal.out(
    options.json
      ? JSON.stringify({ key: name, former }, null, 2)
      : [
          `Another ${name} key is used from the next start of the service on. ${sentences[name]}`,
          'Services over the same database have to end before any of them starts with it: back up keys/ and copy it to the data folder of each.',
        ].join('\n'),
  );
}

function isRotated(name: string): name is keyof typeof sentences {
  return Object.hasOwn(sentences, name);
}

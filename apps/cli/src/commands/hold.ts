import { mayHoldBsn } from '@domeinbrug/intake';
import { keysPlaceOf, openKeyStore, type KeyStore } from '@domeinbrug/privacy';
import { clientArgument } from '../arguments.js';
import { ProblemFound, WrongUse } from '../refusal.js';
import { settingsFor, type FolderOptions } from '../settings.js';
import type { Terminal } from '../terminal.js';

interface HoldOptions extends FolderOptions {
  by: string;
  reason: string;
  json?: boolean;
}

/** Keeps a client from being erased. Holds lie with the keys, which any number of processes write: no service is in the way. */
export async function holdClient(terminal: Terminal, options: HoldOptions, client: string): Promise<void> {
  const hold = { client: clientArgument(client), at: Date.now(), by: options.by, reason: options.reason };
  for (const [option, text] of [
    ['--by', hold.by],
    ['--reason', hold.reason],
  ] as const) {
    if (text.trim() === '' || text.length > 200 || mayHoldBsn(text))
      throw new WrongUse(`${option}: write 1 to 200 characters that hold no citizen service number.`);
  }
  await withKeys(options, async (keys) => {
    const { erasures } = await keys.find([hold.client]);
    if (erasures.some(({ person }) => person === ''))
      throw new ProblemFound(`Client ${hold.client} was erased; there is nothing left to hold.`);
    await keys.hold(hold);
  });
  terminal.out(
    options.json
      ? JSON.stringify(hold, null, 2)
      : `Client ${hold.client} is not erased until domeinbrug retention release ${hold.client}.`,
  );
}

/** Lets a client be erased again. */
export async function releaseClient(
  terminal: Terminal,
  options: FolderOptions & { json?: boolean },
  client: string,
): Promise<void> {
  const clientId = clientArgument(client);
  const held = await withKeys(options, (keys) => keys.release(clientId));
  if (!held) throw new ProblemFound(`Nothing holds client ${clientId}.`);
  terminal.out(
    options.json
      ? JSON.stringify(held, null, 2)
      : `Client ${clientId} is no longer held by ${held.by} (${held.reason}).`,
  );
}

async function withKeys<T>(options: FolderOptions, ask: (keys: KeyStore) => Promise<T>): Promise<T> {
  const keys = openKeyStore(keysPlaceOf(settingsFor(options)));
  try {
    return await ask(keys);
  } finally {
    await keys.close();
  }
}

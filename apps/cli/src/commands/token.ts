import { issueDevelopmentToken, maxLifetime } from '@domeinbrug/access';
import { ProblemFound, WrongUse } from '../refusal.js';
import { settingsFor, type FolderOptions } from '../settings.js';
import type { Terminal } from '../terminal.js';

/** Prints a development token: nothing else, so that `$(…)` can take it. */
export async function token(
  terminal: Terminal,
  options: FolderOptions & { as: string; json?: boolean },
): Promise<void> {
  const { dataDir } = settingsFor(options);
  const issued = await issue(dataDir, options.as);
  terminal.out(
    options.json
      ? JSON.stringify({ token: issued, as: options.as, expiresInSeconds: maxLifetime }, null, 2)
      : issued,
  );
}

async function issue(dataDir: string, as: string): Promise<string> {
  try {
    return await issueDevelopmentToken(dataDir, as);
  } catch (error) {
    if (error instanceof RangeError) throw new WrongUse(error.message);
    throw new ProblemFound(error instanceof Error ? error.message : String(error));
  }
}

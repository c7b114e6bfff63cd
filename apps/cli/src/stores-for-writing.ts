import type { Config } from '@domeinbrug/settings';
import { openStores, type Stores } from '../../api/src/stores/stores.js';
import { ProblemFound } from './refusal.js';

/**
 * Opens the data folder as the one process that writes to it.
 * @param command as it would be written to go through the service that holds the folder
 * @param as whose token does that
 * @throws ProblemFound when one does
 */
export async function openStoresForWriting(config: Config, command: string, as = 'policy'): Promise<Stores> {
  try {
    return await openStores(config);
  } catch (error) {
    if (!(error instanceof Error && error.name === 'DataFolderInUse')) throw error;
    throw new ProblemFound(
      `${error.message}\nTo do it through the running service, give its address, and a token in ` +
        `DOMEINBRUG_TOKEN: ${command} --url <address>; domeinbrug token --as ${as} prints one.`,
    );
  }
}

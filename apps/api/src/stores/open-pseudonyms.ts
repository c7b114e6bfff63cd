import { loadOrCreateKeys } from '@domeinbrug/access';
import type { EventLogReader } from '@domeinbrug/event-store';
import { Pseudonyms } from '@domeinbrug/intake';
import { streamOfClient } from '@domeinbrug/journey';
import type { KeyStore } from '@domeinbrug/privacy';

/**
 * The pseudonyms of a data folder: its key, and those before it.
 * @param keys knows who was erased, of whom the log reads nothing any more
 */
export async function openPseudonyms(
  dataDir: string,
  log: Pick<EventLogReader, 'readStream'>,
  keys: Pick<KeyStore, 'find'>,
): Promise<Pseudonyms> {
  const isKnown = async (clientId: string): Promise<boolean> => {
    const found = await keys.find([clientId]);
    if (found.keys.length + found.erasures.length > 0) return true;
    return (await log.readStream(streamOfClient(clientId))).length > 0;
  };
  return new Pseudonyms(await loadOrCreateKeys(dataDir, 'pseudonym'), isKnown);
}

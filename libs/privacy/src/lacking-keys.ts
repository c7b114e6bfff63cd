import type { EventLogReader } from '@domeinbrug/event-store';
import { isSealedPart, journeyCategory } from '@domeinbrug/journey';
import { KeysRefused, type KeyStore } from './key-store.js';
import type { KeysPlace } from './open-keys.js';

const clientsLookedAt = 100;

/**
 * Refuses a log whose personal fields lie under keys beside a store that never held any: the wrong data folder, or a
 * database that was not restored with the log.
 *
 * @param log with its personal fields sealed or opened
 * @throws KeysRefused
 */
export async function refuseLogWithoutKeys(
  log: Pick<EventLogReader, 'readStreams'>,
  keys: KeyStore,
  place: KeysPlace,
): Promise<void> {
  if ((await keys.page(null, 1)).length > 0 || (await keys.erasures()).length > 0) return;
  const streams = await log.readStreams(journeyCategory, null, clientsLookedAt);
  if (!streams.some(({ events }) => events.some(({ personal }) => isSealedPart(personal)))) return;
  const where =
    place.kind === 'folder' ? `The data folder ${place.dataDir}` : `Schema ${place.schema} of the database`;
  throw new KeysRefused(
    `${where} has no keys of clients, and the personal fields in the event log lie under keys. Name the folder or the ` +
      'database of the service that wrote the log (DOMEINBRUG_DATA_DIR, DATABASE_URL), or put its keys back there.',
  );
}

import type { EventLogReader, ReadStream } from '@domeinbrug/event-store';
import { isSealedPart, journeyCategory } from '@domeinbrug/journey';
import { KeysRefused, type KeyStore } from './key-store.js';
import type { KeysPlace } from './open-keys.js';

/** So many are looked at: a log may have people of whom nothing personal was told, or from before there were keys. */
const [clientsAPage, pages] = [100, 10];

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
  if (!(await holdsSealedParts(log))) return;
  const where =
    place.kind === 'folder' ? `The data folder ${place.dataDir}` : `Schema ${place.schema} of the database`;
  throw new KeysRefused(
    `${where} has no keys of clients, and the personal fields in the event log lie under keys. Name the folder or the ` +
      'database of the service that wrote the log (DOMEINBRUG_DATA_DIR, DATABASE_URL), or put its keys back there.',
  );
}

async function holdsSealedParts(log: Pick<EventLogReader, 'readStreams'>): Promise<boolean> {
  let after: string | null = null;
  for (let page = 0; page < pages; page++) {
    const streams: ReadStream[] = await log.readStreams(journeyCategory, after, clientsAPage);
    if (streams.some(({ events }) => events.some(({ personal }) => isSealedPart(personal)))) return true;
    if (streams.length < clientsAPage) return false;
    after = streams.at(-1)!.stream;
  }
  return false;
}

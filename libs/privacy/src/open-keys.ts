import { loadKey, loadOrCreateKey } from '@domeinbrug/access';
import { join } from 'node:path';
import { KeyRing } from './key-ring.js';
import { KeysRefused, type KeyStore } from './key-store.js';
import { openPostgresKeyStore } from './postgres/postgres-key-store.js';
import { SqliteKeyStore } from './sqlite/sqlite-key-store.js';

/** Where the keys of clients lie, in plain values; the key that they are wrapped by lies in the data folder in any case. */
export type KeysPlace =
  { kind: 'folder'; dataDir: string } | { kind: 'postgres'; url: string; schema: string; dataDir: string };

/** What settings say of where keys lie. */
export interface KeysSettings {
  dataDir: string;
  databaseUrl: string | null;
  databaseSchema: string;
}

/** Beside the events in their database when there is one, else in the data folder. */
export function keysPlaceOf({ dataDir, databaseUrl, databaseSchema }: KeysSettings): KeysPlace {
  return databaseUrl === null
    ? { kind: 'folder', dataDir }
    : { kind: 'postgres', url: databaseUrl, schema: `${databaseSchema}_keys`, dataDir };
}

/** In the folder of keys that a data folder has. */
export const keysFile = 'clients.db';

/** Nothing is made or asked before it is needed. */
export function openKeyStore(place: KeysPlace): KeyStore {
  return place.kind === 'folder'
    ? new SqliteKeyStore(join(place.dataDir, 'keys', keysFile))
    : openPostgresKeyStore(place);
}

/**
 * @param store left out, one of its own
 * @throws what its questions throw, see {@link KeyRing}
 */
export function openKeyRing(place: KeysPlace, store = openKeyStore(place)): KeyRing {
  const { dataDir } = place;
  return new KeyRing(store, {
    find: async () => (await loadKey(dataDir, 'clients')) ?? lacking(dataDir),
    findOrMake: () => loadOrCreateKey(dataDir, 'clients'),
  });
}

function lacking(dataDir: string): never {
  throw new KeysRefused(
    `There are keys of clients, and ${join(dataDir, 'keys', 'clients.key')}, which opens them, is not there. Name the data ` +
      'folder of the service that made them (DOMEINBRUG_DATA_DIR), or put its keys folder there: services over one database ' +
      'share it.',
  );
}

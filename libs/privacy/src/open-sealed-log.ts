import {
  logPlaceOf,
  openEventLog,
  openEventLogInProcess,
  openEventLogReader,
  type EventLog,
  type EventLogReader,
  type LogPlace,
  type LogSettings,
  type OpeningLog,
} from '@domeinbrug/event-store';
import { refuseLogWithoutKeys } from './lacking-keys.js';
import { keysPlaceOf, openKeyRing, type KeysPlace } from './open-keys.js';
import { SealedLog, SealedReader, type SealedPlace } from './sealed-log.js';

/** Where the settings say that the log lies, and its keys. */
export function sealedPlaceOf(settings: LogSettings): SealedPlace {
  return { ...logPlaceOf(settings), keys: keysPlaceOf(settings) };
}

/** Opens a log for a service. @throws KeysRefused, and what `openEventLog` throws */
export async function openSealedLog({ keys, ...log }: SealedPlace, opening?: OpeningLog): Promise<EventLog> {
  return withItsKeys(await openEventLog(log, opening), keys);
}

/** Opens a log for a command. @throws KeysRefused, and what `openEventLog` throws */
export async function openSealedLogInProcess({ keys, ...log }: SealedPlace): Promise<EventLog> {
  return withItsKeys(await openEventLogInProcess(log), keys);
}

/** Nothing is written under other keys than those of the log, nor under a key that other writers have not. */
async function withItsKeys(log: EventLog, keys: KeysPlace): Promise<EventLog> {
  const ring = openKeyRing(keys);
  const sealed = new SealedLog(log, ring, keys);
  try {
    await refuseLogWithoutKeys(log, ring.store, keys);
    await ring.prepare();
    return sealed;
  } catch (error) {
    await sealed.close();
    throw error;
  }
}

/** Opens a log to be read as its place says: with keys where it names them. @throws what `openEventLogReader` throws */
export async function openLogReaderAt(place: LogPlace | SealedPlace): Promise<EventLogReader> {
  if (!('keys' in place)) return openEventLogReader(place);
  const { keys, ...log } = place;
  return new SealedReader(await openEventLogReader(log), openKeyRing(keys), keys);
}

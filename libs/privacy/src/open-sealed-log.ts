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
import { keysPlaceOf, openKeyRing } from './open-keys.js';
import { SealedLog, SealedReader, type SealedPlace } from './sealed-log.js';

/** Where the settings say that the log lies, and its keys. */
export function sealedPlaceOf(settings: LogSettings): SealedPlace {
  return { ...logPlaceOf(settings), keys: keysPlaceOf(settings) };
}

/** Opens a log for a service. @throws what `openEventLog` throws */
export async function openSealedLog(place: SealedPlace, opening?: OpeningLog): Promise<EventLog> {
  const { keys, ...log } = place;
  return new SealedLog(await openEventLog(log, opening), openKeyRing(keys), keys);
}

/** Opens a log for a command. @throws what `openEventLog` throws */
export async function openSealedLogInProcess({ keys, ...log }: SealedPlace): Promise<EventLog> {
  return new SealedLog(await openEventLogInProcess(log), openKeyRing(keys), keys);
}

/** Opens a log to be read as its place says: with keys where it names them. @throws what `openEventLogReader` throws */
export async function openLogReaderAt(place: LogPlace | SealedPlace): Promise<EventLogReader> {
  if (!('keys' in place)) return openEventLogReader(place);
  const { keys, ...log } = place;
  return new SealedReader(await openEventLogReader(log), openKeyRing(keys), keys);
}

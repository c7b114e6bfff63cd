import { auditPlaceOf } from '@domeinbrug/audit';
import {
  compareLogs,
  copyEvents,
  LogNotFound,
  logPlaceNamed,
  openEventLogInProcess,
  openEventLogReader,
  refuseOthers,
  START,
  type EventLog,
  type EventLogReader,
  type LogPlace,
} from '@domeinbrug/event-store';
import type { Config } from '@domeinbrug/settings';
import {
  copyKeys,
  copyMasterKey,
  keysPlaceOf,
  openKeyRing,
  openKeyStore,
  refuseLogWithoutKeys,
  type KeysPlace,
  type KeysSettings,
} from '@domeinbrug/privacy';
import { isDeepStrictEqual } from 'node:util';
import { closeSync, openSync, writeSync } from 'node:fs';
import { progressOf } from '../progress.js';
import { exitCodes, ProblemFound, WrongUse, type ExitCode } from '../refusal.js';
import { settingsFor } from '../settings.js';
import { storeNamed } from '../store-named.js';
import type { Terminal } from '../terminal.js';
import { counted } from '../text/columns.js';

export interface CopyOptions {
  from: string;
  to: string;
  positions?: string;
  json?: boolean;
}

interface Copied {
  copied: number;
  events: number;
  position: string;
  digest: string;
  /** Keys of clients, wrapped; none where both stores keep them in one place. */
  keys: number;
  /** Lines of the audit trail, counted likewise. */
  auditLines: number;
}

/**
 * Copies the events of one store into another that holds none, or goes on with a copy that was broken off, and compares
 * the two event by event. Exit code 1 when they part.
 */
export async function copy(terminal: Terminal, options: CopyOptions): Promise<ExitCode> {
  const [source, target] = [storeNamed('--from', options.from), storeNamed('--to', options.to)];
  if (source === target) throw new WrongUse('--to: name another store than --from.');
  const settings = settingsFor();
  const { databaseSchema } = settings;
  const from = await openEventLogReader(logPlaceNamed(source, databaseSchema));
  try {
    const to = await openEventLogInProcess(logPlaceNamed(target, databaseSchema));
    try {
      const [source, target] = [settingsOf(from.place, settings), settingsOf(to.place, settings)];
      await refuseOthers(from, to); // before anything is brought there
      const auditLines = await copyTrail(auditPlaceOf(source), auditPlaceOf(target));
      await copyKeysBetween(keysPlaceOf(source), keysPlaceOf(target), from);
      const copied = await copyAndCompare(terminal, from, to, options);
      // Whoever was erased meanwhile is erased there too.
      const keys = await copyKeysBetween(keysPlaceOf(source), keysPlaceOf(target), from);
      tell(terminal, { ...copied, keys, auditLines }, options);
    } finally {
      await to.close();
    }
  } finally {
    await from.close();
  }
  return exitCodes.done;
}

/**
 * Keys first: an event is not copied before the key that it lies under.
 * @throws KeysRefused when the copied keys could not be opened, or are not those of the log
 */
async function copyKeysBetween(source: KeysPlace, target: KeysPlace, log: EventLogReader): Promise<number> {
  if (isDeepStrictEqual(source, target)) return 0;
  const [from, to] = [openKeyStore(source), openKeyStore(target)];
  try {
    await openKeyRing(source, from).check();
    await refuseLogWithoutKeys(log, from, source);
    copyMasterKey(source.dataDir, target.dataDir);
    await openKeyRing(target, to).prepare();
    return await copyKeys(from, to);
  } finally {
    await from.close();
    await to.close();
  }
}

/**
 * The audit trail is a log too: it becomes, or stays, the beginning of the other one.
 * @returns how many lines the other one has then
 */
async function copyTrail(source: LogPlace, target: LogPlace): Promise<number> {
  if (isDeepStrictEqual(source, target)) return 0;
  const from = await openTrail(source);
  if (from === null) return 0;
  try {
    const to = await openEventLogInProcess(target);
    try {
      await copyAll(from, to);
      return (await to.lag(START)).events;
    } finally {
      await to.close();
    }
  } finally {
    await from.close();
  }
}

/** `null` when nobody has asked anything there yet. */
async function openTrail(place: LogPlace): Promise<EventLogReader | null> {
  try {
    return await openEventLogReader(place);
  } catch (error) {
    if (error instanceof LogNotFound) return null;
    throw error;
  }
}

/** Keys and trail of a store lie in its folder, in its database, or where the settings say when it can hold neither. */
function settingsOf(place: LogPlace, settings: Config): KeysSettings {
  if (place.kind === 'folder') return { ...settings, dataDir: place.dataDir, databaseUrl: null };
  if (place.kind === 'kurrentdb') return settings;
  return { ...settings, databaseUrl: place.url, databaseSchema: place.schema };
}

async function copyAndCompare(
  terminal: Terminal,
  from: EventLogReader,
  to: EventLog,
  { positions }: CopyOptions,
): Promise<Omit<Copied, 'keys' | 'auditLines'>> {
  const file = positions === undefined ? undefined : openSync(positions, 'w', 0o600);
  const progress = progressOf(terminal, 'Copying events');
  try {
    const copied = await copyAll(from, to, (share) => progress.at(share));
    const { events, partsAt } = await compareLogs(from, to, (places) => {
      if (file !== undefined) writeSync(file, places.map(({ one, other }) => `${one},${other}\n`).join(''));
    });
    if (partsAt !== null)
      throw new ProblemFound(
        `The two stores part at position ${partsAt}, after ${counted(events, 'event')}. Copy into an empty one.`,
      );
    const { position, digest } = await to.head();
    return { copied, events, position, digest };
  } finally {
    progress.end();
    if (file !== undefined) closeSync(file);
  }
}

/** @returns how many events were copied; earlier ones are those of a copy that was broken off */
async function copyAll(
  from: EventLogReader,
  to: EventLog,
  tell: (share: number) => void = () => undefined,
): Promise<number> {
  let copied = 0;
  for await (const { events, share } of copyEvents(from, to)) {
    copied += events;
    tell(share);
  }
  return copied;
}

function tell(terminal: Terminal, copied: Copied, { json, positions }: CopyOptions): void {
  if (json) return terminal.out(JSON.stringify(copied, null, 2));
  terminal.out(
    [
      `${counted(copied.copied, 'event')} copied; both stores hold the same ${counted(copied.events, 'event')}, ` +
        `compared one by one (digest ${copied.digest}).`,
      ...(positions === undefined ? [] : [`Where each lay and lies stands in ${positions}: from,to.`]),
      ...(copied.keys === 0
        ? []
        : [
            `${counted(copied.keys, 'key')} of clients copied, with keys/clients.key where it was not there.`,
          ]),
      ...(copied.auditLines === 0
        ? []
        : [`${counted(copied.auditLines, 'line')} of the audit trail are there too.`]),
      'The other keys of the data folder are not part of it: keep that folder, or take its keys along. Read models are built anew.',
    ].join('\n'),
  );
}

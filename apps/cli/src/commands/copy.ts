import {
  compareLogs,
  copyEvents,
  logPlaceNamed,
  openEventLogInProcess,
  openEventLogReader,
  type EventLog,
  type EventLogReader,
  type LogPlace,
} from '@domeinbrug/event-store';
import type { Config } from '@domeinbrug/platform';
import {
  copyKeys,
  copyMasterKey,
  keysPlaceOf,
  openKeyRing,
  openKeyStore,
  type KeysPlace,
} from '@domeinbrug/privacy';
import { isDeepStrictEqual } from 'node:util';
import { closeSync, openSync, writeSync } from 'node:fs';
import { progressOf, type Progress } from '../progress.js';
import { exitCodes, ProblemFound, WrongUse, type ExitCode } from '../refusal.js';
import { settingsFor } from '../settings.js';
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
}

/**
 * Copies the events of one store into another that holds none, or goes on with a copy that was broken off, and compares
 * the two event by event. Exit code 1 when they part.
 */
export async function copy(terminal: Terminal, options: CopyOptions): Promise<ExitCode> {
  const { from: source, to: target } = options;
  if (source === target) throw new WrongUse('--to: name another store than --from.');
  const settings = settingsFor();
  const { databaseSchema } = settings;
  const from = await openEventLogReader(logPlaceNamed(source, databaseSchema));
  try {
    const to = await openEventLogInProcess(logPlaceNamed(target, databaseSchema));
    try {
      const copyKeysToo = (): Promise<number> =>
        copyKeysBetween(keysOf(from.place, settings), keysOf(to.place, settings));
      await copyKeysToo();
      const copied = await copyAndCompare(terminal, from, to, options);
      // Whoever was erased meanwhile is erased there too.
      tell(terminal, { ...copied, keys: await copyKeysToo() }, options);
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
 * @throws KeysRefused when the copied keys could not be opened
 */
async function copyKeysBetween(source: KeysPlace, target: KeysPlace): Promise<number> {
  if (isDeepStrictEqual(source, target)) return 0;
  const [from, to] = [openKeyStore(source), openKeyStore(target)];
  try {
    await openKeyRing(source, from).check();
    copyMasterKey(source.dataDir, target.dataDir);
    return await copyKeys(from, to);
  } finally {
    await from.close();
    await to.close();
  }
}

/** Where a store's keys lie: in its folder, in its database, or where the settings say when it can hold none. */
function keysOf(place: LogPlace, settings: Config): KeysPlace {
  const { dataDir } = settings;
  if (place.kind === 'folder') return place;
  if (place.kind === 'kurrentdb') return keysPlaceOf(settings);
  return keysPlaceOf({ dataDir, databaseUrl: place.url, databaseSchema: place.schema });
}

async function copyAndCompare(
  terminal: Terminal,
  from: EventLogReader,
  to: EventLog,
  { positions }: CopyOptions,
): Promise<Omit<Copied, 'keys'>> {
  const progress = progressOf(terminal, 'Copying events');
  try {
    const copied = await copyAll(from, to, progress, positions);
    const { events, partsAt } = await compareLogs(from, to);
    if (partsAt !== null)
      throw new ProblemFound(
        `The two stores part at position ${partsAt}, after ${counted(events, 'event')}. Copy into an empty one.`,
      );
    const { position, digest } = await to.head();
    return { copied, events, position, digest };
  } finally {
    progress.end();
  }
}

/** @returns how many events were copied; earlier ones are those of a copy that was broken off */
async function copyAll(
  from: EventLogReader,
  to: EventLog,
  progress: Progress,
  file: string | undefined,
): Promise<number> {
  const places = file === undefined ? undefined : openSync(file, 'a', 0o600);
  let copied = 0;
  try {
    for await (const { positions, share } of copyEvents(from, to)) {
      if (places !== undefined)
        writeSync(places, positions.map((place) => `${place.from},${place.to}\n`).join(''));
      copied += positions.length;
      progress.at(share);
    }
    return copied;
  } finally {
    if (places !== undefined) closeSync(places);
  }
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
      'The other keys of the data folder are not part of it: keep that folder, or take its keys along. Read models are built anew.',
    ].join('\n'),
  );
}

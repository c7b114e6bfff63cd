import { amsterdamDay, formatDay } from '@domeinbrug/calendar';
import type { EventLog } from '@domeinbrug/event-store';
import { serviceEvent } from '@domeinbrug/intake';
import { streamOfClient } from '@domeinbrug/journey';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { KeysRefused, ownerName, type Erasure, type KeyStore } from './key-store.js';
import { erasureType } from './sealed-events.js';

/** In the folder of keys: every erasure, a line of JSON each, to be kept apart from backups and applied to what they bring back. */
export const erasuresFile = 'erasures.ndjson';

/** What erases: the keys, the log in which it is told, and the data folder with the list. */
export interface Erasing {
  store: KeyStore;
  log: Pick<EventLog, 'append'>;
  dataDir: string;
}

/**
 * Destroys the key of a client, or of somebody beside one, for good. Broken off after that, {@link applyErasures} does the
 * rest.
 *
 * @returns the erasure that counts: an earlier one when there was one
 * @throws ClientHeld
 */
export async function erase({ store, log, dataDir }: Erasing, erasure: Erasure): Promise<Erasure> {
  const counts = await store.erase(erasure);
  listErasures(dataDir, [counts]);
  await tellErasure(log, counts);
  return counts;
}

/**
 * Erases again what a restored store or log brought back, by the list and by the store: whoever stands in one of them is
 * erased in both, and the log says so. Changes nothing where all is well.
 *
 * @throws KeysRefused when the list cannot be read
 */
export async function applyErasures({ store, log, dataDir }: Erasing): Promise<void> {
  await eraseAgain(store, readErasures(join(dataDir, 'keys', erasuresFile)));
  const erasures = await store.erasures();
  listErasures(dataDir, erasures);
  for (const erasure of erasures) await tellErasure(log, erasure);
}

/**
 * Erases in one store whoever was erased in another. A hold from before an erasure was over when that was done: it came back
 * with what was restored. It goes with the client; where a carer was erased it stays for what is left.
 *
 * @throws ClientHeld for a hold that came after the erasure
 */
export async function eraseAgain(store: KeyStore, erasures: readonly Erasure[]): Promise<void> {
  const known = new Set((await store.erasures()).map(ownerName));
  const holds = await store.holds();
  for (const erasure of erasures) {
    const { client, person, at } = erasure;
    const before = holds.find((hold) => hold.client === client && hold.at <= at);
    if (!known.has(ownerName(erasure))) await store.erase(erasure, before);
    if (before && person === '') await store.release(client);
  }
}

/** The same event whenever it is told. Of somebody beside a client the log tells nothing: nothing there follows from it. */
async function tellErasure(log: Erasing['log'], { client, person, at, by }: Erasure): Promise<void> {
  if (person !== '') return;
  const stream = streamOfClient(client);
  const data = { day: formatDay(amsterdamDay(at)) };
  const event = serviceEvent(
    stream,
    { type: erasureType, id: 'erasure', time: at, data },
    { organisation: by },
  );
  const result = await log.append({ stream, expectedRevision: 'any', events: [event] });
  if (result.status === 'appended' || result.status === 'known' || result.status === 'conflict') return; // told before
  throw new Error(`The erasure could not be told in the log (${result.status}).`);
}

/** Adds to the list what is not in it; on the disk when this ends, all of it or as it was. */
function listErasures(dataDir: string, erasures: readonly Erasure[]): void {
  const path = join(dataDir, 'keys', erasuresFile);
  const listed = readErasures(path);
  const names = new Set(listed.map(ownerName));
  const lacking = erasures.filter((erasure) => !names.has(ownerName(erasure)));
  if (lacking.length === 0) return;
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const text = [...listed, ...lacking].map((erasure) => `${JSON.stringify(erasure)}\n`).join('');
  const draft = `${path}.draft`;
  writeFileSync(draft, text, { mode: 0o600, flush: true });
  renameSync(draft, path);
}

/** Those of a list; none where there is no file. @throws KeysRefused naming the line that is none */
export function readErasures(path: string): Erasure[] {
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, 'utf8').split('\n');
  return lines.flatMap((line, at) =>
    line.trim() === '' ? [] : [erasureIn(line, `${path}, line ${at + 1}`)],
  );
}

function erasureIn(line: string, where: string): Erasure {
  const { client, person, at, by, reason } = parsed(line, where) as Record<string, unknown>;
  const texts = [client, person, by, reason];
  if (texts.every((text) => typeof text === 'string') && typeof at === 'number')
    return { client, person, at, by, reason } as Erasure;
  throw notAnErasure(where);
}

function parsed(line: string, where: string): unknown {
  try {
    return JSON.parse(line) ?? {};
  } catch {
    throw notAnErasure(where);
  }
}

function notAnErasure(where: string): KeysRefused {
  return new KeysRefused(
    `${where} is no erasure. Put the list back as it was kept elsewhere: without it erased people could come back.`,
  );
}

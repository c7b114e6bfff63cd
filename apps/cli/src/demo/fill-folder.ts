import { loadOrCreateKey } from '@domeinbrug/access';
import { openSqliteEventLogReader, START, type EventLog, type EventLogReader } from '@domeinbrug/event-store';
import { Pseudonyms } from '@domeinbrug/intake';
import { markAsInvented, type Config } from '@domeinbrug/settings';
import { openSealedLog } from '@domeinbrug/privacy';
import { clientOfStream, openViewsStore, rebuildViews } from '@domeinbrug/projections';
import { openRules } from '../../../api/src/stores/open-rules.js';
import { clientsUpTo } from '../every-client.js';
import { importNdjson } from '../import/import-ndjson.js';
import { ProblemFound } from '../refusal.js';
import { admittedPeople } from './admitted.js';
import { atHome } from './at-home.js';
import { historyOf, type Person } from './person.js';

export const population: readonly Person[] = [...admittedPeople, ...atHome];

export interface Filled {
  /** Events in the log. */
  events: number;
  /** Whether they were there before. */
  already: boolean;
}

/**
 * Puts the invented people into a data folder that holds nobody else; a folder that has them all is left alone, also
 * when a service runs on it.
 * @throws ProblemFound when the folder holds other events
 */
export async function fillFolder(config: Config): Promise<Filled> {
  const { dataDir } = config;
  const history = historyOf(population);
  if ((await eventsOfDemo(dataDir)) === history.length) return { events: history.length, already: true };
  const folder = { kind: 'folder', dataDir } as const;
  const log = await openSealedLog({ ...folder, keys: folder });
  try {
    markAsInvented(dataDir);
    const pseudonyms = new Pseudonyms([await loadOrCreateKey(dataDir, 'pseudonym')], () =>
      Promise.resolve(false),
    );
    await append(log, history, pseudonyms);
    const { inForce } = await openRules(config, log);
    await rebuildViews(openViewsStore({ kind: 'folder', dataDir }), log, inForce);
    return { events: history.length, already: false };
  } finally {
    await log.close();
  }
}

async function append(log: EventLog, history: readonly object[], pseudonyms: Pseudonyms): Promise<void> {
  const lines = history.map((envelope) => `${JSON.stringify(envelope)}\n`);
  for await (const { rejects } of importNdjson(asStream(lines), log, { pseudonyms, history: true })) {
    if (rejects.length > 0) throw new Error(`invented events were rejected: ${JSON.stringify(rejects[0])}`);
  }
}

async function* asStream(lines: readonly string[]): AsyncGenerator<string> {
  for (const line of lines) yield await Promise.resolve(line);
}

/** How many events of ours are there already: 0 for an empty folder. */
async function eventsOfDemo(dataDir: string): Promise<number> {
  const log = openIfThere(dataDir);
  if (!log) return 0;
  try {
    const { position } = await log.head();
    const ours = new Set(population.map(({ clientId }) => clientId));
    const strangers = (await clientsUpTo(log, position)).filter((clientId) => !ours.has(clientId));
    if (strangers.length === 0) {
      const events = await log.readAll(START, 100_000);
      return events.filter(({ stream }) => clientOfStream(stream) !== null).length;
    }
    throw new ProblemFound(
      `The data folder ${dataDir} holds events of others, and invented people do not belong among them. ` +
        'Name an empty folder with --data-dir, or leave it out to use data/demo.',
    );
  } finally {
    await log.close();
  }
}

function openIfThere(dataDir: string): EventLogReader | undefined {
  try {
    return openSqliteEventLogReader({ dataDir });
  } catch (error) {
    if (error instanceof Error && error.name === 'LogNotFound') return undefined;
    throw error;
  }
}

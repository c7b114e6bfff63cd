import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { openSqliteEventLogInProcess, type EventLog, type Position } from '@domeinbrug/event-store';
import {
  openViewsForReading,
  openViewsForWriting,
  openViewsStore,
  type ViewsDatabase,
  type ViewsStore,
  type ViewsWriter,
} from '@domeinbrug/projections';
import { findRuleSet, loadRuleSets, type RuleSet } from '@domeinbrug/rules';

/** A real log in a folder of its own, whose clock ticks a second an event. */
export interface Folder {
  dataDir: string;
  log: EventLog;
}

export async function openFolder(): Promise<Folder> {
  const dataDir = mkdtempSync(join(tmpdir(), 'domeinbrug-projections-'));
  let now = Date.UTC(2024, 5, 1);
  return { dataDir, log: await openSqliteEventLogInProcess({ dataDir, clock: () => (now += 1000) }) };
}

export async function dropFolder({ dataDir, log }: Folder): Promise<void> {
  await log.close();
  rmSync(dataDir, { recursive: true });
}

/** A rule set that is shipped. */
export function shipped(id: string): RuleSet {
  const files = ['sharp-cut.yaml', 'six-weeks.yaml'];
  const loaded = loadRuleSets(
    files.map((name) => ({ name, text: readFileSync(join('rules', name), 'utf8') })),
  );
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  return findRuleSet(loaded.value, id)!;
}

export type Sent = { type: string; id: string; data: Record<string, unknown> };

export const source = 'urn:nld:agb:65656055:systeem:test';

export async function record(log: EventLog, client: string, ...events: Sent[]): Promise<void> {
  const stream = `journey-${client}`;
  const stored = await log.readStream(stream);
  const outcome = await log.append({
    stream,
    expectedRevision: stored.at(-1)?.revision ?? 'no-stream',
    events: events.map(({ type, id, data }) => ({
      id,
      type,
      contentHash: createHash('sha256')
        .update(JSON.stringify([client, type, id, data]))
        .digest('hex'),
      content: { specversion: '1.0', source, id, time: '2024-01-01T00:00:00Z', data },
      personal: null,
      metadata: {},
    })),
  });
  if (outcome.status !== 'appended') throw new Error(`The events were not taken: ${outcome.status}.`);
}

export const registered = (id = 'reg'): Sent => ({
  type: 'client-registered',
  id,
  data: { firstDay: '2023-01-01', municipality: '0363', insurer: '3311', careOffice: '5515' },
});
export const caseManagement: Sent = {
  type: 'case-management-started',
  id: 'cm',
  data: { firstDay: '2023-06-01', provider: '65656055' },
};
export const guidance: Sent = {
  type: 'wmo-decision-issued',
  id: 'wmo',
  data: { decisionId: 'D1', municipality: '0363', services: ['guidance'], firstDay: '2023-05-01' },
};
export const indication: Sent = {
  type: 'wlz-indication-issued',
  id: 'ciz',
  data: { decisionId: 'C1', decidedOn: '2024-01-10', firstDay: '2024-01-15', profile: '754' },
};
export const admission: Sent = {
  type: 'client-admitted',
  id: 'adm',
  data: { firstDay: '2024-03-04', provider: '65656055', withTreatment: true },
};

/** Says in the log that a rule set is in force from here on; where. */
export async function recordActivation(log: EventLog, rules: RuleSet): Promise<Position> {
  const stored = await log.readStream('ruleset-active');
  const id = `activation ${stored.length}`;
  const outcome = await log.append({
    stream: 'ruleset-active',
    expectedRevision: stored.at(-1)?.revision ?? 'no-stream',
    events: [
      {
        id,
        type: 'rule-set-activated',
        contentHash: createHash('sha256').update(id).digest('hex'),
        content: { id: rules.id, version: rules.version, hash: rules.hash },
        personal: null,
        metadata: {},
      },
    ],
  });
  if (outcome.status !== 'appended') throw new Error(outcome.status);
  return outcome.positions[0]!;
}

/** Three clients whose events lie mixed in the log. */
export async function recordThree(log: EventLog): Promise<void> {
  await record(log, 'CLIENT0B', registered());
  await record(log, 'CLIENT0A', registered(), caseManagement);
  await record(log, 'CLIENT0B', guidance);
  await record(log, 'CLIENT0A', indication);
  await record(log, 'CLIENT0C', registered(), guidance, caseManagement, indication, admission);
  await record(log, 'CLIENT0A', admission);
  await record(log, 'CLIENT0B', indication);
}

/** The read models in a data folder. */
export function viewsIn(dataDir: string): ViewsStore {
  return openViewsStore({ kind: 'folder', dataDir });
}

export async function asking<T>(path: string, ask: (db: ViewsDatabase) => Promise<T>): Promise<T> {
  const db = openViewsForReading(path);
  try {
    return await ask(db);
  } finally {
    await db.destroy();
  }
}

export async function writing<T>(path: string, write: (views: ViewsWriter) => Promise<T>): Promise<T> {
  const views = await openViewsForWriting(path);
  try {
    return await write(views);
  } finally {
    await views.close();
  }
}

const tables = [
  'checkpoint',
  'timelines',
  'portfolio',
  'portfolio_gaps',
  'minutes',
  'findings',
  'event_keys',
  'changes',
  'parked',
];

/** Every row of every table, as text. */
export function dump(path: string): string {
  const file = new Database(path, { readonly: true });
  const rows = tables.map((table) => [table, file.prepare(`select * from ${table} order by 1, 2`).all()]);
  file.close();
  return JSON.stringify(rows, null, 1);
}

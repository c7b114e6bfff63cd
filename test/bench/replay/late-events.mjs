// One late event: until the archive has it, at a large size, and until the stored coverage has it, through a log.
import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { importNdjson } from '../../../dist/apps/cli/src/import/import-ndjson.js';
import { tellPerson } from '../../../dist/apps/cli/src/generate/population.js';
import { ArchiveReader, ArchiveWriter } from '../../../dist/libs/archive/src/index.js';
import { parseDay } from '../../../dist/libs/calendar/src/index.js';
import { openSqliteEventLog } from '../../../dist/libs/event-store/src/index.js';
import { fromTheStart, startProjections } from '../../../dist/libs/projections/src/index.js';
import { foldedPeople, people, pseudonym } from '../invented-people.mjs';
import { pseudonyms } from '../pseudonyms.mjs';
import { withArchive } from './archive.mjs';
import { named } from './rule-sets.mjs';
import { quantile } from './timing.mjs';

const events = 1_000;
/** Invented; the log holds each as often as it takes, under other ids, since inventing takes longer than storing. */
const peopleInvented = 20_000;

export async function lateEvents({ clients, keep }) {
  await measureArchive(clients);
  await measureCoverage(Math.max(1, Math.round(clients / peopleInvented)), keep);
}

/** The facts of a client without and with one more event, in turn: each is a change that readers then see. */
async function measureArchive(clients) {
  const steps = foldedPeople();
  const versions = new Map();
  for (const { client, facts } of steps) versions.set(client, [...(versions.get(client) ?? []), facts]);
  const copies = Math.max(1, Math.round(clients / people));
  const inTheEnd = [...versions.values()].map((facts) => facts.at(-1));
  const writer = await withArchive(inTheEnd, copies, (place) => ArchiveWriter.beside(place).archive);
  let position = Number(writer.upTo.position);
  const next = () => ({ position: String(++position), recordedAt: Date.UTC(2026, 0, 1) + position });
  const several = [...versions.values()]
    .map((facts, number) => [number, facts])
    .filter(([, facts]) => facts.length > 1);
  const waits = [];
  for (let count = 0; count < events; count++) {
    const [number, facts] = several[(count * 7_919) % several.length];
    const copy = (count * 104_729) % copies;
    const moment = next();
    const started = performance.now();
    writer.apply(moment, pseudonym(copy * people + number), facts.at(-2));
    writer.commit(moment);
    new ArchiveReader(writer.shared()).eventAt(moment.position);
    waits.push(performance.now() - started);
  }
  tell(`archive of ${(copies * people).toLocaleString('en')} clients, in memory`, waits);
}

/**
 * From the append until the read models, and with them the archive, have it; one event at a time.
 *
 * @param keep a data folder that stays, for telling and building take most of an hour
 */
async function measureCoverage(copies, keep) {
  if (keep) mkdirSync(keep, { recursive: true });
  const dataDir = keep ?? mkdtempSync(join(tmpdir(), 'late-events-'));
  const log = await openSqliteEventLog({ dataDir });
  const projections = await projectionsOver(log, dataDir, copies);
  try {
    const clients = await clientsOf(log);
    const waits = { stored: [], archived: [] };
    for (let count = 0; count < events; count++) {
      const started = performance.now();
      const position = await append(log, clients[(count * 7_919) % clients.length]);
      await projections.reached(position, 60_000);
      waits.stored.push(performance.now() - started);
      while (archivedUpTo(projections) < Number(position))
        await new Promise((resolve) => setTimeout(resolve, 1));
      waits.archived.push(performance.now() - started);
    }
    const size = `${(copies * peopleInvented).toLocaleString('en')} people in an embedded log`;
    tell(`stored coverage, ${size}`, waits.stored);
    tell(`and the archive, ${size}`, waits.archived);
  } finally {
    await projections.close();
    await log.close();
    if (!keep) rmSync(dataDir, { recursive: true });
  }
}

async function projectionsOver(log, dataDir, copies) {
  if ((await log.head()).position === '0') await tellAll(log, copies);
  const projections = startProjections({ dataDir, inForce: fromTheStart(named('six-weeks')), log });
  const { position } = await log.head();
  console.log(
    `${Number(position).toLocaleString('en')} events stored; read models and archive are being built`,
  );
  const started = performance.now();
  const minutes = () => ((performance.now() - started) / 60_000).toFixed(1);
  if (!(await projections.reached(position, 6 * 3_600_000)))
    throw new Error(JSON.stringify(await projections.status()));
  console.log(`read models in force after ${minutes()} minutes`);
  while (archivedUpTo(projections) < Number(position))
    await new Promise((resolve) => setTimeout(resolve, 50));
  console.log(`archive of all in use after ${minutes()} minutes`);
  return projections;
}

async function tellAll(log, copies) {
  for await (const { rejects } of importNdjson(lines(copies), log, { pseudonyms, history: true })) {
    if (rejects.length > 0) throw new Error(JSON.stringify(rejects[0]));
  }
}

function archivedUpTo(projections) {
  const shared = projections.archive();
  return shared ? Number(new ArchiveReader(shared).upTo.position) : 0;
}

/** What is told of all, in the order of recording. */
async function* lines(copies) {
  const period = { firstDay: parseDay('2022-01-01'), lastDay: parseDay('2025-12-31') };
  const told = Array.from(
    { length: peopleInvented },
    (_, number) => tellPerson(1, number, period).told,
  ).flat();
  told.sort((a, b) => a.recordedAt - b.recordedAt);
  for (const { line } of told) {
    const event = JSON.parse(line);
    const { id } = event;
    const { clientId } = event.data;
    for (let copy = 0; copy < copies; copy++) {
      event.id = `${id}-${copy}`;
      event.data.clientId = pseudonym(`${clientId} ${copy}`);
      yield `${JSON.stringify(event)}\n`;
    }
  }
}

/** Some of those with anything told of them lately. */
async function clientsOf(log) {
  const { position } = await log.head();
  const last = await log.readAll(String(Math.max(0, Number(position) - 100_000)), 100_000);
  return [...new Set(last.map(({ stream }) => stream))].filter((stream) => stream.startsWith('journey-'));
}

/** A provider tells late of half an hour in the last month. */
async function append(log, stream) {
  const stored = await log.readStream(stream);
  const id = randomUUID();
  const source = 'urn:nld:agb:65656055:systeem:bench';
  const data = { service: 'case-management', day: '2025-11-03', minutes: 30, provider: '65656055' };
  const content = { specversion: '1.0', source, id, time: '2025-11-03T12:00:00Z', data };
  const contentHash = createHash('sha256').update(id).digest('hex');
  const event = { id, type: 'activity-recorded', contentHash, content, personal: null, metadata: {} };
  const outcome = await log.append({ stream, expectedRevision: stored.length - 1, events: [event] });
  return outcome.positions[0];
}

function tell(what, waits) {
  const [half, most, longest] = [0.5, 0.99, 1].map((part) => quantile(waits, part).toFixed(2));
  console.log(
    `${what}: p50 ${half} ms, p99 ${most} ms, longest ${longest} ms over ${waits.length.toLocaleString('en')} events`,
  );
}

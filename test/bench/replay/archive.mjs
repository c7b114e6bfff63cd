// An archive of as many invented people as are asked: 10,000 are folded, each stands in it under many pseudonyms.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import {
  ArchiveBuilder,
  ArchiveReader,
  packHistories,
  readArchive,
} from '../../../dist/libs/archive/src/index.js';
import { formatDay, parseDay } from '../../../dist/libs/calendar/src/index.js';
import { foldedPeople, people, pseudonym } from '../invented-people.mjs';

/** The last two years of the invented ones, which is what policy asks about. */
export const period = { from: parseDay('2024-01-01'), until: parseDay('2026-01-01') };
const foldVersion = 'bench';
const peopleAPart = 2_000;
export const periodWords = `${formatDay(period.from)} through ${formatDay(period.until - 1)}`;

/** Facts as they are in the end, and what their people are like. */
export async function archiveOfPeople(clients) {
  const folded = lastOfEach(foldedPeople());
  const copies = Math.max(1, Math.round(clients / people));
  const started = performance.now();
  const shared = await withArchive(folded, copies, readArchive);
  const reader = new ArchiveReader(shared);
  const seconds = (performance.now() - started) / 1_000;
  tellSize(reader, seconds);
  tellMix(folded);
  return { reader, shared, clients: reader.clients, event: reader.lastEvent };
}

/** Packed once and added under other names again and again: by far the quickest way to an archive of this size. */
export async function withArchive(folded, copies, work) {
  const recordedAt = Date.UTC(2026, 0, 1);
  const histories = folded.map((facts) => ({ client: '', steps: [{ recordedAt, facts }] }));
  const parts = Array.from({ length: Math.ceil(folded.length / peopleAPart) }, (_, part) =>
    packHistories(histories.slice(part * peopleAPart, (part + 1) * peopleAPart)),
  );
  const folder = mkdtempSync(join(tmpdir(), 'bench-replay-'));
  try {
    const builder = new ArchiveBuilder();
    for (let copy = 0; copy < copies; copy++) {
      let number = copy * people;
      for (const part of parts)
        builder.add({ ...part, clients: part.clients.map(() => pseudonym(number++)) });
    }
    const place = { dataDir: folder, foldVersion };
    await builder.finish(place);
    return work(place);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function lastOfEach(steps) {
  const last = new Map();
  for (const { client, facts } of steps) last.set(client, facts);
  return [...last.values()];
}

function tellSize(reader, seconds) {
  const { clients, facts, bytesOfFacts, bytes } = reader.size();
  console.log(
    `\n${clients.toLocaleString('en')} clients, ${facts.toLocaleString('en')} facts (${(facts / clients).toFixed(1)} each), archived in ${seconds.toFixed(1)} s; ` +
      `${(bytesOfFacts / facts).toFixed(1)} bytes a fact, ${(bytes / facts).toFixed(1)} with index, names and all, ` +
      `${(bytes / 1e6).toFixed(0)} MB`,
  );
}

function tellMix(all) {
  const kinds = Object.keys(all[0]).filter(
    (name) =>
      Array.isArray(all[0][name]) && !['events', 'state', 'pools', 'findings', 'triggers'].includes(name),
  );
  const share = (has) => `${((100 * all.filter(has).length) / all.length).toFixed(0)}%`;
  const shares = [
    ...kinds.map((name) => `${name} ${share((facts) => facts[name].length > 0)}`),
    `death ${share(({ death }) => death !== null)}`,
  ];
  console.log(`share of clients with ${shares.join(', ')}`);
}

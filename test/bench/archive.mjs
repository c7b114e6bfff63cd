// Measures the archive of facts: `npm run build && node test/bench/archive.mjs [clients] [folder]`.
// 10,000 invented people are folded first, untimed; each is written under as many pseudonyms as make up the clients.
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { ArchiveReader, ArchiveWriter } from '../../dist/libs/archive/src/index.js';
import { compileRuleSet, coverFacts } from '../../dist/libs/coverage/src/index.js';
import { foldedPeople, people, pseudonym, shippedRules } from './invented-people.mjs';

const copies = Math.max(1, Math.round(Number(process.argv[2] ?? 200_000) / people));
const eventsABatch = 256;
const foldVersion = 'bench';

const steps = foldedPeople();
const pseudonyms = Array.from({ length: people * copies }, (_, number) => pseudonym(number));
const folder = mkdtempSync(join(process.argv[3] ?? tmpdir(), 'archive-bench-'));
const lastPosition = await writeAll();
const { found: opened, seconds } = timed(() => ArchiveWriter.open({ dataDir: folder, foldVersion }));
if (opened.refused) throw new Error(opened.refused);
console.log(`opened in ${(seconds * 1_000).toFixed(0)} ms`);
readAll(new ArchiveReader(opened.archive.shared()));
await opened.archive.close();
rmSync(folder, { recursive: true });

async function writeAll() {
  const { archive: writer } = ArchiveWriter.open({ dataDir: folder, foldVersion });
  let position = 0;
  let longest = 0;
  let moment;
  const started = performance.now();
  for (const { client, recordedAt, facts } of steps) {
    for (let copy = 0; copy < copies; copy++) {
      position += 1;
      moment = { position: String(position), recordedAt };
      const begun = performance.now();
      writer.apply(moment, pseudonyms[client * copies + copy], facts);
      if (position % eventsABatch === 0) {
        writer.commit(moment);
        await nextTurn();
      }
      longest = Math.max(longest, performance.now() - begun);
    }
  }
  writer.commit(moment);
  await writer.close();
  if (writer.fault) throw writer.fault;
  const { facts, superseded, bytesOfFacts, bytesOfSuperseded, bytes } = new ArchiveReader(
    writer.shared(),
  ).size();
  const elapsed = (performance.now() - started) / 1_000;
  const file = readdirSync(join(folder, 'archive')).map(
    (name) => statSync(join(folder, 'archive', name)).size,
  );
  report('events written a second', position / elapsed);
  report('facts written a second', (facts + superseded) / elapsed);
  console.log(`longest wait for one event ${longest.toFixed(1)} ms; ${writer.shared().generation} bases`);
  console.log(
    `${position.toLocaleString('en')} events, ${facts.toLocaleString('en')} facts and ${superseded.toLocaleString('en')} superseded`,
  );
  console.log(
    `bytes a fact: ${(bytesOfFacts / facts).toFixed(2)}, superseded ${(bytesOfSuperseded / superseded).toFixed(2)}; ${(bytes / (facts + superseded)).toFixed(2)} everything`,
  );
  console.log(`on disk ${(file[0] / 1e6).toFixed(0)} MB`);
  return position;
}

function readAll(reader) {
  const rules = compileRuleSet(shippedRules('six-weeks'));
  const nothing = { piece() {}, minutes() {}, finding() {} };
  const yearAgo = reader.eventAt(String(Math.round(lastPosition * 0.75)));
  for (const [when, event] of [
    ['now', 'now'],
    ['as of three quarters of the log', yearAgo],
  ]) {
    const read = timed(() => everyone(reader, (client) => reader.factsAt(client, event)));
    const covered = timed(() =>
      everyone(reader, (client) => coverFacts(reader.factsAt(client, event), rules, nothing)),
    );
    report(`clients read a second, ${when}`, reader.clients / read.seconds);
    report(`clients read and covered a second, ${when}`, reader.clients / covered.seconds);
  }
  const found = timed(() => [...reader.candidates({ level: 'municipality', code: 363 })].length);
  console.log(`${found.found} candidates of a municipality in ${(found.seconds * 1_000).toFixed(1)} ms`);
}

function everyone(reader, visit) {
  for (let client = 0; client < reader.clients; client++) visit(client);
}

function timed(work) {
  const started = performance.now();
  const found = work();
  return { found, seconds: (performance.now() - started) / 1_000 };
}

function report(what, perSecond) {
  console.log(`${what}: ${Math.round(perSecond).toLocaleString('en')}`);
}

// Kills a running import again and again with SIGKILL and looks at the log after each: every event that the import
// had said to be stored is there, once, and the digests follow from one another. Then lets the import finish, does
// it once more (nothing new), builds the read models and verifies.
//
//   node test/prove/kills.mjs [--kills 20] [--events 45000] [--seed 1]
import { execFileSync, spawn } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

const product = fileURLToPath(new URL('../../dist/', import.meta.url));
const command = join(product, 'apps/cli/src/main.js');
const store = await import(pathToFileURL(join(product, 'libs/event-store/src/index.js')).href);

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '20' },
    events: { type: 'string', default: '45000' },
    seed: { type: 'string', default: '1' },
  },
});
const kills = wholeNumber('kills', 1, 1_000);
const events = wholeNumber('events', 1_000, 1_000_000);
const random = numbersFrom(wholeNumber('seed', 0, 2 ** 31));

const folder = mkdtempSync(join(tmpdir(), 'domeinbrug-kills-'));
const file = join(folder, 'events.ndjson');
const dataDir = join(folder, 'data');
const progressFile = join(folder, 'progress.ndjson');
const started = Date.now();
try {
  await prove();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function prove() {
  const ids = writeEvents();
  const stored = [];
  let midway = 0;
  let acknowledged = 0;
  for (let kill = 1; kill <= kills; kill++) {
    acknowledged = Math.max(acknowledged, await importUntilKilled());
    stored.push(await look(ids, acknowledged, `after kill ${kill}`));
    if (stored.at(-1) > acknowledged) midway += 1;
  }
  const finished = JSON.parse(domeinbrug('import', file, '--json'))[0].counts;
  const total = await look(ids, events, 'after the import that was let finish');
  const again = JSON.parse(domeinbrug('import', file, '--json'))[0].counts;
  expect(
    finished.recorded + finished.known === events,
    `the last import told of ${JSON.stringify(finished)}`,
  );
  expect(again.recorded === 0 && again.known === events, `importing again told of ${JSON.stringify(again)}`);
  expect(total === events, `the log holds ${total} events of ${events}`);
  domeinbrug('projections', 'rebuild');
  domeinbrug('verify');
  console.log(
    `${kills} kills -9 during an import of ${events} events: 0 acknowledged events lost, 0 doubled, ` +
      `${acknowledged} acknowledged and ${stored.at(-1)} stored at the last kill; ` +
      `${midway} kills fell between storing and telling; ` +
      `re-import added ${again.recorded}, verify clean (${Math.round((Date.now() - started) / 1000)} s).`,
  );
}

/** Journeys of invented clients, line by line through one another; gives the event id of each line. */
function writeEvents() {
  const clients = Math.max(1, Math.round(events / 6));
  const ids = [];
  const out = openSync(file, 'w');
  for (let line = 0; line < events; line++) {
    // A client's own number of the step comes from the line, so that each id is used once.
    const client = `Killed${String(line % clients).padStart(6, '0')}`;
    const step = Math.floor(line / clients);
    const id = `${client}-${step}`;
    ids.push(id);
    writeSync(out, `${JSON.stringify(envelope(client, id, step))}\n`);
  }
  closeSync(out);
  return ids;
}

function envelope(clientId, id, step) {
  const firstDay = `20${18 + (step % 7)}-0${1 + (step % 9)}-1${step % 10}`;
  const provider = '61610001';
  const told = [
    ['client-registered', { firstDay, municipality: '0363', insurer: '3311', careOffice: '5515' }],
    ['case-management-started', { firstDay, provider }],
    ['client-admitted', { firstDay, provider, withTreatment: step % 2 === 0 }],
    ['client-discharged', { lastDay: firstDay, provider }],
  ];
  const [type, about] = told[step % told.length];
  return {
    specversion: '1.0',
    id,
    source: `urn:nld:agb:${provider}:systeem:ecd`,
    type: `nl.domeinbrug.${type}.v1`,
    time: `${firstDay}T12:00:00+01:00`,
    data: { clientId, ...about },
  };
}

/** Starts the import and kills it some while after it stored something; gives the last line it had acknowledged. */
async function importUntilKilled() {
  rmSync(progressFile, { force: true });
  const parts = Math.floor(random() * 2);
  const child = spawn(
    process.execPath,
    [command, 'import', file, '--progress-file', progressFile, '--data-dir', dataDir],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  const ended = new Promise((resolve) => child.once('exit', (code, signal) => resolve({ code, signal })));
  let done = false;
  void ended.then(() => (done = true));
  const enough = () => progress().filter(({ recorded }) => recorded > 0).length > parts;
  while (!done && !enough()) await pause(2);
  await pause(random() * 80);
  child.kill('SIGKILL');
  const { code, signal } = await ended;
  expect(signal === 'SIGKILL', `the import ended by itself with ${code}; give more --events`);
  return progress().at(-1)?.line ?? 0;
}

/** What the import said it has stored for good, as far as its last whole line. */
function progress() {
  if (!existsSync(progressFile)) return [];
  return readFileSync(progressFile, 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line));
}

/** Every acknowledged event is in the log, none is there twice, and the digests follow. Gives how many there are. */
async function look(ids, acknowledged, when) {
  const log = store.openSqliteEventLogReader({ dataDir });
  const seen = new Set();
  let digest = store.EMPTY_LOG_DIGEST;
  let after = store.START;
  for (;;) {
    const page = await log.readAll(after, 2_000);
    for (const event of page) {
      expect(!seen.has(event.content.id), `${when}: ${event.content.id} is in the log twice`);
      seen.add(event.content.id);
      digest = store.nextDigest(digest, event.contentHash);
      expect(digest === event.digest, `${when}: the digest at ${event.position} does not follow`);
      after = event.position;
    }
    if (page.length < 2_000) break;
  }
  await log.close();
  const lost = ids.slice(0, acknowledged).filter((id) => !seen.has(id));
  expect(lost.length === 0, `${when}: ${lost.length} acknowledged events are lost, such as ${lost[0]}`);
  return seen.size;
}

function domeinbrug(...args) {
  return execFileSync(process.execPath, [command, ...args, '--data-dir', dataDir], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 1 << 26,
  });
}

function expect(holds, otherwise) {
  if (!holds) throw new Error(otherwise);
}

function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function wholeNumber(name, least, most) {
  const number = Number(values[name]);
  if (Number.isInteger(number) && number >= least && number <= most) return number;
  throw new Error(`--${name}: write a whole number from ${least} to ${most}.`);
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function numbersFrom(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

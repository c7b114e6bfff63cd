// Loads the product at its rate limit, as it is set when nobody sets it: one organisation asks on a clock of its own for
// many times what it may, and another goes on at a modest pace, first alone and then beside it. The first has to get
// exactly what the limit allows and for everything beyond it a 429 that says what the limit is and when to ask again;
// the other has to get all its answers; memory has to stay where it is.
//
//   npm run prove:rate-limit -- [--minutes 2] [--times 10] [--clients 500]
//
// --times: how many times its limit the first asks for. Prints what the other waits for its answers without and with it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { startService } from './kills/live-round.mjs';
import { envelope, expect, pause } from './kills/told-events.mjs';

const product = fileURLToPath(new URL('../../dist/', import.meta.url));
const lib = (name) => import(pathToFileURL(join(product, `libs/${name}/src/index.js`)).href);
const { issueDevelopmentToken } = await lib('access');
const { readConfig } = await lib('settings');

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '2' },
    times: { type: 'string', default: '10' },
    clients: { type: 'string', default: '500' },
  },
});
const [minutes, times, clients] = [values.minutes, values.times, values.clients].map(Number);
expect(Number.isInteger(minutes) && minutes >= 1, '--minutes: write a whole number, at least 1.');
expect(times > 1 && clients >= 1, '--times: above 1; --clients: at least 1.');

const { requestsPerMinute, requestsAtOnce } = readConfig({}).limits;
/** Of the other organisation, a second. */
const modestPace = 20;
/** The first keeps to what it may have under way, so that the limit by the minute is what it meets. */
const underWayAtMost = Math.floor(requestsAtOnce * 0.75);
/** So long before a minute is over the first ends: a request that is under way must not count in the next one. */
const marginMs = 3_000;
const mayGrowMiB = 64;

const folder = mkdtempSync(join(tmpdir(), 'domeinbrug-rate-limit-'));
const dataDir = join(folder, 'data');
const service = await startService({
  program: join(product, 'apps/api/src/main.js'),
  dataDir,
  // Empty means: as it is when nobody sets it.
  settings: { DOMEINBRUG_REQUESTS_PER_MINUTE: '', DOMEINBRUG_REQUESTS_AT_ONCE: '' },
  issueToken: issueDevelopmentToken,
});
try {
  await prove();
} finally {
  service.child.kill('SIGTERM');
  await service.ended;
  rmSync(folder, { recursive: true, force: true });
}

async function prove() {
  await introduce();
  // The sender has asked already: the minute of the first begins with its first question.
  const { provider: modest, funder: eager } = service.tokens;
  await askAt(modestPace, 10_000, modest); // until what it calls is compiled
  const alone = await askAt(modestPace, 30_000, modest);
  const lasts = minutes * 60_000 - marginMs;
  const memory = [];
  const looking = lookAtMemory(lasts, memory);
  const [beside, first] = await Promise.all([
    askAt(modestPace, lasts, modest),
    askAt((times * requestsPerMinute) / 60, lasts, eager),
  ]);
  await looking;
  tell({ alone, beside, first, memory });
}

async function introduce() {
  const journeys = Array.from({ length: clients }, (_, client) =>
    Array.from({ length: 4 }, (__, step) => envelope(idOf(client), step)),
  );
  for (let at = 0; at < clients; at += 200) {
    const { status } = await service.post(journeys.slice(at, at + 200).flat());
    expect(status === 200, `an introduction was answered with ${status}`);
  }
}

/** Asks for coverage of one client after the other on a clock of its own, whatever the answers take. */
async function askAt(aSecond, lasts, token) {
  const found = { asked: 0, byStatus: new Map(), waits: [] };
  const underWay = new Set();
  const began = performance.now();
  for (let told = 0; told < lasts && !found.fault; told = performance.now() - began) {
    while (found.asked < (aSecond * told) / 1_000 && underWay.size < underWayAtMost) {
      const answered = askOnce(found, token)
        .catch((error) => (found.fault ??= error))
        .finally(() => underWay.delete(answered));
      underWay.add(answered);
    }
    await pause(2);
  }
  await Promise.all(underWay);
  if (found.fault) throw found.fault;
  return found;
}

async function askOnce(found, token) {
  const from = performance.now();
  const path = `/v1/clients/${idOf(found.asked++ % clients)}/coverage`;
  const answer = await fetch(service.address + path, { headers: { authorization: `Bearer ${token}` } });
  const body = await answer.json();
  found.byStatus.set(answer.status, (found.byStatus.get(answer.status) ?? 0) + 1);
  if (answer.status === 200) found.waits.push(performance.now() - from);
  else expectRefusal(answer, body);
}

function expectRefusal({ status, headers }, { code, detail }) {
  const seconds = Number(headers.get('retry-after'));
  expect(status === 429 && code === 'too-many-requests', `answered with ${status} ${code}: ${detail}`);
  expect(
    detail.includes(`may ask ${requestsPerMinute} times a minute`),
    `it does not say the limit: ${detail}`,
  );
  expect(seconds >= 1 && seconds <= 60, `it says to ask again in ${seconds} s`);
}

async function lookAtMemory(lasts, memory) {
  const began = performance.now();
  while (performance.now() - began < lasts) {
    const figures = await (await fetch(`${service.address}/metrics`)).text();
    memory.push(Number(/^process_resident_memory_bytes (\d+)/m.exec(figures)[1]) / 2 ** 20);
    await pause(1_000);
  }
}

function tell({ alone, beside, first, memory }) {
  const count = (found, status) => found.byStatus.get(status) ?? 0;
  const allowed = minutes * requestsPerMinute;
  console.log(
    `in ${minutes} minutes the first asked ${whole(first.asked)} times and may ${whole(allowed)}: ` +
      `200: ${whole(count(first, 200))}, 429: ${whole(count(first, 429))}; of the other's ${whole(beside.asked)} 200: ${whole(count(beside, 200))}`,
  );
  console.log(
    `the other, ${modestPace} a second: alone ${waitsOf(alone)}; beside the first ${waitsOf(beside)}`,
  );
  const quarter = (number) => memory.slice((number * memory.length) / 4, ((number + 1) * memory.length) / 4);
  const middles = [0, 1, 2, 3].map((number) => quantile(quarter(number), 0.5));
  console.log(`resident by quarters: ${middles.map((each) => each.toFixed(0)).join(', ')} MiB`);
  expect(
    count(first, 200) === allowed,
    `the first got ${count(first, 200)} answers, and may have ${allowed}`,
  );
  for (const { asked, byStatus } of [alone, beside])
    expect(byStatus.get(200) === asked, 'the other was refused something');
  expect(middles[3] - middles[1] <= mayGrowMiB, 'memory grew from the second to the last quarter');
}

function waitsOf({ waits }) {
  return `p50 ${quantile(waits, 0.5).toFixed(1)} ms, p99 ${quantile(waits, 0.99).toFixed(1)} ms`;
}

function quantile(numbers, share) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

function idOf(client) {
  return `LimitedClient${String(client).padStart(6, '0')}`;
}

function whole(number) {
  return Math.round(number).toLocaleString('en');
}

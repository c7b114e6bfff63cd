// Measures the running service over HTTP, each figure beside what it is compared with:
//   npm run build && node test/bench/service.mjs [--clients 10000] [--seconds 5]
// The one who asks runs on the same processors as the one who answers. The data folder lies in the folder for
// temporary files: give TMPDIR on the disk that will hold the log.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import autocannon from 'autocannon';
import Database from 'better-sqlite3';
import { issueDevelopmentToken } from '../../dist/libs/access/src/index.js';

const { values } = parseArgs({
  options: { clients: { type: 'string', default: '10000' }, seconds: { type: 'string', default: '5' } },
});
const clients = Number(values.clients);
const seconds = Number(values.seconds);
/** Until what a route calls has been compiled: a service that runs for months is not measured in its first seconds. */
const warmUpSeconds = 3;
const batchSize = 1_000;
const agb = '65656055';
const source = `urn:nld:agb:${agb}:systeem:bench`;

const folder = mkdtempSync(join(tmpdir(), 'domeinbrug-bench-'));
const dataDir = join(folder, 'data');
const service = await start();
try {
  await measure();
} finally {
  service.process.kill('SIGTERM');
  await once(service.process, 'exit');
  rmSync(folder, { recursive: true, force: true });
}

async function measure() {
  const sender = await issueDevelopmentToken(dataDir, `provider:${agb}`);
  const insurer = await issueDevelopmentToken(dataDir, 'insurer:3311');
  await get('/bench/event-loop', sender);
  const batches = await postBatches(sender);
  const { p99, max } = await get('/bench/event-loop', sender);
  const rows = storedRows();
  tell('batch intake', batches, 'events/s', 'bulk insert of the same rows', insertRaw(rows, batchSize));
  console.log(
    `${'  event loop held up meanwhile'.padEnd(32)} p99 ${p99.toFixed(1)} ms, longest ${max.toFixed(1)} ms`,
  );
  console.log(
    `${'  read models had them all'.padEnd(32)} ${await untilProjected(sender)} ms after the last answer`,
  );

  const empty = await load({ token: sender, path: '/bench/empty', body: (at) => singleEvent(`e${at}`) });
  const single = await load({ token: sender, path: '/v1/events', body: (at) => singleEvent(`s${at}`) });
  tell('single posts, 32 at once', single.rate, 'events/s', 'durable commits of 16', insertRaw(rows, 16));
  tell('', single.rate, 'events/s', 'empty POST route', empty.rate);
  console.log(`${'  latency'.padEnd(32)} p50 ${single.p50} ms, p99 ${single.p99} ms`);
  await untilProjected(sender);

  const nothing = await load({ token: sender, path: '/bench/empty' });
  const coverage = await load({
    token: sender,
    path: (at) => `/v1/clients/${clientOf(at % clients)}/coverage`,
  });
  tell('coverage of a client', coverage.rate, 'answers/s', 'empty GET route', nothing.rate);
  console.log(`${'  latency'.padEnd(32)} p50 ${coverage.p50} ms, p99 ${coverage.p99} ms`);
  await measureFeed(insurer);
}

async function measureFeed(insurer) {
  const started = performance.now();
  let after = '';
  let entries = 0;
  for (;;) {
    const page = await get(
      `/v1/funders/insurer:3311/changes?limit=1000${after && `&after=${after}`}`,
      insurer,
    );
    if (page.changes.length === 0) break;
    entries += page.changes.length;
    after = page.changes.at(-1).cursor;
  }
  const rate = entries / ((performance.now() - started) / 1_000);
  console.log(
    `${'changes feed'.padEnd(32)} ${whole(rate)} entries/s over ${whole(entries)} entries, pages of 1,000`,
  );
}

async function start() {
  const child = spawn(
    process.execPath,
    [fileURLToPath(new URL('serve-with-empty-doors.mjs', import.meta.url))],
    {
      env: {
        ...process.env,
        PORT: '0',
        LOG_LEVEL: 'warn',
        DOMEINBRUG_DATA_DIR: dataDir,
        DOMEINBRUG_RULE_SET: 'six-weeks',
        // One organisation asks for all here.
        DOMEINBRUG_REQUESTS_PER_MINUTE: '10000000',
        DOMEINBRUG_REQUESTS_AT_ONCE: '10000',
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  for await (const chunk of child.stdout) {
    const address = /answers at (\S+)/.exec(String(chunk))?.[1];
    if (address) return { process: child, address };
  }
  throw new Error('the service did not start');
}

/** Four senders at once, each its own clients. */
async function postBatches(token) {
  const events = Array.from({ length: clients }, (_, client) => journeyOf(client)).flat();
  const batches = [];
  for (let at = 0; at < events.length; at += batchSize)
    batches.push(JSON.stringify(events.slice(at, at + batchSize)));
  const started = performance.now();
  const senders = Array.from({ length: 4 }, async () => {
    for (let body = batches.shift(); body !== undefined; body = batches.shift()) {
      const answer = await post('/v1/events', token, body, 'application/cloudevents-batch+json');
      const refused = answer.results.find(({ status }) => status !== 'recorded');
      if (refused) throw new Error(JSON.stringify(refused));
    }
  });
  await Promise.all(senders);
  return events.length / ((performance.now() - started) / 1_000);
}

async function untilProjected(token) {
  const started = performance.now();
  while ((await get('/health/ready', token)).lag.events > 0)
    await new Promise((resolve) => setTimeout(resolve, 5));
  return Math.round(performance.now() - started);
}

async function load({ token, path, body }) {
  let at = 0;
  const next = (request) => {
    at += 1;
    return {
      ...request,
      path: typeof path === 'function' ? path(at) : path,
      ...(body ? { body: JSON.stringify(body(at)) } : {}),
    };
  };
  const run = (duration) =>
    autocannon({
      url: service.address,
      connections: 32,
      duration,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      requests: [{ method: body ? 'POST' : 'GET', setupRequest: next }],
    });
  await run(warmUpSeconds);
  const result = await run(seconds);
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${path}: ${result.non2xx} refused, ${result.errors} failed`);
  return { rate: result['2xx'] / result.duration, p50: result.latency.p50, p99: result.latency.p99 };
}

/** What the log holds, with the statements that make its table of events and the indexes on it. */
function storedRows() {
  const log = new Database(join(dataDir, 'log.db'), { readonly: true });
  const schema = log
    .prepare("SELECT sql FROM sqlite_master WHERE tbl_name = 'events' AND sql IS NOT NULL")
    .all();
  const rows = log.prepare('SELECT * FROM events').raw().all();
  log.close();
  return { schema: schema.map(({ sql }) => sql).join(';'), rows };
}

/** Rows a second into an equal table, durable after each so many. */
function insertRaw({ schema, rows }, aCommit) {
  const some = aCommit < batchSize ? rows.slice(0, 20_000) : rows;
  const path = join(folder, `raw-${aCommit}.db`);
  const raw = new Database(path);
  raw.pragma('journal_mode = WAL');
  raw.pragma('synchronous = FULL');
  raw.pragma('foreign_keys = OFF');
  raw.exec(schema);
  const insert = raw.prepare(`INSERT INTO events VALUES (${some[0].map(() => '?').join(', ')})`);
  const commit = raw.transaction((part) => part.forEach((row) => insert.run(row)));
  const started = performance.now();
  for (let at = 0; at < some.length; at += aCommit) commit(some.slice(at, at + aCommit));
  const rate = some.length / ((performance.now() - started) / 1_000);
  raw.close();
  return rate;
}

async function get(path, token) {
  const answer = await fetch(service.address + path, { headers: { authorization: `Bearer ${token}` } });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

async function post(path, token, body, type) {
  const answer = await fetch(service.address + path, {
    method: 'POST',
    body,
    headers: { authorization: `Bearer ${token}`, 'content-type': type },
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

function clientOf(number) {
  return `benchclient${String(number).padStart(9, '0')}`;
}

function journeyOf(number) {
  const clientId = clientOf(number);
  const event = (type, fields) => envelope(`${number}-${type}`, type, { clientId, ...fields });
  return [
    event('client-registered', {
      firstDay: '2023-01-01',
      municipality: '0363',
      insurer: '3311',
      careOffice: '5515',
    }),
    event('zvw-care-indicated', {
      indicationId: `Z${number}`,
      services: ['district-nursing'],
      firstDay: '2023-02-01',
      provider: agb,
    }),
    event('case-management-started', { firstDay: '2023-06-01', provider: agb }),
    event('client-admitted', { firstDay: '2024-03-04', provider: agb, withTreatment: true }),
    event('activity-recorded', {
      service: 'case-management',
      day: '2024-03-11',
      minutes: 45,
      provider: agb,
      subject: 'client',
      kind: 'coordination',
    }),
  ];
}

function singleEvent(id) {
  const clientId = `${id}client00000000`.slice(0, 20).padEnd(20, '0');
  return envelope(id, 'client-registered', {
    clientId,
    firstDay: '2023-01-01',
    municipality: '0363',
    insurer: '3311',
  });
}

function envelope(id, type, data) {
  return {
    specversion: '1.0',
    id,
    source,
    type: `nl.domeinbrug.${type}.v1`,
    time: '2024-03-05T08:12:00Z',
    data,
  };
}

function tell(name, rate, unit, other, otherRate) {
  const ratio = (rate / otherRate).toFixed(2);
  console.log(`${name.padEnd(32)} ${whole(rate)} ${unit}; ${other} ${whole(otherRate)}/s: ratio ${ratio}`);
}

function whole(number) {
  return Math.round(number).toLocaleString('en');
}

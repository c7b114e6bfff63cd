// Kills the process that keeps the read models in PostgreSQL up, again and again at random moments while events are
// appended: in turn with SIGKILL, and by pausing it until another has taken over and letting it go on then. Each time
// the other projector has to take over within ten seconds, or as many as --within says. At the end every stored row is compared with the log.
//
//   npm run prove:projector-kills -- [--kills 50] [--seed 1] [--within 10] [--database postgres://…]
//
// Without --database it starts a server of its own in the temporary folder.
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { startCluster } from '../servers/postgres-cluster.mjs';
import { pseudonyms } from '../bench/pseudonyms.mjs';
import { envelope, expect, numbersFrom } from './kills/told-events.mjs';

const product = fileURLToPath(new URL('../../dist/', import.meta.url));
const built = (path) => import(pathToFileURL(join(product, path)).href);
const { openPostgresEventLog } = await built('libs/event-store/src/index.js');
const { importNdjson } = await built('apps/cli/src/import/import-ndjson.js');

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '50' },
    seed: { type: 'string', default: '1' },
    within: { type: 'string', default: '10' },
    database: { type: 'string' },
  },
});
const kills = Number(values.kills);
expect(Number.isInteger(kills) && kills >= 1, '--kills: write a whole number from 1.');
const random = numbersFrom(Number(values.seed));
const schema = `kills_${process.pid}`;
/** Of whom something is told in turn, so often of each; then of as many others, since a journey has some dozen events. */
const clients = 40;
const eventsAClient = 12;
const eventsASecond = 40;
const takesOverWithin = 1_000 * Number(values.within);
expect(takesOverWithin >= 1_000, '--within: write a number of seconds.');

const folder = mkdtempSync(join(tmpdir(), 'domeinbrug-projector-kills-'));
const cluster = values.database ? null : await startCluster({ listen_addresses: '' });
const url = values.database ?? `postgres:///postgres?host=${cluster.socket}&user=postgres`;
const settings = { PATH: process.env.PATH, DATABASE_URL: url, DATABASE_SCHEMA: schema, LOG_LEVEL: 'silent' };
const database = new pg.Client({ connectionString: url });
const projectors = new Map();
let started = 0;
try {
  await database.connect();
  await prove();
} finally {
  for (const { child } of projectors.values()) child.kill('SIGKILL');
  await dropSchemas();
  await database.end();
  await cluster?.stop();
  rmSync(folder, { recursive: true, force: true });
}

async function prove() {
  const began = performance.now();
  await startProjector();
  await startProjector();
  const load = startLoad();
  const waits = [];
  let appended;
  try {
    await until('the read models follow the log', async () => (await position()) > 20, 60_000);
    for (let kill = 1; kill <= kills; kill++) {
      await pause(random() * 1_500);
      waits.push(kill % 3 === 0 ? await pauseHolder() : await killHolder());
    }
  } finally {
    appended = await load.end();
  }
  await until(
    'the read models are as far as the log',
    async () => (await position()) >= appended.head,
    120_000,
  );
  const verified = JSON.parse(domeinbrug('verify', '--json'));
  expect(verified.views.differing === 0, JSON.stringify(verified.views.differences));
  waits.sort((a, b) => a - b);
  const rows = Object.entries(verified.views.rows).map(([table, count]) => `${table} ${count}`);
  console.log(
    `${kills} projectors stopped in the middle (${Math.floor(kills / 3)} paused and let go on, the others SIGKILL) ` +
      `over ${appended.events} events at ${Math.round(appended.rate)} a second: taken over after ` +
      `${seconds(waits[Math.floor(waits.length / 2)])} s (middle), ${seconds(waits.at(-1))} s (longest); ` +
      `${(await lease()).token} holders; every row is what the log gives: ${rows.join(', ')} ` +
      `(${Math.round((performance.now() - began) / 1000)} s).`,
  );
}

/** How long it takes until another has written, in ms. */
async function killHolder() {
  const holder = await lease();
  const { child, ended } = projectors.get(holder.pid);
  child.kill('SIGKILL');
  const wait = await untilTakenOver(holder);
  await ended;
  projectors.delete(holder.pid);
  await startProjector();
  return wait;
}

/** The same, of a process that comes back when another has taken over, and then tries to go on. */
async function pauseHolder() {
  const holder = await lease();
  const { child } = projectors.get(holder.pid);
  child.kill('SIGSTOP');
  const wait = await untilTakenOver(holder);
  child.kill('SIGCONT');
  return wait;
}

async function untilTakenOver(former) {
  const from = performance.now();
  const at = await position();
  const isTakenOver = async () => (await lease()).token > former.token && (await position()) > at;
  await until(`another than process ${former.pid} has written`, isTakenOver, takesOverWithin).catch(
    async (error) => {
      const { rows } = await database.query(`SELECT *, clock_timestamp() AS now FROM ${schema}_views.lease`);
      const now = { ...rows[0], former: former.token, from: at, position: await position() };
      throw new Error(`${error.message}: ${JSON.stringify(now)}`);
    },
  );
  return performance.now() - from;
}

async function lease() {
  const { rows } = await database.query(`SELECT holder, token FROM ${schema}_views.lease`);
  return { pid: Number(/^process (\d+)/.exec(rows[0].holder)[1]), token: Number(rows[0].token) };
}

/** Up to where the read models in force are; 0 while there are none. */
async function position() {
  try {
    const { rows: current } = await database.query(`SELECT generation FROM ${schema}_views.current`);
    const { rows } = await database.query(
      `SELECT position FROM ${schema}_views_${current[0].generation}.checkpoint`,
    );
    return Number(rows[0].position);
  } catch {
    return 0;
  }
}

async function startProjector() {
  const folderOf = (number) => join(folder, `projector-${number}`);
  const dataDir = folderOf(++started);
  if (started > 1) cpSync(join(folderOf(1), 'keys'), join(dataDir, 'keys'), { recursive: true });
  const child = spawn(process.execPath, [join(product, 'apps/api/src/main.js')], {
    env: { ...settings, PORT: '0', DOMEINBRUG_ROLE: 'projector', DOMEINBRUG_DATA_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  projectors.set(child.pid, { child, ended });
  await new Promise((resolve, reject) => {
    child.stdout.on('data', (chunk) => /answers at/.test(chunk) && resolve());
    void ended.then((code) => reject(new Error(`a projector ended with ${code} before it answered`)));
  });
}

/** Appends events of some clients, one after the other, until it is ended. */
function startLoad() {
  let isEnding = false;
  const from = performance.now();
  const appending = (async () => {
    const log = await openPostgresEventLog({ url, schema });
    const steps = new Map();
    let events = 0;
    while (!isEnding) {
      const before = Math.floor(events / (clients * eventsAClient)) * clients;
      const client = `CLIENT${10 + before + Math.floor(random() * clients)}`;
      const step = steps.get(client) ?? 0;
      await append(log, client, step);
      steps.set(client, step + 1);
      events += 1;
      await pause(Math.max(0, from + (events * 1_000) / eventsASecond - performance.now()));
    }
    const { position: head } = await log.head();
    await log.close();
    return { events, head: Number(head), rate: events / ((performance.now() - from) / 1_000) };
  })();
  return {
    end() {
      isEnding = true;
      return appending;
    },
  };
}

async function append(log, client, step) {
  const line = `${JSON.stringify(envelope(client, step))}\n`;
  for await (const { rejects } of importNdjson([line], log, { pseudonyms }))
    expect(rejects.length === 0, `an event was not appended: ${JSON.stringify(rejects)}`);
}

async function until(what, holds, withinMs) {
  const end = performance.now() + withinMs;
  while (!(await holds())) {
    expect(performance.now() < end, `not within ${withinMs / 1_000} s: ${what}`);
    await pause(20);
  }
}

function domeinbrug(...args) {
  const command = join(product, 'apps/cli/src/main.js');
  const dataDir = join(folder, 'asked');
  return execFileSync(process.execPath, [command, ...args, '--data-dir', dataDir], {
    env: settings,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
}

async function dropSchemas() {
  const { rows } = await database.query('SELECT nspname AS name FROM pg_namespace WHERE nspname ~ $1', [
    `^${schema}(_|$)`,
  ]);
  for (const { name } of rows) await database.query(`DROP SCHEMA ${name} CASCADE`);
}

function seconds(ms) {
  return (ms / 1_000).toFixed(1);
}

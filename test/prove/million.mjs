// Imports an invented history by the million and asks the same questions before and after everything that is derived is
// made anew: every answer has to be the same, byte for byte.
//
//   npm run prove:million -- [--clients 200000] [--seed 1]
//
// Told are the time and the memory of the import, how long read models and archive take to catch up with the log
// afterwards, and what the answers together hash to.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { clearInterval, setInterval } from 'node:timers';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

const product = fileURLToPath(new URL('../../dist/', import.meta.url));
const command = join(product, 'apps/cli/src/main.js');
const { issueDevelopmentToken } = await import(pathToFileURL(join(product, 'libs/access/src/index.js')).href);

const { values } = parseArgs({
  options: { clients: { type: 'string', default: '200000' }, seed: { type: 'string', default: '1' } },
});

const folder = mkdtempSync(join(tmpdir(), 'domeinbrug-million-'));
const dataDir = join(folder, 'data');
const history = join(folder, 'history.ndjson');
const seconds = (since) => ((performance.now() - since) / 1000).toFixed(1);
try {
  await prove();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function prove() {
  // The ids that askers are given follow from this key: with the same one, two runs have the same answers.
  mkdirSync(join(dataDir, 'keys'), { recursive: true, mode: 0o700 });
  writeFileSync(join(dataDir, 'keys', 'alias.key'), '0'.repeat(64), { mode: 0o600 });
  await domeinbrug('generate', '--clients', values.clients, '--seed', values.seed, '--out', history);
  let since = performance.now();
  const memory = await domeinbrug('import', '--history', history, '--data-dir', dataDir);
  console.log(`import: ${seconds(since)} s; resident memory by quarter of it ${quarters(memory)} MB`);
  const before = await answersOfService('log alone');
  since = performance.now();
  await domeinbrug('projections', 'rebuild', '--data-dir', dataDir);
  rmSync(join(dataDir, 'archive'), { recursive: true });
  console.log(`projections rebuild: ${seconds(since)} s; the archive is taken away too`);
  const after = await answersOfService('read models made anew');
  const differing = [...before].filter(([question, hash]) => after.get(question) !== hash);
  for (const [question] of differing) console.error(`differs: ${question}`);
  if (differing.length > 0) throw new Error(`${differing.length} of ${before.size} answers differ.`);
  const whole = createHash('sha256')
    .update([...before.values()].join())
    .digest('hex');
  console.log(`${before.size} answers are the same byte for byte, together ${whole.slice(0, 16)}`);
}

/** Runs a command to its end; gives its resident memory in bytes, read ten times a second. */
async function domeinbrug(...args) {
  const child = spawn(process.execPath, [command, ...args], { stdio: ['ignore', 'ignore', 'inherit'] });
  const memory = [];
  const watch = setInterval(() => memory.push(residentMemory(child.pid)), 100);
  const code = await new Promise((end) => child.once('exit', end));
  clearInterval(watch);
  if (code !== 0) throw new Error(`domeinbrug ${args.join(' ')} ended with ${code}`);
  return memory.filter((bytes) => bytes > 0);
}

function residentMemory(pid) {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024;
  } catch {
    return 0; // it has just ended, or this is not Linux
  }
}

/** The greatest of each quarter of the time. */
function quarters(memory) {
  return [0, 1, 2, 3]
    .map((quarter) =>
      memory.slice((quarter * memory.length) / 4, Math.ceil(((quarter + 1) * memory.length) / 4)),
    )
    .map((part) => Math.round(Math.max(0, ...part) / 2 ** 20))
    .join(', ');
}

/** Starts the service, waits until everything has caught up, and asks every question; gives each answer's hash. */
async function answersOfService(on) {
  const since = performance.now();
  const child = spawn(process.execPath, [join(product, 'apps/api/src/main.js')], {
    env: { PATH: process.env.PATH, PORT: '0', DOMEINBRUG_DATA_DIR: dataDir, LOG_LEVEL: 'silent' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((end) => child.once('exit', end));
  try {
    const address = await addressOf(child);
    await caughtUp(address, since, on);
    return await ask(address);
  } finally {
    child.kill('SIGTERM');
    await ended;
  }
}

function addressOf(child) {
  return new Promise((resolve, reject) => {
    let out = '';
    child.stdout.on('data', (chunk) => {
      out += chunk;
      const found = /answers at (\S+)/.exec(out);
      if (found) resolve(found[1]);
    });
    child.once('exit', (code) => reject(new Error(`the service ended with ${code} before it answered`)));
  });
}

async function caughtUp(address, since, on) {
  const lagOf = (figures, of) =>
    Number(new RegExp(`^domeinbrug_${of}_lag_events (\\d+)$`, 'm').exec(figures)[1]);
  const reached = {};
  while (!reached.projection || !reached.archive) {
    const figures = await (await fetch(`${address}/metrics`)).text();
    const { projections } = await readiness(address);
    for (const of of ['projection', 'archive']) {
      const isBuilt = of === 'archive' || projections === 'current';
      if (isBuilt && lagOf(figures, of) === 0) reached[of] ??= seconds(since);
    }
    await pause(200);
  }
  console.log(
    `on ${on}: read models ready after ${reached.projection} s, archive after ${reached.archive} s`,
  );
}

async function readiness(address) {
  const body = await (await fetch(`${address}/health/ready`)).json();
  return body.readiness ?? body;
}

async function ask(address) {
  const hashes = new Map();
  const tokens = new Map();
  const answer = async (as, path) => {
    if (!tokens.has(as)) tokens.set(as, await issueDevelopmentToken(dataDir, as));
    for (;;) {
      const response = await fetch(address + path, {
        headers: { authorization: `Bearer ${tokens.get(as)}`, 'audit-reason': 'a proof of this service' },
      });
      const text = await response.text();
      if (response.status === 503) {
        await pause(200); // the feed is still being filled in
        continue;
      }
      if (response.status !== 200) throw new Error(`${path} was answered with ${response.status}: ${text}`);
      hashes.set(`${as} ${path}`, createHash('sha256').update(text).digest('hex'));
      return JSON.parse(text);
    }
  };
  const head = Number((await readiness(address)).logPosition);
  const moments = [0.25, 0.5, 0.75].map((part) => `&knownAtPosition=${Math.round(head * part)}`);
  const clients = new Set();
  const providers = new Set();
  for (const funder of ['municipality:0363', 'insurer:3311', 'care-office:5515']) {
    const days = 'firstDay=2024-01-01&lastDay=2024-12-31';
    for (const moment of ['', ...moments]) {
      for (const asked of [`coverage?on=2024-06-30`, `coverage?${days}`, `overlaps?${days}`]) {
        await answer(funder, `/v1/funders/${funder}/${asked}${moment}`);
        // Whose ids of clients differ from the funder's.
        const page = await answer('auditor', `/v1/funders/${funder}/${asked}${moment}`);
        for (const { clientId, cover = [] } of page.clients) {
          clients.add(clientId);
          for (const row of cover) if (row.provider) providers.add(row.provider);
        }
      }
    }
    let after = '';
    for (let page = 0; page < 5; page++) {
      const { cursor } = await answer(funder, `/v1/funders/${funder}/changes?limit=1000${after}`);
      after = `&after=${cursor}`;
    }
  }
  for (const agb of [...providers].sort().slice(0, 20)) {
    const as = `provider:${agb}`;
    await answer(as, `/v1/providers/${agb}/minutes?by=month,service,reason`);
    await answer(as, `/v1/providers/${agb}/windows`);
    await answer(as, `/v1/findings`);
  }
  for (const client of clients) {
    for (const moment of ['', ...moments]) {
      const asked = moment.slice(1);
      // As known before it was known of at all, there is no such client.
      if (moment === '') await answer('auditor', `/v1/clients/${client}/coverage`);
      else await answer('auditor', `/v1/clients/${client}/coverage?ruleSet=sharp-cut&${asked}`);
    }
  }
  return hashes;
}

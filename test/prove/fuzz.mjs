// Sends the running product a great many requests: those that its own description speaks of, well and badly made, at
// every door and as everybody; and bytes that are no requests. Whatever comes, it answers as its pages say: no 5xx but
// the 503 that are described, nothing about people of another organisation, no stack trace and no path of the machine;
// it answers in time, and its memory does not grow with the number of requests.
//
//   npm run prove:fuzz -- [--requests 1000000] [--seed 1] [--at-once 8]
//
// The same seed makes the same requests. A fault is printed with its number and what was sent.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { Aliases } from './fuzz/aliases.mjs';
import { byteRequest } from './fuzz/byte-requests.mjs';
import { Chance } from './fuzz/chance.mjs';
import { faultsOf } from './fuzz/judge.mjs';
import { KnownRequests } from './fuzz/known-requests.mjs';
import { askers } from './fuzz/people.mjs';
import { patienceMs, Sender } from './fuzz/sender.mjs';
import { Target } from './fuzz/target.mjs';

const product = fileURLToPath(new URL('../../dist/', import.meta.url));
const lib = (name) => import(pathToFileURL(join(product, `libs/${name}/src/index.js`)).href);
const { issueDevelopmentToken, loadOrCreateKey, scopesOf } = await lib('access');
const { ClientAliases } = await lib('privacy');
const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: '1' },
    'at-once': { type: 'string', default: '8' },
  },
});
const requests = wholeNumber('requests', 100, 100_000_000);
const seed = wholeNumber('seed', 0, 1_000_000);
const atOnce = wholeNumber('at-once', 1, 200);

/** Of every hundred requests so many go by the byte. */
const byTheByte = 20;
/** What memory may grow by from the first tenth on: in proportion, and what a collector may have left. */
const mostGrowth = { factor: 1.3, megabytes: 64 };

const folder = mkdtempSync(join(tmpdir(), 'domeinbrug-fuzz-'));
const folders = [folder, product, fileURLToPath(new URL('../../', import.meta.url))];
const target = await Target.start({
  program: join(product, 'apps/api/src/main.js'),
  dataDir: join(folder, 'data'),
  issueToken: issueDevelopmentToken,
});
const sender = new Sender(target.address, atOnce);
const aliases = new Aliases(
  new ClientAliases([await loadOrCreateKey(join(folder, 'data'), 'alias')]),
  askers,
);
const known = await KnownRequests.from(target.address, scopesOf, aliases);
const sums = { known: 0, bytes: 0, byStatus: new Map(), byDoor: new Map(), slowestMs: 0, faults: [] };
const memory = [];
const started = Date.now();
try {
  await sendAll();
} finally {
  sender.close();
  await target.stop();
  rmSync(folder, { recursive: true });
}
report();

async function sendAll() {
  let next = 0;
  const senders = Array.from({ length: atOnce }, async () => {
    while (next < requests && target.ended === undefined && sums.faults.length < 20) {
      const number = next++;
      if (number % Math.ceil(requests / 20) === 0) memory.push(await target.residentMegabytes());
      if (Date.now() > target.renewAt) await target.renewTokens();
      await send(number);
    }
  });
  await Promise.all(senders);
  if (target.ended !== undefined) sums.faults.push(`the service ended with ${target.ended}: ${target.log}`);
  else memory.push(await target.residentMegabytes());
}

async function send(number) {
  const chance = new Chance(seed, number);
  const before = performance.now();
  const { asker, sent, method, answer } = chance.percent(byTheByte) ? sendBytes(chance) : sendKnown(chance);
  const { status, headers, text } = await answer;
  const ms = performance.now() - before;
  sums.slowestMs = Math.max(sums.slowestMs, ms);
  sums.byStatus.set(status, (sums.byStatus.get(status) ?? 0) + 1);
  const [asked, told] = [aliases.read(sent), aliases.read(text)];
  const faults = faultsOf({ asker, sent: asked, method, status, headers, text: told, answer: text, folders });
  if (status === 'hangs') faults.push(`no answer within ${patienceMs / 1000} s`);
  if (faults.length === 0) return;
  sums.faults.push(
    `request ${number}: ${faults.join('; ')}\n  sent ${sent.slice(0, 2_000)}\n  got ${text.slice(0, 600)}`,
  );
}

function sendKnown(chance) {
  const { door, asker, method, path, headers, body } = known.make(chance);
  sums.known += 1;
  sums.byDoor.set(door, (sums.byDoor.get(door) ?? 0) + 1);
  const authorization = asker.as === null ? {} : { authorization: `Bearer ${target.tokens.get(asker.as)}` };
  const sent = `${asker.as} ${method} ${path} ${JSON.stringify(headers)} ${body ?? ''}`;
  const asked = { method, path, headers: { ...headers, ...authorization } };
  return { asker, method, sent: `${sent} ${decoded(path)}`, answer: sender.ask(asked, body) };
}

function decoded(path) {
  return path.replaceAll(/%[0-9A-F]{2}/gi, (escape) => String.fromCharCode(parseInt(escape.slice(1), 16)));
}

function sendBytes(chance) {
  sums.bytes += 1;
  const asker = chance.of(askers);
  const bytes = byteRequest(chance, known.doors, target.tokens.get(asker.as) ?? 'none');
  return { asker, sent: bytes.toString('latin1'), answer: sender.sendBytes(bytes) };
}

function report() {
  const seconds = (Date.now() - started) / 1000;
  const settled = memory.slice(2);
  const [first, last] = [Math.min(...settled.slice(0, 3)), settled.at(-1)];
  if (last > first * mostGrowth.factor + mostGrowth.megabytes) {
    sums.faults.push(`memory grew from ${first.toFixed(0)} to ${last.toFixed(0)} MB`);
  }
  const silent = known.doors.filter((door) => !sums.byDoor.has(door));
  if (silent.length > 0) sums.faults.push(`never asked: ${silent.join(', ')}`);
  for (const fault of sums.faults) console.log(`FAULT ${fault}`);
  const statuses = [...sums.byStatus]
    .sort((a, b) => b[1] - a[1])
    .map(([status, count]) => `${status}: ${count}`);
  console.log(`answers by status: ${statuses.join(', ')}`);
  console.log(`resident memory in MB, each twentieth: ${memory.map((each) => each.toFixed(0)).join(' ')}`);
  console.log(
    `${sums.known} requests at ${known.doors.length} doors as ${askers.length} askers and ${sums.bytes} by the byte, ` +
      `seed ${seed}, in ${seconds.toFixed(0)} s (${((sums.known + sums.bytes) / seconds).toFixed(0)}/s): ` +
      `${sums.faults.length} faults, slowest answer ${sums.slowestMs.toFixed(0)} ms.`,
  );
  process.exitCode = sums.faults.length === 0 ? 0 : 1;
}

function wholeNumber(name, least, most) {
  const number = Number(values[name]);
  if (Number.isInteger(number) && number >= least && number <= most) return number;
  throw new Error(`--${name}: write a whole number from ${least} to ${most}.`);
}

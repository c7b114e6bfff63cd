// What access control and the audit trail cost the question for a client's coverage: the real door, and doors of the same
// process with more and more taken away, in alternating rounds through HTTP over the same log:
//   npm run build && node test/bench/access.mjs [--clients 2000] [--rounds 8] [--seconds 4]
// The one who asks runs on the same processors as the one who answers. Of each the median of the rounds is told, and
// from where to where they went; ratios are of doors in the same round.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import autocannon from 'autocannon';
import { issueDevelopmentToken } from '../../dist/libs/access/src/index.js';
import { startService } from '../prove/kills/live-round.mjs';
import { envelope, expect, pause } from '../prove/kills/told-events.mjs';

const { values } = parseArgs({
  options: {
    clients: { type: 'string', default: '2000' },
    rounds: { type: 'string', default: '8' },
    seconds: { type: 'string', default: '4' },
  },
});
const [clients, rounds, seconds] = [values.clients, values.rounds, values.seconds].map(Number);

const doors = [
  { name: 'with all', path: (id) => `/v1/clients/${id}/coverage` },
  { name: 'without trail', path: (id) => `/bench/unwritten/${id}` },
  { name: '… nor token', path: (id) => `/bench/unchecked/${id}` },
  { name: '… nor cut: without all', path: (id) => `/bench/whole/${id}` },
];

const folder = mkdtempSync(join(tmpdir(), 'domeinbrug-bench-'));
const service = await startService({
  program: fileURLToPath(new URL('serve-with-bare-doors.mjs', import.meta.url)),
  dataDir: join(folder, 'data'),
  settings: { DOMEINBRUG_RULE_SET: 'six-weeks' },
  issueToken: issueDevelopmentToken,
});
try {
  await introduce();
  await measure();
} finally {
  service.child.kill('SIGTERM');
  await service.ended;
  rmSync(folder, { recursive: true, force: true });
}

async function measure() {
  for (const door of doors) await load(door); // until what it calls has been compiled
  const rates = doors.map(() => []);
  const waits = doors.map(() => []);
  for (let round = 0; round < rounds; round++) {
    // Each second round the other way, so that none of them always comes after the same.
    const order = round % 2 === 0 ? doors : doors.toReversed();
    for (const door of order) {
      const { rate, p50 } = await load(door);
      rates[doors.indexOf(door)].push(rate);
      waits[doors.indexOf(door)].push(p50);
    }
  }
  doors.forEach(({ name }, at) => {
    const [least, most] = [Math.min(...rates[at]), Math.max(...rates[at])].map(whole);
    // Within a round, because a machine that others use too is not alike in all of them.
    const ratios = rates[at].map((rate, round) => rate / rates.at(-1)[round]);
    console.log(
      `${name.padEnd(24)} ${whole(median(rates[at]))} answers/s (${least} to ${most}), p50 ${median(waits[at])} ms; ` +
        `ratio to without all ${median(ratios).toFixed(2)} ` +
        `(${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)})`,
    );
  });
}

async function introduce() {
  for (let at = 0; at < clients; at += 200) {
    const some = Array.from({ length: Math.min(200, clients - at) }, (_, client) => idOf(at + client));
    const { status } = await service.post(
      some.flatMap((id) => [0, 1, 2, 3].map((step) => envelope(id, step))),
    );
    expect(status === 200, `an introduction was answered with ${status}`);
  }
  while ((await (await fetch(`${service.address}/health/ready`)).json()).lag.events > 0) await pause(50);
}

async function load({ name, path }) {
  let at = 0;
  const result = await autocannon({
    url: service.address,
    connections: 32,
    duration: seconds,
    headers: { authorization: `Bearer ${service.tokens.funder}` },
    requests: [{ setupRequest: (request) => ({ ...request, path: path(idOf(at++ % clients)) }) }],
  });
  expect(result.non2xx + result.errors === 0, `${name}: ${result.non2xx} refused, ${result.errors} failed`);
  return { rate: result['2xx'] / result.duration, p50: result.latency.p50 };
}

function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return (sorted[Math.floor((sorted.length - 1) / 2)] + sorted[Math.ceil((sorted.length - 1) / 2)]) / 2;
}

function idOf(client) {
  return `BenchClient${String(client).padStart(6, '0')}`;
}

function whole(number) {
  return Math.round(number).toLocaleString('en');
}

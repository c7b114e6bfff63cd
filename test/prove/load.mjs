// Loads the product at a part of what it takes, for long, and looks whether memory and lag stay where they are. First it is
// filled with the events of a region, since an empty store takes more than one in use. Then what it takes: batches through
// HTTP as fast as they are answered, until the read models have them all; for minutes, since an event costs more the more
// there are. Then that many a second times --part, on a clock of its own whatever the answers take, while the figures of
// /metrics are read.
//
//   npm run prove:load -- [--store embedded|postgres|kurrentdb] [--filled 1500000] [--minutes 20] [--part 0.7]
//                         [--most-seconds 240]
//
// It fails when memory or lag of the last quarter is above that of the second (the first warms up) by more than it may vary.
// The archive of facts is held in memory and grows with what is stored, and is there twice while another base of it is made:
// beside that, memory may not grow.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { kinds, startStore } from '../servers/store-of-its-own.mjs';
import { startService } from './kills/live-round.mjs';
import { envelope, expect, numbersFrom, pause } from './kills/told-events.mjs';

const product = fileURLToPath(new URL('../../dist/', import.meta.url));
const { issueDevelopmentToken } = await import(pathToFileURL(join(product, 'libs/access/src/index.js')).href);

const { values } = parseArgs({
  options: {
    store: { type: 'string', default: 'embedded' },
    minutes: { type: 'string', default: '20' },
    part: { type: 'string', default: '0.7' },
    'most-seconds': { type: 'string', default: '240' },
    filled: { type: 'string', default: '1500000' },
  },
});
expect(kinds.includes(values.store), `--store: write ${kinds.join(', ')}.`);
const minutes = Number(values.minutes);
const part = Number(values.part);
const mostSeconds = Number(values['most-seconds']);
const filled = Number(values.filled);
expect(
  minutes > 0 && part > 0 && mostSeconds > 0,
  '--minutes, --part and --most-seconds: write numbers above 0.',
);
expect(filled >= 0, '--filled: write a number of events.');

const senders = 16;
const batch = 20;
/** So many figures are read over the whole time. */
const looks = 120;
/** Memory beside the archive and lag, between the second and the last quarter. */
const mayGrowMiB = 64;
const mayLagS = 1;

const folder = mkdtempSync(join(tmpdir(), 'domeinbrug-load-'));
const dataDir = join(folder, 'data');
const { settings, stop } = await startStore(values.store, dataDir);
const random = numbersFrom(1);
let clients = 0;
try {
  await prove();
} finally {
  await stop();
  rmSync(folder, { recursive: true, force: true });
}

async function prove() {
  const service = await startService({
    program: join(product, 'apps/api/src/main.js'),
    dataDir,
    settings,
    issueToken: issueDevelopmentToken,
  });
  try {
    while (!(await fetch(`${service.address}/health/ready`)).ok) await pause(100);
    let stored = 0;
    if (filled > 0) await sendWhile(service, (sent) => (stored = sent) < filled);
    const ends = performance.now() + mostSeconds * 1_000;
    const most = await sendWhile(service, () => performance.now() < ends);
    console.log(
      `${values.store}: with ${stored} events in it takes ${Math.round(most)} a second, read models included`,
    );
    await holdAt(service, most * part);
  } finally {
    service.child.kill('SIGTERM');
    await service.ended;
  }
}

/**
 * Sends as fast as it is answered.
 * @param goesOn told how many events were stored so far
 * @returns how many events a second were stored and in the read models
 */
async function sendWhile(service, goesOn) {
  const began = performance.now();
  let stored = 0;
  const send = async () => {
    while (goesOn(stored)) {
      const count = await post(service);
      stored += count;
    }
  };
  await Promise.all(Array.from({ length: senders }, send));
  while ((await figures(service)).lagEvents > 0) await pause(100);
  return stored / ((performance.now() - began) / 1_000);
}

async function holdAt(service, eventsASecond) {
  const began = performance.now();
  const lasts = minutes * 60_000;
  const seen = [];
  const waits = [];
  let [sent, stored] = [0, 0];
  const underWay = new Set();
  const told = () => performance.now() - began;
  while (told() < lasts) {
    while (sent * batch < (eventsASecond * told()) / 1_000) {
      sent++;
      const from = performance.now();
      const posted = post(service).then((count) => {
        stored += count;
        waits.push(performance.now() - from);
        underWay.delete(posted);
      });
      underWay.add(posted);
    }
    if (told() > (seen.length * lasts) / looks)
      seen.push({ ...(await figures(service)), waiting: underWay.size });
    await pause(5);
  }
  await Promise.all(underWay);
  tell(seen, { stored, eventsASecond, waits });
}

function tell(seen, { stored, eventsASecond, waits }) {
  const quarter = (number) => seen.slice((number * seen.length) / 4, ((number + 1) * seen.length) / 4);
  const middle = (of, number) => quantile(quarter(number).map(of), 0.5);
  const archive = ({ archiveBytes }) => archiveBytes / 2 ** 20;
  const resident = ({ residentBytes }) => residentBytes / 2 ** 20;
  const memory = (figures) => resident(figures) - archive(figures);
  const lag = ({ lagSeconds }) => lagSeconds;
  const each = (of, digits) => [0, 1, 2, 3].map((number) => middle(of, number).toFixed(digits)).join(', ');
  console.log(
    `${minutes} minutes at ${Math.round(eventsASecond)} events a second (${part} of that), ${stored} stored: ` +
      `a batch of ${batch} answered after ${quantile(waits, 0.5).toFixed(0)} ms (p50), ${quantile(waits, 0.99).toFixed(0)} ms (p99); ` +
      `by quarters: resident ${each(resident, 0)} MiB, of which the archive ${each(archive, 0)} and the rest ${each(memory, 0)}, lag ${each(lag, 2)} s, at most ${Math.max(...seen.map(lag)).toFixed(2)} s; ` +
      `at most ${Math.max(...seen.map(({ waiting }) => waiting))} batches under way`,
  );
  // For as long as another base of the archive is made, both are there.
  const mayVary = { memory: mayGrowMiB + middle(archive, 3), lag: mayLagS };
  for (const [name, of] of Object.entries({ memory, lag })) {
    const grew = middle(of, 3) - middle(of, 1);
    expect(grew <= mayVary[name], `${name} grew by ${grew.toFixed(2)} from the second to the last quarter`);
  }
}

/** @returns how many events were stored: all, or the load means nothing */
async function post(service) {
  const events = [];
  while (events.length < batch) {
    const client = `LoadClient${String(++clients).padStart(8, '0')}`;
    const steps = 1 + Math.floor(random() * 6);
    for (let step = 0; step < steps && events.length < batch; step++) events.push(envelope(client, step));
  }
  const answer = await service.post(events);
  expect(answer?.status === 200, `a batch was answered with ${JSON.stringify(answer)}`);
  return answer.body.results.length;
}

async function figures(service) {
  const answer = await fetch(`${service.address}/metrics`);
  expect(answer.ok, `/metrics answered ${answer.status}`);
  const text = await answer.text();
  const value = (name) => {
    const found = new RegExp(`^${name} (\\S+)$`, 'm').exec(text);
    expect(found !== null, `/metrics has no ${name}`);
    return Number(found[1]);
  };
  return {
    lagEvents: value('domeinbrug_projection_lag_events'),
    lagSeconds: value('domeinbrug_projection_lag_seconds'),
    archiveBytes: value('domeinbrug_archive_bytes'),
    residentBytes: value('process_resident_memory_bytes'),
  };
}

function quantile(numbers, share) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

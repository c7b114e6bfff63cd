// Measures replays: npm run bench:replay [-- parts] [--clients 200000,2000000] [--peer duckdb,postgres]
//   parts: cube, second, thread, sweep, reasons, late, peer; all of them when none is named
//   --keep <folder>: late tells its million people into this data folder, and finds them there the next time
// Every figure is printed with its aim; nothing fails on one. A run is warm: each question is asked once, untimed, first.
import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { archiveOfPeople } from './replay/archive.mjs';
import { cubes, secondRuleSet } from './replay/cubes.mjs';
import { lateEvents } from './replay/late-events.mjs';
import { peers } from './replay/peers.mjs';
import { reasons } from './replay/reasons.mjs';
import { sweep } from './replay/sweep.mjs';
import { oneThread } from './replay/one-thread.mjs';

/** Those that need an archive are run at each size. */
const parts = { cube: cubes, second: secondRuleSet, thread: oneThread, sweep, peer: peers };
const onceOnly = { reasons, late: lateEvents };
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    clients: { type: 'string', default: '200000,2000000' },
    peer: { type: 'string', default: 'duckdb,postgres' },
    keep: { type: 'string' },
  },
});
const known = [...Object.keys(parts), ...Object.keys(onceOnly)];
const unknown = positionals.filter((name) => !known.includes(name));
const sizes = values.clients.split(',').map((text) => Number(text.replaceAll('_', '')));
if (unknown.length > 0 || sizes.some((size) => !Number.isInteger(size) || size < 10_000)) {
  console.error(
    `Write parts of ${known.join(', ')}, and --clients as numbers from 10000, such as 200000,2000000.`,
  );
  process.exit(2);
}
const isAsked = (name) => positionals.length === 0 || positionals.includes(name);

const [processor] = cpus();
console.log(
  `${cpus().length} × ${processor.model}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}, ${new Date().toISOString()}`,
);
const before = new Map();
for (const clients of sizes) {
  const names = Object.keys(parts).filter(isAsked);
  if (names.length === 0) break;
  const archive = await archiveOfPeople(clients);
  for (const name of names) {
    console.log(`\n--- ${name}, ${clients.toLocaleString('en')} clients`);
    const seconds = await parts[name](archive, { engines: values.peer.split(',') });
    tellGrowth(name, clients, seconds);
  }
}
for (const name of Object.keys(onceOnly).filter(isAsked)) {
  console.log(`\n--- ${name}`);
  await onceOnly[name]({ clients: Math.min(1_000_000, Math.max(...sizes)), keep: values.keep });
}

/** How much longer the same took than at the size before. */
function tellGrowth(name, clients, seconds) {
  for (const [what, took] of Object.entries(seconds ?? {})) {
    const smaller = before.get(`${name} ${what}`);
    if (smaller && smaller.clients < clients)
      console.log(
        `growth of ${what}: ${(took / smaller.took).toFixed(1)} times for ${(clients / smaller.clients).toFixed(1)} times the clients (aim: at most 11 for 10)`,
      );
    before.set(`${name} ${what}`, { clients, took });
  }
}

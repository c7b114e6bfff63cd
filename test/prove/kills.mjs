// Kills the product again and again with SIGKILL, in turn during an import and while events are posted through HTTP,
// and looks at the log after each: every event of which somebody was told that it is stored is there, once, and the
// digests follow from one another. A funder's feed is followed over all kills with the cursor of the last entry; at the
// end it is read anew from its beginning, and has to be the same. Then everything is verified.
//
//   npm run prove:kills -- [--store embedded|postgres|kurrentdb] [--kills 200] [--events 20000] [--seed 1]
//
// --store: where the log lies. The others are a PostgreSQL server of its own, and the stand-in for EventStoreDB /
// KurrentDB of test/contract: that one proves how the product uses the protocol, not how a server keeps its word.
// --events: how many there are in one file of the imports; a file that is done is followed by another.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { FeedWatch } from './kills/feed-watch.mjs';
import { kinds, startStore } from '../servers/store-of-its-own.mjs';
import { ImportRounds } from './kills/import-round.mjs';
import { LiveRounds } from './kills/live-round.mjs';
import { LogWatch } from './kills/log-watch.mjs';
import { expect, numbersFrom } from './kills/told-events.mjs';

const product = fileURLToPath(new URL('../../dist/', import.meta.url));
const command = join(product, 'apps/cli/src/main.js');
const built = (path) => import(pathToFileURL(join(product, path)).href);
const store = await built('libs/event-store/src/index.js');
const { issueDevelopmentToken } = await built('libs/access/src/index.js');

const { values } = parseArgs({
  options: {
    store: { type: 'string', default: 'embedded' },
    kills: { type: 'string', default: '200' },
    events: { type: 'string', default: '20000' },
    seed: { type: 'string', default: '1' },
  },
});
const kills = wholeNumber('kills', 1, 1_000);
const events = wholeNumber('events', 1_000, 1_000_000);
const random = numbersFrom(wholeNumber('seed', 0, 2 ** 31));

if (!kinds.includes(values.store)) throw new Error(`--store: write ${kinds.join(', ')}.`);

const folder = mkdtempSync(join(tmpdir(), 'domeinbrug-kills-'));
const dataDir = join(folder, 'data');
const started = Date.now();
const { settings, place, stop } = await startStore(values.store, dataDir);
try {
  await prove();
} finally {
  await stop();
  rmSync(folder, { recursive: true, force: true });
}

async function prove() {
  // Not the whole of a log on the stand-in after each kill: what its index in the data folder lacks.
  const watch = new LogWatch(store, place.kind === 'kurrentdb' ? { ...place, dataDir } : place);
  const feed = new FeedWatch();
  const imports = new ImportRounds({ command, folder, dataDir, settings, events, random });
  const live = new LiveRounds({
    program: join(product, 'apps/api/src/main.js'),
    dataDir,
    settings,
    issueToken: issueDevelopmentToken,
    random,
  });
  const counts = { import: 0, live: 0, midway: 0 };
  while (counts.import + counts.live < kills) {
    const kind = counts.import <= counts.live ? 'import' : 'live';
    const killed = await (kind === 'import' ? imports.run(watch) : live.run(watch, feed));
    if (killed) counts[kind] += 1;
    const untold = await watch.look(`after kill ${counts.import + counts.live} (${kind})`);
    if (killed && untold > 0) counts.midway += 1;
    const done = counts.import + counts.live;
    if (killed && done % 50 === 0) console.log(`${done} kills, ${watch.stored} events in the log`);
  }
  await endWell(watch, feed, imports, live);
  console.log(
    `${values.store}: ${kills} kills -9, ${counts.import} during an import and ${counts.live} during posts through HTTP: ` +
      `${watch.acknowledged.size} acknowledged events, 0 lost, 0 doubled; ${watch.stored} in the log; ` +
      `${counts.midway} kills fell between storing and telling; ` +
      `the feed followed over all kills has the ${feed.entries} entries of one read anew; ` +
      `importing again added 0, verify clean (${Math.round((Date.now() - started) / 1000)} s).`,
  );
}

/** Lets everything finish, imports all again, reads the feed anew and verifies. */
async function endWell(watch, feed, imports, live) {
  for (const file of imports.files) await domeinbrug('import', file);
  await watch.look('after the imports that were let finish');
  const stored = watch.stored;
  for (const file of imports.files) await domeinbrug('import', file, '--from-start');
  await watch.look('after importing everything again');
  expect(watch.stored === stored, `importing again added ${watch.stored - stored} events`);
  const service = await live.start();
  await feed.compareWithTheWhole(service);
  service.child.kill('SIGTERM');
  await service.ended;
  await domeinbrug('verify');
  const anew = new LogWatch(store, place);
  anew.acknowledge(watch.acknowledged);
  await anew.look('read anew from the beginning');
  expect(anew.stored === watch.stored, `read anew the log has ${anew.stored} events, not ${watch.stored}`);
}

/** Not synchronously: the store may be a part of this process, and has to answer meanwhile. */
function domeinbrug(...args) {
  return promisify(execFile)(process.execPath, [command, ...args, '--data-dir', dataDir], {
    env: { ...process.env, ...settings },
    maxBuffer: 1 << 26,
  });
}

function wholeNumber(name, least, most) {
  const number = Number(values[name]);
  if (Number.isInteger(number) && number >= least && number <= most) return number;
  throw new Error(`--${name}: write a whole number from ${least} to ${most}.`);
}

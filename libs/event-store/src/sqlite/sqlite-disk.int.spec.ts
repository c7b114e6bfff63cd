import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const product = pathToFileURL(resolve(__dirname, '../../../../dist/libs/event-store/src/index.js')).href;

/** A small disk of one's own is mounted where only the programme and its children see it, and goes with them. */
const ownMounts = [
  '--mount',
  '--propagation',
  'private',
  ...(process.getuid?.() === 0 ? [] : ['--map-root-user']),
];
const cannotMount = spawnSync('unshare', [...ownMounts, 'mount', '-t', 'tmpfs', 'none', '/mnt']);
const reason = cannotMount.error?.message ?? String(cannotMount.stderr).trim();
const itOnOwnDisk = cannotMount.status === 0 ? it : it.skip;
if (cannotMount.status !== 0) console.warn(`NOT RUN: the SQLite log on a full disk, since ${reason}.`);

/** What the other process runs, after `open`, `append`, `stored` and `say` were defined. */
function programme(dataDir: string, body: string): string {
  return `
    import { execFileSync } from 'node:child_process';
    import { createHash } from 'node:crypto';
    import { rmSync, writeFileSync, writeSync } from 'node:fs';
    import { EMPTY_LOG_DIGEST, nextDigest, openSqliteEventLog, openSqliteEventLogReader } from '${product}';
    const dataDir = ${JSON.stringify(dataDir)};
    const say = (told) => writeSync(1, JSON.stringify(told) + '\\n');
    const failed = ({ name, message, outcome }) => ({ name, message, outcome });
    const open = () => openSqliteEventLog({ dataDir });
    const append = (log, id, filler = '') => log.append({
      stream: 'journey-' + id,
      expectedRevision: 'any',
      events: [{
        id, type: 'test', content: { filler }, personal: null, metadata: {},
        contentHash: createHash('sha256').update(id).digest('hex'),
      }],
    });
    /** The ids in the log, whose chain of digests is followed. */
    const stored = async (log) => {
      const events = await log.readAll('0', 10_000);
      let digest = EMPTY_LOG_DIGEST;
      for (const event of events) {
        digest = nextDigest(digest, event.contentHash);
        if (digest !== event.digest) throw new Error('The chain is broken at ' + event.id);
      }
      return events.map(({ id }) => id);
    };
    ${body}`;
}

/** Its lines. @param mount what the shell does first, with the folder as \$0 */
function run(folder: string, mount: string, body: string): unknown[] {
  const file = join(tmpdir(), `${folder.split('/').at(-1)}.mjs`);
  writeFileSync(file, programme(join(folder, 'data'), body));
  const shell = ['sh', '-ec', `${mount}; exec "$@"`, folder, process.execPath, file];
  const { status, stdout, stderr } = spawnSync('unshare', [...ownMounts, ...shell], { encoding: 'utf8' });
  rmSync(file);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
}

describe('the SQLite log on a disk of its own', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'small-disk-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  if (cannotMount.status !== 0 && process.env['CI']) {
    it('is tried out', () => {
      throw new Error(
        `It was not: ${reason}. Let this user mount a disk in a name space of its own (unshare).`,
      );
    });
  }

  itOnOwnDisk('keeps what it acknowledged when the disk is full, and goes on once there is room', () => {
    const [full, empty, room, again] = run(
      folder,
      'mount -t tmpfs -o size=4m none "$0"; mkdir "$0/data"',
      `
      const ballast = dataDir + '/ballast';
      writeFileSync(ballast, Buffer.alloc(1_048_576));
      let log = await open();
      const acknowledged = [];
      const failures = [];
      for (let number = 0; failures.length < 20; number++) {
        await append(log, 'event ' + number, 'x'.repeat(20_000)).then(
          () => acknowledged.push('event ' + number),
          (error) => failures.push(failed(error)),
        );
      }
      say({ acknowledged, failures, stored: await stored(log) });
      await log.close();
      const unopened = await open().then((opened) => ((log = opened), undefined), failed);
      say({ unopened });
      rmSync(ballast);
      if (unopened) log = await open();
      const result = await append(log, 'after').then(({ status }) => status, failed);
      say({ result, stored: await stored(log) });
      await log.close();
      log = await open();
      say({ stored: await stored(log), status: (await append(log, 'event 0')).status });
      await log.close();`,
    ) as [
      {
        acknowledged: string[];
        failures: { name: string; message: string; outcome: string }[];
        stored: string[];
      },
      { unopened?: { name: string; message: string } },
      { result: unknown; stored: string[] },
      { stored: string[]; status: string },
    ];
    expect(full.acknowledged.length).toBeGreaterThan(20);
    expect(full.stored).toEqual(full.acknowledged);
    for (const failure of full.failures) {
      expect(failure).toMatchObject({ name: 'AppendFailed', outcome: 'not-stored' });
      expect(failure.message).toMatch(/the disk of .*log\.db is full\. Nothing was stored; .* send it again/);
    }
    if (empty.unopened) expect(empty.unopened.message).toMatch(/has room/);
    expect(room).toEqual({ result: 'appended', stored: [...full.acknowledged, 'after'] });
    expect(again).toEqual({ stored: room.stored, status: 'known' });
  });

  itOnOwnDisk('goes on in the same process once there is room', () => {
    const [told] = run(
      folder,
      'mount -t tmpfs -o size=3m none "$0"; mkdir "$0/data"',
      `
      const ballast = dataDir + '/ballast';
      writeFileSync(ballast, Buffer.alloc(1_048_576));
      const log = await open();
      const acknowledged = [];
      let failure;
      for (let number = 0; !failure; number++) {
        const ids = [0, 1, 2, 3].map((part) => [number, part].join(', '));
        const outcomes = await Promise.allSettled(ids.map((id) => append(log, id, 'x'.repeat(5_000))));
        outcomes.forEach(({ status, reason }, at) =>
          status === 'fulfilled' ? acknowledged.push(ids[at]) : (failure = failed(reason)));
      }
      rmSync(ballast);
      const { status } = await append(log, 'after');
      acknowledged.push('after');
      say({ failure, status, same: JSON.stringify(acknowledged) === JSON.stringify(await stored(log)) });
      await log.close();`,
    );
    expect(told).toMatchObject({ failure: { outcome: 'not-stored' }, status: 'appended', same: true });
  });

  itOnOwnDisk('is refused for writing where nothing can be written, and says what to do', () => {
    const [unopened, unmade, beside, reader] = run(
      folder,
      'mount -t tmpfs none "$0"; mkdir "$0/data"',
      `
      await (await open()).close();
      for (const beside of ['-wal', '-shm']) rmSync(dataDir + '/log.db' + beside, { force: true }); // as in a copy
      execFileSync('mount', ['-o', 'remount,ro', 'none', dataDir + '/..']);
      say(await open().catch(failed));
      say(await openSqliteEventLog({ dataDir: dataDir + '/not/yet' }).catch(failed));
      say(await open().catch(failed)); // the first refusal has let go of the folder
      try {
        say(await stored(openSqliteEventLogReader({ dataDir })));
      } catch (error) {
        say(failed(error));
      }`,
    );
    for (const refusal of [unopened, unmade, beside]) {
      expect(refusal).toMatchObject({
        name: 'DataFolderRefused',
        message: expect.stringMatching(
          /Nothing can be written in the data folder .*data.* mounted for writing/,
        ),
      });
    }
    expect(reader).toMatchObject({
      name: 'LogFileRefused',
      message: expect.stringMatching(/cannot be read where nothing can be written beside it/),
    });
  });
});

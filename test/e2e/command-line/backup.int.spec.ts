import { spawn } from 'node:child_process';
import { existsSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import {
  admissionHistory,
  bsnNumber,
  Client,
  clientIdIn,
  event,
  insurer,
  provider,
  serviceOfThisFile,
  startService,
  tell,
} from '../service.js';
import { domeinbrug, scratchFolder } from './run-domeinbrug.js';

const scratch = scratchFolder();
const { service, client } = serviceOfThisFile();
let clientId: string;

jest.setTimeout(120_000);

beforeAll(async () => {
  clientId = clientIdIn(await tell(client, admissionHistory(bsnNumber(1))));
});

afterAll(() => scratch.remove());

const backUp = (folder: string) => domeinbrug(['backup', folder, '--data-dir', service.dataDir]);
const restore = (folder: string, dataDir: string) =>
  domeinbrug(['restore', folder, '--no-erasures', '--data-dir', dataDir]);

async function registered(seed: number): Promise<string> {
  const about = { bsn: bsnNumber(seed), firstDay: '2023-01-01', municipality: '0363', insurer: '3311' };
  const answer = await client.post(
    provider,
    '/v1/events',
    event(provider, 'client-registered', 'reg', about),
  );
  expect(answer.status).toBe(201);
  return answer.body.position;
}

/** Runs the command and kills it as soon as a file is there; gives whether it was not done before. */
async function killedWhen(path: string, ...args: string[]): Promise<boolean> {
  const program = resolve('dist/apps/cli/src/main.js');
  const child = spawn(process.execPath, [program, ...args], { stdio: 'ignore' });
  const ended = new Promise((end) => child.once('exit', (_, signal) => end(signal)));
  while (!existsSync(path) && child.exitCode === null) await pause(1);
  child.kill('SIGKILL');
  return (await ended) === 'SIGKILL';
}

/** A name for which the work was killed midway: on a busy machine it may be done before the kill comes. */
async function nameKilled(name: string, work: (path: string) => Promise<boolean>): Promise<string> {
  for (let attempt = 1; ; attempt++) {
    const path = scratch.path(`${name}-${attempt}`);
    if (await work(path)) return path;
  }
}

test('a backup made under load restores to what was there, and nothing was held up', async () => {
  const folder = scratch.path('under-load');
  const acknowledged: string[] = [];
  let isOver = false;
  let seed = 1_000;
  const sending = Promise.all(
    [1, 2, 3, 4].map(async () => {
      while (!isOver) acknowledged.push(await registered(seed++));
    }),
  );
  while (acknowledged.length < 100) await pause(5);
  const before = [...acknowledged];
  const made = await backUp(folder);
  isOver = true;
  await sending;
  expect(made).toMatchObject({ code: 0, err: '' });
  expect(made.out).toMatch(/its keys one can find a client by citizen service number/);
  expect(acknowledged.length).toBeGreaterThan(before.length);

  const dataDir = scratch.path('restored');
  const restored = await restore(folder, dataDir);
  expect(restored).toMatchObject({
    code: 0,
    out: expect.stringMatching(/\d+ events up to position \d+, verified/),
  });
  const position = Number(/position (\d+)/.exec(restored.out)![1]);
  expect(position).toBeGreaterThanOrEqual(Math.max(...before.map(Number)));

  const again = await startService(dataDir);
  const path = `/v1/clients/${clientId}/coverage?knownAtPosition=8`;
  const asked = new Client(again);
  expect((await asked.ask(insurer, path)).body).toEqual((await client.ask(insurer, path)).body);
  const found = await asked.post(provider, '/v1/clients/_search', { bsn: bsnNumber(1) });
  expect(found.body.clientId).toBe(clientId);
  await again.end('SIGTERM');
  expect(await domeinbrug(['verify', '--data-dir', dataDir])).toMatchObject({ code: 0 });
});

test('what it makes is for its owner only, and holds no read models', async () => {
  const folder = scratch.path('private');
  await backUp(folder);
  expect(readdirSync(folder).sort()).toEqual(['audit', 'backup.json', 'keys', 'log.db']);
  const modes = ['.', 'keys', 'log.db', 'backup.json', 'keys/pseudonym.key'].map((name) =>
    (statSync(join(folder, name)).mode & 0o777).toString(8),
  );
  expect(modes).toEqual(['700', '700', '600', '600', '600']);
});

test('neither a backup nor a data folder is ever written over', async () => {
  const folder = scratch.path('twice');
  expect((await backUp(folder)).code).toBe(0);
  expect(await backUp(folder)).toMatchObject({ code: 2, err: expect.stringContaining('is there already') });
  expect(await restore(folder, service.dataDir)).toMatchObject({
    code: 1,
    err: expect.stringContaining('in use by'),
  });
  const dataDir = scratch.path('filled');
  expect((await restore(folder, dataDir)).code).toBe(0);
  expect(await restore(folder, dataDir)).toMatchObject({
    code: 2,
    err: expect.stringContaining('a backup is restored into an empty folder'),
  });
});

test('a damaged backup is refused with what is wrong, and leaves nothing behind', async () => {
  const folder = scratch.path('damaged');
  await backUp(folder);
  writeFileSync(join(folder, 'log.db'), 'x', { flag: 'a' });
  rmSync(join(folder, 'keys/pseudonym.key'));
  const dataDir = scratch.path('from-damaged');
  const { code, err } = await restore(folder, dataDir);
  expect([code, err]).toEqual([
    1,
    expect.stringMatching(/log\.db has changed, keys\/pseudonym\.key is gone/),
  ]);
  expect(existsSync(dataDir)).toBe(false);
  expect(await restore(scratch.path('nowhere'), dataDir)).toMatchObject({
    code: 2,
    err: expect.stringContaining('is no backup'),
  });
});

test('killed midway, neither leaves anything that could be taken for whole', async () => {
  const folder = await nameKilled('killed', (path) =>
    killedWhen(`${path}.unfinished/log.db`, 'backup', path, '--data-dir', service.dataDir),
  );
  expect(existsSync(folder)).toBe(false);
  expect((await backUp(folder)).code).toBe(0);
  expect(existsSync(`${folder}.unfinished`)).toBe(false);

  const dataDir = await nameKilled('restored-after-a-kill', (path) =>
    killedWhen(join(path, 'restoring/log.db'), 'restore', folder, '--no-erasures', '--data-dir', path),
  );
  expect(existsSync(join(dataDir, 'log.db'))).toBe(false);
  expect((await restore(folder, dataDir)).code).toBe(0);
  expect(existsSync(join(dataDir, 'restoring'))).toBe(false);
});

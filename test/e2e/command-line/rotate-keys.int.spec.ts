import { loadOrCreateKey } from '@domeinbrug/access';
import { clientIdOf } from '@domeinbrug/intake';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  admissionHistory,
  bsnNumber,
  Client,
  endAll,
  event,
  insurer,
  provider,
  startService,
  tell,
  type Service,
} from '../service.js';
import { domeinbrug } from './run-domeinbrug.js';

/** One folder whose keys are changed while people are known in it. Each test begins where the one before ended. */

jest.setTimeout(120_000);

const folder = mkdtempSync(join(tmpdir(), 'domeinbrug-rotate-'));
const dataDir = join(folder, 'data');
const [known, erased, later] = [bsnNumber(341), bsnNumber(342), bsnNumber(343)];
let service: Service;
let client: Client;
/** What organisations call the person, before and after each change. */
const given: string[][] = [];
let kept: string;

const onFolder = (...args: string[]) => domeinbrug([...args, '--data-dir', dataDir]);
const search = async (as: string, bsn: string): Promise<string> =>
  (await client.post(as, '/v1/clients/_search', { bsn })).body.clientId;
const moved = (bsn: string, id: string): Record<string, unknown> =>
  event(provider, 'client-moved', id, { bsn, municipality: '0518', firstDay: '2031-01-01' });

async function start(): Promise<void> {
  service = await startService(dataDir);
  client = new Client(service, 'as told');
}

/** Changes a key as an operator does, and looks what the person is called then. */
async function rotate(key: string): Promise<void> {
  const { code, out } = await onFolder('keys', 'rotate', key);
  expect([code, out]).toEqual([0, expect.stringContaining(`Another ${key} key is used from the next start`)]);
  await service.restart('SIGTERM');
  given.push([await search(provider, known), await search(insurer, known)]);
}

beforeAll(async () => {
  await start();
  await tell(client, admissionHistory(known));
  const about = admissionHistory(erased).map(([as, each]): [string, Record<string, unknown>] => [
    as,
    { ...each, id: `${String(each['id'])}-2` },
  ]);
  await tell(client, about);
  await client.post('operator', `/v1/clients/${clientIdOf(erased, await keyOf())}/_erase`, {
    reason: 'asked by the client',
  });
  kept = clientIdOf(known, await keyOf());
  given.push([await search(provider, known), await search(insurer, known)]);
});

afterAll(async () => {
  await service.end('SIGTERM');
  endAll();
  rmSync(folder, { recursive: true });
});

function keyOf(): Promise<Buffer> {
  return loadOrCreateKey(dataDir, 'pseudonym');
}

test('after a change of the pseudonym key who is known stays the same, by whatever name', async () => {
  await rotate('pseudonym');
  expect(clientIdOf(known, await keyOf())).not.toBe(kept);
  expect(given[1]).toEqual(given[0]);
  const { body } = await client.post(provider, '/v1/events', moved(known, 'moved-1'));
  expect(body.results).toMatchObject([{ clientId: given[0]![0], status: 'recorded' }]);
  const journey = await client.ask('auditor', `/v1/clients/${kept}/events`);
  expect(journey.body.events.map(({ id }) => id)).toContain('moved-1');
  const again = await client.post(provider, '/v1/events', admissionHistory(known)[0]![1]);
  expect(again.body.results).toMatchObject([{ status: 'known' }]);
});

test('who is told of for the first time is kept under the new key', async () => {
  await client.post(provider, '/v1/events', moved(later, 'moved-later'));
  const now = clientIdOf(later, await keyOf());
  expect((await client.ask('auditor', `/v1/clients/${now}/events`)).body.events).toHaveLength(1);
});

test('who was erased before does not come back under another pseudonym', async () => {
  const refused = await client.post(provider, '/v1/events', moved(erased, 'moved-erased'));
  expect([refused.status, refused.body.code]).toEqual([410, 'client-erased']);
});

test('after a change of the alias key there are new ids, and those of before still lead to the person', async () => {
  await rotate('alias');
  const [before, after] = given.slice(-2) as [string[], string[]];
  for (const [at, as] of [provider, insurer].entries()) {
    expect(after[at]).not.toBe(before[at]);
    for (const id of [before[at], after[at]]) {
      const { status, body } = await client.ask(as, `/v1/clients/${id}/coverage`);
      expect([status, body.clientId]).toEqual([200, after[at]]);
    }
  }
  const foreign = await client.ask(insurer, `/v1/clients/${before[0]}/coverage`);
  expect(foreign.status).toBe(404);
  const died = event(provider, 'client-died', 'died', { clientId: before[0], day: '2032-01-01' });
  const { body } = await client.post(provider, '/v1/events', died);
  expect(body.results).toMatchObject([{ clientId: after[0], status: 'recorded' }]);
});

test('keys may be changed again and again, and commands and backups know them all', async () => {
  await rotate('pseudonym');
  await rotate('alias');
  expect((await client.ask(provider, `/v1/clients/${given[0]![0]}/coverage`)).status).toBe(200);
  const asked = await domeinbrug(['coverage', '--bsn-stdin', '--json', '--data-dir', dataDir], {
    input: `${known}\n`,
  });
  expect(JSON.parse(asked.out)).toMatchObject({ clientId: kept });
  const told = await onFolder('client', given[0]![1]!, '--of', insurer);
  expect(told.out.trim()).toBe(kept);
  expect((await onFolder('backup', join(folder, 'backup'))).code).toBe(0);
  expect(readdirSync(join(folder, 'backup', 'keys'))).toEqual(
    expect.arrayContaining(
      ['alias', 'pseudonym'].flatMap((name) => [
        `${name}.key`,
        `${name}.former-1.key`,
        `${name}.former-2.key`,
      ]),
    ),
  );
});

test('a key that is not changed so is refused by name', async () => {
  const { code, err } = await onFolder('keys', 'rotate', 'replay');
  expect([code, err]).toEqual([2, expect.stringContaining('name pseudonym or alias')]);
});

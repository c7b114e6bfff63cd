import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { domeinbrug, scratchFolder } from './command-line/run-domeinbrug.js';
import {
  bsnNumber,
  Client,
  clientIdIn,
  endAll,
  event,
  municipality,
  provider,
  sourceOf,
  startService,
  tell,
  type Service,
} from './service.js';

const auditor = 'auditor';
const files = scratchFolder();
const dataDir = mkdtempSync(join(tmpdir(), 'domeinbrug-mergers-'));

afterAll(() => {
  endAll();
  files.remove();
  rmSync(dataDir, { recursive: true });
});

/** What a person asks while the service runs; files are taken in while it does not. */
async function whileServing<T>(ask: (client: Client, service: Service) => Promise<T>): Promise<T> {
  const service = await startService(dataDir);
  try {
    return await ask(new Client(service), service);
  } finally {
    await service.end('SIGTERM');
  }
}

const load = (...args: string[]) => domeinbrug(['import', ...args, '--data-dir', dataDir]);
const registered = (bsn: string, id: string): [string, Record<string, unknown>] => [
  provider,
  event(provider, 'client-registered', id, { bsn, firstDay: '2023-01-01', municipality: '0363' }),
];
const guidance = (bsn: string, id: string): [string, Record<string, unknown>] => [
  municipality,
  event(municipality, 'wmo-decision-issued', id, {
    bsn,
    decisionId: id,
    municipality: '0363',
    services: ['guidance'],
    firstDay: '2023-05-01',
  }),
];

test('a merger of 1 January from a file moves portfolios, and what was answered before stays', async () => {
  const bsn = bsnNumber(1);
  const before = await whileServing(async (client) => {
    const { body } = await tell(client, [registered(bsn, 'reg-1'), guidance(bsn, 'wmo-1')]);
    const id = body.results[0]!.clientId;
    const answer = await client.ask(auditor, `/v1/clients/${id}/coverage?atLeast=${body.position}`);
    return { id, position: answer.body.position, cover: answer.body.cover };
  });
  const table = files.write(
    'mergers.csv',
    '# invented\nlevel,code,by,firstDay\nmunicipality,0363,1999,2027-01-01\n',
  );
  expect((await load(table)).out).toContain('1 recorded, 0 known already, 0 rejected');
  expect((await load(table)).out).toContain('0 recorded, 1 known already, 0 rejected');

  await whileServing(async (client) => {
    const path = `/v1/clients/${before.id}/coverage`;
    const then = await client.ask(auditor, `${path}?knownAtPosition=${before.position}`);
    expect(then.body.cover).toEqual(before.cover);
    const now = await client.ask(auditor, path);
    expect(now.body.cover).toMatchObject([
      { funder: 'municipality:0363', firstDay: '2023-05-01', lastDay: '2026-12-31' },
      {
        funder: 'municipality:1999',
        firstDay: '2027-01-01',
        lastDay: null,
        because: { opened: [{ source: 'urn:domeinbrug', type: 'code-succeeded' }] },
      },
    ]);
    const clientsOf = async (code: string, on: string): Promise<number | undefined> =>
      (
        await client.ask(
          `municipality:${code}`,
          `/v1/funders/municipality:${code}/coverage?on=${on}&atLeast=${now.body.position}`,
        )
      ).body.totals?.clients;
    expect(await clientsOf('0363', '2026-12-31')).toBe(1);
    expect(await clientsOf('0363', '2027-01-01')).toBe(0);
    expect(await clientsOf('1999', '2026-12-31')).toBe(0);
    expect(await clientsOf('1999', '2027-01-01')).toBe(1);
  });
  const verified = await domeinbrug(['verify', '--data-dir', dataDir]);
  expect([verified.code, verified.out]).toEqual([0, expect.stringContaining('The log is whole')]);
}, 60_000);

test('two pseudonyms of one person are read under one, until they are separated', async () => {
  const bsn = bsnNumber(2);
  const [into, from] = await whileServing(async (client) => [
    clientIdIn(await tell(client, [registered(bsn, 'reg-2')])),
    clientIdIn(await tell(client, [guidance(bsnNumber(3), 'wmo-3')])),
  ]);
  const pair = (change: string): string =>
    files.write('pairs.csv', `from;into;day;change\n${from};${bsn};2026-11-01;${change}\n`);
  expect((await load(pair('merge'))).out).toContain('1 recorded');
  const circle = await load(files.write('circle.csv', `from,into,day\n${into},${from},2026-11-02\n`));
  expect([circle.code, circle.out]).toEqual([1, expect.stringContaining('1 rejected')]);

  await whileServing(async (client) => {
    const whole = await client.ask(auditor, `/v1/clients/${into}/coverage`);
    expect(whole.body.cover.map(({ funder }) => funder)).toEqual(['municipality:0363', 'municipality:1999']);
    const merged = await client.ask(auditor, `/v1/clients/${from}/coverage`);
    expect([merged.status, merged.body]).toMatchObject([404, { code: 'client-unknown', mergedInto: into }]);
    const stranger = await client.ask('municipality:0344', `/v1/clients/${from}/coverage`);
    expect(stranger.status).toBe(404);
    expect(stranger.body).not.toHaveProperty('mergedInto');
    const events = await client.ask(auditor, `/v1/clients/${into}/events`);
    expect(events.body.events.map(({ id }) => id)).toEqual(['reg-2', 'wmo-3']);
    const found = await client.post(auditor, '/v1/clients/_search', { bsn: bsnNumber(3) });
    expect(found.body.clientId).toBe(into);
  });
  expect((await load(pair('unmerge'))).out).toContain('1 recorded');
  await whileServing(async (client) => {
    expect((await client.ask(auditor, `/v1/clients/${into}/coverage`)).body.cover).toEqual([]);
    expect((await client.ask(auditor, `/v1/clients/${from}/coverage`)).status).toBe(200);
  });
  const verified = await domeinbrug(['verify', '--data-dir', dataDir]);
  expect([verified.code, verified.out]).toEqual([0, expect.stringContaining('The log is whole')]);
}, 60_000);

test('nobody sends a merger through the door', async () => {
  await whileServing(async (client) => {
    const { status, body } = await client.post(provider, '/v1/events', {
      ...event(provider, 'client-registered', 'm', { from: 'CLIENT01', into: 'CLIENT02', day: '2026-01-01' }),
      type: 'nl.domeinbrug.client-merged.v1',
      source: sourceOf(provider),
    });
    expect(status).toBe(400);
    expect(JSON.stringify(body)).toContain('type-loaded');
  });
});

test('the mergers that are shipped can be loaded', async () => {
  const loaded = await load('reference/municipal-mergers.csv');
  expect([loaded.code, loaded.out]).toEqual([0, expect.stringContaining('17 recorded')]);
});

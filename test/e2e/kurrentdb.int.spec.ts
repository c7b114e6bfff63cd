import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KurrentdbStandIn } from '../contract/kurrentdb-stand-in/stand-in.js';
import { describeWithPostgres } from '../servers/postgres-server.js';
import { domeinbrug } from './command-line/run-domeinbrug.js';
import {
  admissionHistory,
  bsnNumber,
  Client,
  clientIdIn,
  endAll,
  insurer,
  startService,
  tell,
  type Service,
} from './service.js';

jest.setTimeout(120_000);

const folder = mkdtempSync(join(tmpdir(), 'domeinbrug-kurrentdb-'));
let standIn: KurrentdbStandIn;
let settings: Record<string, string>;
let service: Service;
let client: Client;
let clientId: string;
const coverage = (over: Client) => over.ask(insurer, `/v1/clients/${clientId}/coverage`);

beforeAll(async () => {
  standIn = await KurrentdbStandIn.start();
  settings = { KURRENTDB_URL: standIn.url };
  service = await startService(join(folder, 'one'), settings);
  client = new Client(service);
  clientId = clientIdIn(await tell(client, admissionHistory(bsnNumber(1))));
});

afterAll(async () => {
  await service.end('SIGTERM');
  endAll();
  await standIn.stop();
  rmSync(folder, { recursive: true });
});

it('answers from a log on EventStoreDB / KurrentDB, and from a folder beside it that holds keys only', async () => {
  const before = await coverage(client);
  expect(before.status).toBe(200);
  expect(before.body.cover.length).toBeGreaterThan(0);
  cpSync(join(folder, 'one', 'keys'), join(folder, 'two', 'keys'), { recursive: true });
  const other = await startService(join(folder, 'two'), settings);
  expect((await coverage(new Client(other))).body).toEqual(before.body);
  await other.end('SIGTERM');
  await service.restart('SIGTERM');
  expect((await coverage(client)).body).toEqual(before.body);
});

it('copies the log into a folder, with other positions and the same answers, and the audit trail', async () => {
  const target = join(folder, 'copied');
  const copied = await domeinbrug(['copy', '--json', '--from', standIn.url, '--to', target], {
    env: { DOMEINBRUG_DATA_DIR: join(folder, 'one') },
  });
  expect(copied).toMatchObject({ code: 0, err: '' });
  const trail = await domeinbrug(['audit', 'verify', '--json', '--data-dir', target]);
  expect(JSON.parse(trail.out)).toMatchObject({
    events: (JSON.parse(copied.out) as { auditLines: number }).auditLines,
    broken: [],
  });
  expect(JSON.parse(trail.out)).not.toMatchObject({ events: 0 });
  const from = await domeinbrug(['coverage', clientId, '--json', '--data-dir', join(folder, 'one')], {
    env: settings,
  });
  const to = await domeinbrug(['coverage', clientId, '--json', '--data-dir', target]);
  const told = ({ out }: { out: string }) => (JSON.parse(out) as { cover: unknown }).cover;
  expect(told(to)).toEqual(told(from));
});

it('refuses a folder that has not the keys of the log, to answer from and to copy by', async () => {
  const without = { ...settings, DOMEINBRUG_DATA_DIR: join(folder, 'without') };
  const refusal = { code: 1, err: expect.stringContaining('has no keys of clients') };
  expect(await domeinbrug(['serve'], { env: without })).toMatchObject(refusal);
  const copied = ['copy', '--from', standIn.url, '--to', join(folder, 'unreadable')];
  expect(await domeinbrug(copied, { env: without })).toMatchObject(refusal);
});

it('is not ready while the server is away, says so, and is again when that is back', async () => {
  const own = await KurrentdbStandIn.start();
  const alone = await startService(join(folder, 'away'), { KURRENTDB_URL: own.url });
  const ready = (): Promise<number> => fetch(`${alone.address}/health/ready`).then(({ status }) => status);
  expect(await ready()).toBe(200);
  own.proxy.refuse(true);
  own.proxy.cut();
  while ((await ready()) !== 503) await new Promise((resolve) => setTimeout(resolve, 50));
  const [[as, event]] = admissionHistory(bsnNumber(3)) as [[string, object]];
  const refused = await new Client(alone).post(as, '/v1/events', event);
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1']);
  own.proxy.refuse(false);
  while ((await ready()) !== 200) await new Promise((resolve) => setTimeout(resolve, 50));
  expect(alone.log()).toContain("The event log's server is there again.");
  await alone.end('SIGTERM');
  await own.stop();
});

describeWithPostgres('a log on EventStoreDB / KurrentDB with read models in PostgreSQL', (server) => {
  it('answers, goes on after a kill, and is verified', async () => {
    const schema = server().newSchema();
    const dataDir = join(folder, 'both');
    const own = await KurrentdbStandIn.start();
    const both = { KURRENTDB_URL: own.url, DATABASE_URL: server().url, DATABASE_SCHEMA: schema };
    const over = await startService(dataDir, both);
    const asking = new Client(over);
    const told = clientIdIn(await tell(asking, admissionHistory(bsnNumber(2))));
    const asked = `/v1/clients/${told}/coverage`;
    const before = await asking.ask(insurer, asked);
    expect(before.status).toBe(200);
    await over.restart('SIGKILL');
    expect((await asking.ask(insurer, asked)).body).toEqual(before.body);
    const verified = await domeinbrug(['verify', '--json', '--data-dir', dataDir], { env: both });
    expect(JSON.parse(verified.out)).toMatchObject({
      log: { broken: [], changed: [] },
      views: { differing: 0, refused: null },
    });
    await over.end('SIGTERM');
    await own.stop();
    await server().dropSchemas(schema);
  });
});

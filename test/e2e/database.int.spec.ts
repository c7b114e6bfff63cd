import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { FaultyProxy } from '../servers/faulty-proxy.js';
import { describeWithPostgres, freePort } from '../servers/postgres-server.js';
import { domeinbrug } from './command-line/run-domeinbrug.js';
import {
  admissionHistory,
  bsnNumber,
  Client,
  clientIdIn,
  endAll,
  insurer,
  provider,
  Service,
  startService,
  tell,
} from './service.js';

jest.setTimeout(120_000);

/** A server of others is not ended: there the check is shown as skipped. */
const itOnOwnServer = process.env['TEST_DATABASE_URL'] ? it.skip : it;

describeWithPostgres('log and read models in PostgreSQL', (server) =>
  describe('of a service', () => {
    const folder = mkdtempSync(join(tmpdir(), 'domeinbrug-database-'));
    const dataDir = join(folder, 'one');
    let settings: Record<string, string>;
    let service: Service;
    let client: Client;
    let clientId: string;
    /** A data folder that holds nothing but the keys of the first. */
    const folderWithKeys = (name: string): string => {
      cpSync(join(dataDir, 'keys'), join(folder, name, 'keys'), { recursive: true });
      return join(folder, name);
    };
    const coverage = (over: Client) => over.ask(insurer, `/v1/clients/${clientId}/coverage`);

    beforeAll(async () => {
      settings = { DATABASE_URL: server().url, DATABASE_SCHEMA: server().newSchema() };
      service = await startService(dataDir, settings);
      client = new Client(service);
      clientId = clientIdIn(await tell(client, admissionHistory(bsnNumber(1))));
    });

    afterAll(async () => {
      await service.end('SIGTERM');
      endAll();
      await server().dropSchemas(settings['DATABASE_SCHEMA']!);
      rmSync(folder, { recursive: true });
    });

    it('answers as one on a folder does, also from a folder that holds keys only', async () => {
      const before = await coverage(client);
      expect(before.status).toBe(200);
      expect(before.body.cover.length).toBeGreaterThan(0);
      const other = await startService(folderWithKeys('two'), settings);
      expect((await coverage(new Client(other))).body).toEqual(before.body);
      await other.end('SIGTERM');
    });

    it('does not start without the keys of the clients that are there', async () => {
      const without = await new Service(join(folder, 'without'), settings).start().catch(String);
      expect(without).toContain('put its keys folder there');
    });

    it('ends when asked to while nothing that it sends arrives any more', async () => {
      const proxy = await FaultyProxy.before(Number(new URL(server().url).port || 5432));
      const behind = new URL(server().url);
      [behind.hostname, behind.port] = ['127.0.0.1', String(proxy.port)];
      const schema = server().newSchema();
      const cutOff = await startService(join(folder, 'cut-off'), {
        DATABASE_URL: behind.href,
        DATABASE_SCHEMA: schema,
      });
      proxy.hold();
      expect(await cutOff.end('SIGTERM')).toBe(0);
      await proxy.close();
      await server().dropSchemas(schema);
    });

    it('is one a folder', async () => {
      const second = new Service(dataDir, settings);
      await expect(second.start()).rejects.toThrow('is in use by process');
    });

    it('is asked by commands beside it, verified, and copied into a folder', async () => {
      const asked = await domeinbrug(['coverage', clientId, '--json', '--data-dir', dataDir], {
        env: settings,
      });
      expect(asked).toMatchObject({ code: 0, err: '' });
      const verified = await domeinbrug(['verify', '--json', '--data-dir', dataDir], { env: settings });
      expect(JSON.parse(verified.out)).toMatchObject({
        log: { broken: [], changed: [] },
        views: { differing: 0, refused: null },
      });
      const status = await domeinbrug(['projections', 'status', '--json', '--data-dir', dataDir], {
        env: settings,
      });
      expect(JSON.parse(status.out)).toMatchObject({
        state: 'current',
        rows: { timelines: 1 },
        building: null,
      });
      expect(readdirSync(dataDir).filter((name) => name.startsWith('views'))).toEqual([]);
      const target = join(folder, 'copied');
      const copy = (from: string) =>
        domeinbrug(['copy', '--from', 'env:SOURCE_URL', '--to', target], {
          env: { ...settings, DOMEINBRUG_DATA_DIR: from, SOURCE_URL: server().url },
        });
      expect(await copy(join(folder, 'without'))).toMatchObject({
        code: 1,
        err: expect.stringContaining('Name the data folder of the service that made them'),
      });
      expect(await copy(dataDir)).toMatchObject({ code: 0, err: '' });
      const fromCopy = await domeinbrug(['coverage', clientId, '--json', '--data-dir', target]);
      expect(fromCopy.out).toBe(asked.out);
      for (const refused of [['demo'], ['backup', join(folder, 'backup')]])
        expect(await domeinbrug(refused, { env: settings })).toMatchObject({
          code: 2,
          err: expect.stringContaining('DATABASE_URL'),
        });
    });

    itOnOwnServer(
      'says so while the database is gone, records nothing by halves, and goes on when it is back',
      async () => {
        await server().end();
        const gone = await client.post(provider, '/v1/events', admissionHistory(bsnNumber(2))[0]![1]);
        expect([gone.status, gone.headers.get('retry-after')]).toEqual([503, '1']);
        expect(['log-failed', 'log-unreachable']).toContain(gone.body.code);
        expect((await coverage(client)).body.code).toBe('log-unreachable');
        expect((await client.ask(null, '/health/live')).status).toBe(200);
        await server().startAgain();
        const again = clientIdIn(await tell(client, admissionHistory(bsnNumber(2))));
        expect((await client.ask(insurer, `/v1/clients/${again}/coverage`)).status).toBe(200);
        while ((await client.ask(null, '/health/ready')).status !== 200) await pause(200);
      },
    );

    it('does not start where its database refuses it, and names no password', async () => {
      const refusing = new URL(server().url);
      [refusing.username, refusing.password] = ['somebody', 'secret'];
      const settingsThere = { ...settings, DATABASE_URL: refusing.href };
      const refused = await new Service(join(folder, 'three'), settingsThere).start().catch(String);
      expect(refused).toContain(refusing.hostname);
      expect(refused).not.toContain('secret');
    });

    itOnOwnServer(
      'waits for a database that is away: live, not ready, and by itself there when it is',
      async () => {
        await service.end('SIGTERM');
        await server().end();
        const port = String(await freePort());
        const waiting = new Service(folderWithKeys('four'), { ...settings, PORT: port });
        const started = waiting.start();
        const ask = (path: string): Promise<Response> => fetch(`http://127.0.0.1:${port}${path}`);
        const isLive = (): Promise<boolean> =>
          ask('/health/live').then(
            ({ ok }) => ok,
            () => false,
          );
        while (!(await isLive())) await pause(100);
        const [ready, asked] = await Promise.all([ask('/health/ready'), ask('/v1/rule-sets')]);
        expect(await ready.json()).toMatchObject({ status: 503, code: 'not-ready' });
        expect([asked.status, asked.headers.get('retry-after')]).toEqual([503, '5']);
        expect(await asked.json()).toMatchObject({ code: 'log-unreachable' });
        await server().startAgain();
        await started;
        expect(waiting.log()).toContain('It is waited for');
        expect(waiting.log()).not.toContain(new URL(server().url).password);
        while ((await ask('/health/ready')).status !== 200) await pause(200);
        expect((await coverage(new Client(waiting))).status).toBe(200);
        await waiting.end('SIGTERM');
      },
    );
  }),
);

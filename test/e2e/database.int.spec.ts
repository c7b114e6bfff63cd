import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describeWithPostgres } from '../servers/postgres-server.js';
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

    it('answers as one on a folder does, also from a folder that is empty', async () => {
      const before = await coverage(client);
      expect(before.status).toBe(200);
      expect(before.body.cover.length).toBeGreaterThan(0);
      const other = await startService(join(folder, 'two'), settings);
      expect((await coverage(new Client(other))).body).toEqual(before.body);
      await other.end('SIGTERM');
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
      const copied = await domeinbrug(['copy', '--from', server().url, '--to', target], { env: settings });
      expect(copied).toMatchObject({ code: 0, err: '' });
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

    it('does not start without its database, and names no password', async () => {
      const nowhere = { ...settings, DATABASE_URL: 'postgres://somebody:secret@127.0.0.1:1/none' };
      const refused = await new Service(join(folder, 'three'), nowhere).start().catch(String);
      expect(refused).toContain('127.0.0.1');
      expect(refused).not.toContain('secret');
    });
  }),
);

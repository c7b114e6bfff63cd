import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
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

jest.setTimeout(240_000);

describeWithPostgres('several processes over one database', (server) =>
  describe('with roles', () => {
    const folder = mkdtempSync(join(tmpdir(), 'domeinbrug-roles-'));
    const keys = join(folder, 'projector', 'keys');
    let settings: Record<string, string>;
    let apis: Client[];
    let services: Service[];

    const start = async (name: string, role: string): Promise<Client> => {
      const service = await startService(join(folder, name), { ...settings, DOMEINBRUG_ROLE: role });
      services.push(service);
      return new Client(service);
    };

    beforeAll(async () => {
      services = [];
      settings = { DATABASE_URL: server().url, DATABASE_SCHEMA: server().newSchema() };
      await start('projector', 'projector');
      for (const name of ['api-1', 'api-2', 'other'])
        cpSync(keys, join(folder, name, 'keys'), { recursive: true });
      apis = [await start('api-1', 'api'), await start('api-2', 'api')];
    });

    afterAll(async () => {
      for (const service of services) await service.end('SIGTERM');
      endAll();
      await server().dropSchemas(settings['DATABASE_SCHEMA']!);
      rmSync(folder, { recursive: true });
    });

    it('what one is told another answers from, as soon as it is asked for what was told', async () => {
      const [one, other] = apis as [Client, Client];
      const told = await tell(one, admissionHistory(bsnNumber(1)));
      const day = `/v1/funders/${insurer}/coverage?on=2024-03-20&atLeast=${told.body.position}`;
      const answers = [await one.ask(insurer, day), await other.ask(insurer, day)];
      expect(answers.map(({ status }) => status)).toEqual([200, 200]);
      expect(answers[1]!.body).toEqual(answers[0]!.body);
      expect(answers[0]!.body.clients).toMatchObject([{ clientId: clientIdIn(told) }]);
    });

    it('a projector tells nothing but how it is', async () => {
      const { address } = services[0]!;
      const answers = ['/health/ready', '/metrics', '/v1/rule-sets'].map((path) => fetch(address + path));
      expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([200, 200, 404]);
    });

    it('a rule set that one is asked to activate is built by the projector, and all answer under it', async () => {
      const [one, other] = apis as [Client, Client];
      const path = '/v1/rule-sets/sharp-cut/versions/2026.1/_activate';
      expect((await one.ask('policy', path, { method: 'POST' })).status).toBe(202);
      for (const client of [one, other]) await untilActive(client, 'sharp-cut');
      const verified = await domeinbrug(['verify', '--json', '--data-dir', join(folder, 'api-1')], {
        env: settings,
      });
      expect(JSON.parse(verified.out)).toMatchObject({ views: { differing: 0, refused: null } });
    });

    it('a rebuild is refused while a projector keeps them up', async () => {
      expect(
        await domeinbrug(['projections', 'rebuild', '--data-dir', join(folder, 'other')], { env: settings }),
      ).toMatchObject({ code: 2, err: expect.stringContaining('kept up by process') });
    });

    it('no event is skipped or taken in twice when projectors are killed or paused', async () => {
      const { stdout } = await promisify(execFile)(process.execPath, [
        'test/prove/projector-kills.mjs',
        // How soon is for the proof to say, on a machine that does nothing else.
        ...['--kills', '3', '--within', '90', '--database', server().url],
      ]);
      expect(stdout).toContain('every row is what the log gives');
    });
  }),
);

async function untilActive(client: Client, id: string): Promise<void> {
  for (;;) {
    const { body } = await client.ask('policy', '/v1/rule-sets');
    if (body.ruleSets.some((ruleSet) => ruleSet.id === id && ruleSet.active)) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ActivationFailed,
  fromTheStart,
  identityOf,
  openViewsStore,
  startProjections,
  type RulesInForce,
  type RunningProjections,
  type ViewsStore,
} from '@domeinbrug/projections';
import {
  dropFolder,
  openFolder,
  record,
  recordActivation,
  recordThree,
  registered,
  shipped,
  type Folder,
} from '../../../../test/build/log-folder.js';
import { describeWithPostgres } from '../../../../test/servers/postgres-server.js';
import { until } from '../../../../test/servers/under-faults.js';

jest.setTimeout(60_000);

const sharpCut = shipped('sharp-cut');
const before = fromTheStart(sharpCut);

describeWithPostgres('rules that come into force over several processes', (server) => {
  let folders: string[];
  let schema: string;
  let folder: Folder;
  let running: RunningProjections[];
  let store: ViewsStore;

  beforeEach(async () => {
    [folders, running, schema] = [[], [], server().newSchema()];
    folder = await openFolder();
    await recordActivation(folder.log, sharpCut);
    await recordThree(folder.log);
    store = openViewsStore({ kind: 'postgres', url: server().url, schema, dataDir: newFolder() });
  });

  afterEach(async () => {
    for (const projections of running) await projections.close();
    await store.close();
    await dropFolder(folder);
    await server().dropSchemas(schema);
    for (const dataDir of folders) rmSync(dataDir, { recursive: true });
  });

  function newFolder(): string {
    const dataDir = mkdtempSync(join(tmpdir(), 'domeinbrug-activation-'));
    folders.push(dataDir);
    return dataDir;
  }

  function start(role: 'api' | 'projector', inForce: RulesInForce): RunningProjections {
    const dataDir = newFolder();
    const views = { kind: 'postgres', url: server().url, schema, dataDir } as const;
    const projections = startProjections({ dataDir, views, role, inForce, log: folder.log });
    running.push(projections);
    return projections;
  }

  const reachesHead = async (projections: RunningProjections): Promise<boolean> =>
    projections.reached((await folder.log.head()).position, 30_000);

  /** Another process brings six-weeks into force. */
  async function switchRules(): Promise<RulesInForce> {
    const ruleSet = shipped('six-weeks');
    return { ruleSet, since: await recordActivation(folder.log, ruleSet), before: sharpCut };
  }

  it('are built again after it failed, by a process that nobody asks, and those that follow are told', async () => {
    const [projector, api] = [start('projector', before), start('api', before)];
    expect(await reachesHead(projector)).toBe(true);
    expect(await reachesHead(api)).toBe(true);
    const next = await switchRules();
    await server().query(`
      CREATE FUNCTION ${schema}_views.refuse() RETURNS event_trigger LANGUAGE plpgsql
        AS $$ BEGIN RAISE EXCEPTION 'no room left'; END $$;
      CREATE EVENT TRIGGER refuse_schemas ON ddl_command_start WHEN TAG IN ('CREATE SCHEMA')
        EXECUTE FUNCTION ${schema}_views.refuse()`);
    const asked: Promise<unknown>[] = [projector.activate(next)];
    const isInForce = new Promise<void>((resolve) => asked.push(api.activate(next, resolve)));
    const outcomes = await Promise.allSettled(asked);
    await server().query('DROP EVENT TRIGGER refuse_schemas');
    for (const outcome of outcomes) {
      const { reason } = outcome as PromiseRejectedResult;
      expect(reason).toBeInstanceOf(ActivationFailed);
      expect((reason as Error).message).toContain('no room left');
    }
    await isInForce;
    expect((await api.status()).identity).toBe(identityOf(next));
  });

  it('stay in force when one takes over that has not heard of them', async () => {
    const former = start('projector', before);
    expect(await reachesHead(former)).toBe(true);
    const next = await switchRules();
    await former.activate(next);
    expect(await reachesHead(former)).toBe(true);
    await former.close();
    const current = await store.current();

    const standby = start('projector', before);
    const claims = new Set<string>();
    await until(async () => {
      const [lease] = await server().query<{ token: string }>(`SELECT token FROM ${schema}_views.lease`);
      return claims.add(lease!.token).size > 2; // it might have been another that writes each time
    });
    expect(await store.current()).toBe(current);
    await standby.activate(next);
    await record(folder.log, 'CLIENT0D', registered());
    expect(await reachesHead(standby)).toBe(true);
    expect(await store.current()).toBe(current);
  });
});

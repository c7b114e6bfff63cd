import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { openPostgresEventLog } from '@domeinbrug/event-store';
import {
  catchUp,
  coverageUnder,
  fromTheStart,
  openViewsStore,
  readCheckpoint,
  type ViewsStore,
} from '@domeinbrug/projections';
import { dropFolder, openFolder, recordThree, shipped } from '../../../../test/build/log-folder.js';
import { describeWithPostgres, type PostgresServer } from '../../../../test/servers/postgres-server.js';

describeWithPostgres('the roles of processes that share read models', (server) => {
  it('with what docs/postgres.md grants one keeps them up, and the other reads what comes', async () => {
    const schema = server().newSchema();
    await (await openPostgresEventLog({ url: server().url, schema })).close();
    const roles = await grantAsDocumented(server(), schema);
    const dataDir = mkdtempSync(join(tmpdir(), 'domeinbrug-grants-'));
    const folder = await openFolder();
    await recordThree(folder.log);
    const [projector, service] = roles.map((role): ViewsStore => {
      return openViewsStore({ kind: 'postgres', url: urlOf(server(), role), schema, dataDir });
    }) as [ViewsStore, ViewsStore];

    expect(await projector.claim(() => undefined)).toBe(true);
    const generation = await projector.next();
    const writer = await projector.openForWriting(generation);
    await catchUp(writer, folder.log, coverageUnder(fromTheStart(shipped('six-weeks'))));
    await writer.close();
    await projector.putInForce(generation);

    expect(await service.current()).toBe(generation);
    expect(await service.heldBy()).toContain('process');
    const views = service.openForReading(generation)!;
    expect(await readCheckpoint(views)).toMatchObject({ position: '12' });
    await views.destroy();
    await expect(service.claim(() => undefined)).rejects.toThrow('permission denied');

    await Promise.all([projector.close(), service.close(), dropFolder(folder)]);
    await server().dropSchemas(schema);
    for (const role of roles) await server().query(`DROP OWNED BY ${role}`);
    for (const role of roles) await server().query(`DROP ROLE ${role}`);
    rmSync(dataDir, { recursive: true });
  });
});

const password = randomBytes(8).toString('hex');

/** Runs the statements of the page for another schema. @returns who keeps read models up, and who reads them */
async function grantAsDocumented(server: PostgresServer, schema: string): Promise<[string, string]> {
  const page = readFileSync(resolve('docs/postgres.md'), 'utf8');
  const blocks = [...page.matchAll(/```sql\n([^`]+)```/g)].map(([, statements]) => statements!);
  const names = ['projector', 'service'].map((name) => `${name}_${randomBytes(6).toString('hex')}`);
  for (const statements of blocks) {
    await server.query(
      statements
        .replaceAll('domeinbrug_projector', names[0]!)
        .replaceAll('domeinbrug_service', names[1]!)
        .replaceAll('domeinbrug', schema)
        .replace(/choose \w+/, password),
    );
  }
  return names as [string, string];
}

function urlOf(server: PostgresServer, role: string): string {
  const url = new URL(server.url);
  url.username = role;
  url.password = password;
  return url.href;
}

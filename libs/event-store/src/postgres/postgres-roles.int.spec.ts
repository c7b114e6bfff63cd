import { LogSchemaRefused, openPostgresEventLog } from '@domeinbrug/event-store';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Client } from 'pg';
import { describeWithPostgres } from '../../../../test/servers/postgres-server.js';
import type { PostgresServer } from '../../../../test/servers/postgres-server.js';

const { everything, idsOf, sampleAppend } = jest.requireActual<typeof import('../contract/sample-events.js')>(
  '../../../../dist/libs/event-store/src/contract/sample-events.js',
);

describeWithPostgres('the role of a service on the PostgreSQL log', (server) => {
  it('can read, append and be told with what docs/postgres.md grants, and nothing else', async () => {
    const schema = server().newSchema();
    const owner = await openPostgresEventLog({ url: server().url, schema });
    const role = await grantAsDocumented(server(), schema);
    const log = await openPostgresEventLog({ url: urlOf(server(), role), schema });
    const told: string[] = [];
    log.subscribe(({ position }) => told.push(position));

    expect(await log.append(sampleAppend('journey-one', 'no-stream', 'a', 'b'))).toMatchObject({
      status: 'appended',
    });
    expect(idsOf(await everything(log))).toEqual(['a', 'b']);
    expect(await log.positionAt(Date.now() + 60_000)).toBe('2');
    expect(await log.streamsOf('journey')).toEqual(['journey-one']);
    expect(told).toEqual(['2']);

    const client = new Client({ connectionString: urlOf(server(), role) });
    await client.connect();
    for (const forbidden of [
      `UPDATE ${schema}.events SET content = '{}'`,
      `DELETE FROM ${schema}.events`,
      `TRUNCATE ${schema}.events`,
      `DROP TABLE ${schema}.events`,
      `UPDATE ${schema}.streams SET name = 'other'`,
      `INSERT INTO ${schema}.steps (step) VALUES (2)`,
      `CREATE TABLE ${schema}.mine (id int)`,
    ]) {
      await expect(client.query(forbidden)).rejects.toThrow(/permission denied|must be owner/);
    }
    await client.end();
    await Promise.all([log.close(), owner.close()]);
    await server().dropSchema(schema);
    await server().query(`DROP OWNED BY ${role}; DROP ROLE ${role}`);
  });

  it('is told to start as the owner where there is no log yet', async () => {
    const role = `role_${randomBytes(6).toString('hex')}`;
    await server().query(`CREATE ROLE ${role} LOGIN PASSWORD '${password}'`);
    const opening = openPostgresEventLog({ url: urlOf(server(), role), schema: server().newSchema() });
    const refused: unknown = await opening.catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(LogSchemaRefused);
    expect((refused as Error).message).toContain('as the owner of the database');
    await server().query(`DROP ROLE ${role}`);
  });
});

const password = randomBytes(8).toString('hex');

/** Runs the statements of the page for another schema. @returns the role */
async function grantAsDocumented(server: PostgresServer, schema: string): Promise<string> {
  const page = readFileSync(resolve('docs/postgres.md'), 'utf8');
  const [, statements] = /```sql\n([^`]+)```/.exec(page)!;
  const role = `role_${randomBytes(6).toString('hex')}`;
  await server.query(
    statements!
      .replaceAll('domeinbrug_service', role)
      .replaceAll('domeinbrug', schema)
      .replace('choose one', password),
  );
  return role;
}

function urlOf(server: PostgresServer, role: string): string {
  const url = new URL(server.url);
  url.username = role;
  url.password = password;
  return url.href;
}

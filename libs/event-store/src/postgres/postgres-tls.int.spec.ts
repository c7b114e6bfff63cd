import { LogUnreachable, openPostgresEventLog } from '@domeinbrug/event-store';
import { execFileSync } from 'node:child_process';
import { chownSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describeWithPostgres } from '../../../../test/servers/postgres-server.js';
import type { PostgresServer } from '../../../../test/servers/postgres-server.js';

// The settings of a server of somebody else are not changed.
const itOnOwnServer = process.env['TEST_DATABASE_URL'] ? it.skip : it;

describeWithPostgres('the PostgreSQL log over TLS', (server) => {
  itOnOwnServer('takes the certificate of the named authority for the named host, and no other', async () => {
    const certificate = await serveTls(server());
    const folder = mkdtempSync(join(tmpdir(), 'event-log-tls-'));
    const stranger = makeCertificate(folder).certificate;
    const schema = server().newSchema();
    const open = async (host: string, authority: string): Promise<string> => {
      const url = new URL(server().url);
      url.hostname = host;
      url.search = `?sslmode=verify-full&sslrootcert=${authority}`;
      const log = await openPostgresEventLog({ url: url.href, schema });
      const rows = await server().query<{ ssl: boolean }>(
        "SELECT DISTINCT ssl FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE application_name = 'domeinbrug read'",
      );
      await log.close();
      return JSON.stringify(rows);
    };
    expect(await open('localhost', certificate)).toBe('[{"ssl":true}]');
    await expect(open('127.0.0.1', certificate)).rejects.toThrow(LogUnreachable);
    await expect(open('localhost', stranger)).rejects.toThrow(/certificate/);
    rmSync(folder, { recursive: true });
    await server().dropSchema(schema);
  });
});

/** Makes the server speak TLS. @returns the file of its certificate, which is its own authority */
async function serveTls(server: PostgresServer): Promise<string> {
  const [row] = await server.query<{ folder: string }>("SELECT current_setting('data_directory') AS folder");
  const { certificate, key } = makeCertificate(row!.folder);
  const { uid, gid } = statSync(row!.folder);
  chownSync(key, uid, gid);
  await server.query(`ALTER SYSTEM SET ssl_cert_file = '${certificate}'`);
  await server.query(`ALTER SYSTEM SET ssl_key_file = '${key}'`);
  await server.query('ALTER SYSTEM SET ssl = on');
  await server.query('SELECT pg_reload_conf()');
  await pause(500);
  return certificate;
}

/** For the host `localhost`, of a day. */
function makeCertificate(folder: string): { certificate: string; key: string } {
  const [certificate, key] = [join(folder, 'tls.pem'), join(folder, 'tls.key')];
  execFileSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', '-subj', '/CN=localhost'],
      ...['-addext', 'subjectAltName=DNS:localhost', '-keyout', key, '-out', certificate],
    ],
    { stdio: 'ignore' },
  );
  return { certificate, key };
}

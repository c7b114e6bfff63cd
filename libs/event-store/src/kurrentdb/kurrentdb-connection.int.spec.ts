import { KurrentdbUrlRefused, openKurrentdbEventLog } from '@domeinbrug/event-store';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KurrentdbStandIn } from '../../../../test/contract/kurrentdb-stand-in/stand-in.js';

const { sampleAppend } = jest.requireActual<typeof import('../contract/sample-events.js')>(
  '../../../../dist/libs/event-store/src/contract/sample-events.js',
);

/** Appends one event over a connection string and reads it back. */
async function tryOut(url: string): Promise<void> {
  const log = await openKurrentdbEventLog({ url, timing: { open: 5_000 } });
  try {
    expect(await log.append(sampleAppend('journey-a', 'any', 'a'))).toMatchObject({ revision: 0 });
    expect(await log.readStream('journey-a')).toHaveLength(1);
  } finally {
    await log.close();
  }
}

describe('the address of the event log', () => {
  let standIn: KurrentdbStandIn;
  const port = (): number => standIn.proxy.port;

  beforeAll(async () => {
    standIn = await KurrentdbStandIn.start();
  });
  afterAll(() => standIn.stop());

  it('can name one node, in the old and the new way', async () => {
    await tryOut(`esdb://127.0.0.1:${port()}?tls=false`);
    await tryOut(`kurrentdb://127.0.0.1:${port()}?tls=false`);
  });

  it('can name a cluster, whose leader is asked for', async () => {
    await tryOut(`esdb+discover://127.0.0.1:${port()}?tls=false&nodePreference=leader`);
  });

  it('can name several nodes, of which some may be away', async () => {
    await tryOut(`esdb://127.0.0.1:1,127.0.0.1:${port()}?tls=false`);
  });

  it('is refused with the reason, and without the password', async () => {
    const opening = openKurrentdbEventLog({ url: 'http://somebody:secret@127.0.0.1:1' });
    await expect(opening).rejects.toBeInstanceOf(KurrentdbUrlRefused);
    await expect(opening).rejects.toThrow(/expected esdb/);
    await expect(opening).rejects.not.toThrow(/secret/);
    const missing = openKurrentdbEventLog({ url: 'esdb://a:secret@127.0.0.1:1?tlsCAFile=/nowhere.pem' });
    await expect(missing).rejects.toThrow(/certificate file/);
  });

  it('must leave something to tell our streams by', async () => {
    const url = `esdb://127.0.0.1:${port()}?tls=false`;
    await expect(openKurrentdbEventLog({ url, prefixes: [''] })).rejects.toThrow(RangeError);
  });
});

describe('TLS and a user', () => {
  let folder: string;
  let standIn: KurrentdbStandIn;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'event-log-tls-'));
    const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
    execFileSync(
      'openssl',
      `req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout ${key} -out ${certificate} -days 2
       -subj /CN=localhost -addext subjectAltName=DNS:localhost`.split(/\s+/),
      { stdio: 'ignore' },
    );
    standIn = await KurrentdbStandIn.start({
      key: readFileSync(key),
      certificate: readFileSync(certificate),
    });
  });
  afterAll(async () => {
    await standIn.stop();
    rmSync(folder, { recursive: true });
  });

  it('go together when the authority is known', async () => {
    const authority = encodeURIComponent(join(folder, 'certificate.pem'));
    await tryOut(`esdb://some%40body:s%2Fcret@localhost:${standIn.proxy.port}?tlsCAFile=${authority}`);
    expect(standIn.users).toEqual([`Basic ${Buffer.from('some@body:s/cret').toString('base64')}`]);
  });

  it('are refused to a server whose authority is not known', async () => {
    const url = `esdb://somebody:secret@localhost:${standIn.proxy.port}`;
    await expect(openKurrentdbEventLog({ url, timing: { open: 500 } })).rejects.toThrow(
      /Nothing was read .* for 500 ms: .*certificate/,
    );
    expect(standIn.users).toHaveLength(1);
  });
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tokenRefusals, type TokenRefusal } from '@domeinbrug/access';
import { generateKeyPair, SignJWT } from 'jose';
import { OpenIdServer } from '../servers/openid-server.js';
import { bsnNumber, Client, endAll, event, insurer, Service, type Answer } from './service.js';

// The service as in production, and a real OpenID provider whose tokens it takes.
const folder = mkdtempSync(join(tmpdir(), 'domeinbrug-tokens-'));
const mandates = join(folder, 'mandates.yaml');
let provider: OpenIdServer;
let service: Service;
let client: Client;

beforeAll(async () => {
  provider = await OpenIdServer.start();
  writeFileSync(
    mandates,
    `mandates:
  - { supplier: mandated.example, organisation: 'urn:nld:uzovi:3311', firstDay: 2024-01-01 }
  - { supplier: no-longer.example, organisation: 'urn:nld:uzovi:3311', firstDay: 2024-01-01, lastDay: 2024-12-31 }
`,
  );
  service = new Service(join(folder, 'data'), {
    NODE_ENV: 'production',
    ...provider.settings(),
    OIDC_JWKS_SECONDS: '2',
    DOMEINBRUG_MANDATES: mandates,
  });
  await service.start();
  client = new Client(service);
}, 60_000);

afterAll(async () => {
  await service.end('SIGTERM');
  await provider.stop();
  endAll();
  rmSync(folder, { recursive: true });
});

const own = '/v1/funders/insurer:3311/coverage?on=2024-03-01';

function ask(token: string, path = own): Promise<Answer> {
  return client.ask(null, path, { headers: { authorization: `Bearer ${token}` } });
}

/** Refused with its own sentence: in the answer, in its errors and in the challenge (RFC 6750). */
async function expectRefusal(token: string, code: TokenRefusal): Promise<void> {
  const { status, body, headers } = await ask(token);
  expect([status, body.code, body.errors?.map((each) => each.code)]).toEqual([401, 'token-invalid', [code]]);
  expect(body.detail).toBe(tokenRefusals[code]);
  expect(headers.get('www-authenticate')).toBe(
    `Bearer realm="domeinbrug", error="invalid_token", error_description="${tokenRefusals[code]}"`,
  );
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((later) => setTimeout(later, 200));
}

test.each(['insurer', 'insurer-by-rsa', 'supplier-mandated'])(
  'a token of the provider is taken: %s',
  async (name) => {
    expect((await ask(await provider.token(name))).status).toBe(200);
  },
);

test.each<[string, TokenRefusal]>([
  ['two-hours', 'token-too-long'],
  ['by-pss', 'token-wrong-algorithm'],
  ['no-organisation', 'organisation-missing'],
  ['two-organisations', 'organisation-ambiguous'],
  ['no-purpose', 'purpose-missing'],
  ['supplier-unnamed', 'supplier-missing'],
])('a token of the provider is refused: %s, %s', async (name, code) => {
  await expectRefusal(await provider.token(name), code);
});

test('one for another service is refused', async () => {
  const token = await provider.token('insurer', 'https://elsewhere.example/api');
  await expectRefusal(token, 'token-wrong-audience');
});

test('one that has expired is refused', async () => {
  const token = await provider.token('soon-expired');
  await until(async () => (await ask(token)).status === 401);
  await expectRefusal(token, 'token-expired');
});

test('one without a signature, with that of a shared secret or of a stranger is refused', async () => {
  const [, claims] = (await provider.token('insurer')).split('.');
  const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${claims}.`;
  await expectRefusal(unsigned, 'token-wrong-algorithm');
  const said = JSON.parse(Buffer.from(claims!, 'base64url').toString()) as Record<string, unknown>;
  const bySecret = new SignJWT(said).setProtectedHeader({ alg: 'HS256' }).sign(Buffer.alloc(32));
  await expectRefusal(await bySecret, 'token-wrong-algorithm');
  const { privateKey } = await generateKeyPair('ES256');
  const strange = new SignJWT(said).setProtectedHeader({ alg: 'ES256', kid: 'strange' }).sign(privateKey);
  await expectRefusal(await strange, 'token-unknown-key');
});

test('a development token is refused', async () => {
  await expectRefusal(await client.token(insurer), 'token-unknown-key');
});

describe('a token that is used for another organisation', () => {
  test('is refused at the address of another funder or provider', async () => {
    const token = await provider.token('insurer');
    const elsewhere = await ask(token, '/v1/funders/insurer:0101/coverage?on=2024-03-01');
    expect([elsewhere.status, elsewhere.body.code]).toEqual([403, 'not-your-funder']);
    expect(elsewhere.body.detail).toBe('This token is that of insurer:3311; ask for its own clients.');
    const windows = await ask(token, '/v1/providers/65656055/windows');
    expect([windows.status, windows.body.code]).toEqual([403, 'not-your-provider']);
  });

  test('is refused in the source of an event', async () => {
    const token = await provider.token('another-insurer');
    const foreign = event(insurer, 'client-registered', 'r1', {
      bsn: bsnNumber(1),
      firstDay: '2023-01-01',
      municipality: '0363',
      insurer: '3311',
    });
    const answer = await client.post(null, '/v1/events', foreign, { authorization: `Bearer ${token}` });
    expect([answer.status, answer.body.code]).toEqual([403, 'source-foreign']);
  });

  test.each(['supplier-no-longer', 'supplier-of-another'])(
    'is refused in the hands of a supplier without a mandate: %s',
    async (name) => {
      const { status, body } = await ask(await provider.token(name), '/v1/rule-sets');
      expect([status, body.code]).toEqual([403, 'supplier-not-mandated']);
      expect(body.detail).toMatch(/^\S+\.example may not act for urn:nld:uzovi:\d{4}: no mandate/);
    },
  );
});

test('no token stands in the log', async () => {
  const token = await provider.token('insurer');
  await ask(token);
  await ask(`${token}x`);
  expect(service.log()).toContain('/v1/funders/:funder/coverage');
  expect(service.log()).not.toContain(token.split('.')[1]);
});

test('keys rotate while the service runs, and those that were withdrawn are trusted no more', async () => {
  const before = await provider.token('insurer');
  expect((await ask(before)).status).toBe(200);
  await provider.rotateKeys();
  const after = await provider.token('insurer');
  await until(async () => (await ask(after)).status === 200);
  await expectRefusal(before, 'token-unknown-key');
});

test('without its provider the service says that it cannot tell, and takes nothing', async () => {
  const token = await provider.token('insurer');
  await until(async () => (await ask(token)).status === 200);
  await provider.stop();
  await until(async () => (await ask(token)).status !== 200);
  const { status, body, headers } = await ask(token);
  expect([status, body.code, headers.get('retry-after')]).toEqual([503, 'keys-unreachable', '5']);
});

test('a service in production does not start without a provider, nor with mandates that cannot be read', async () => {
  await expect(new Service(join(folder, 'none'), { NODE_ENV: 'production' }).start()).rejects.toThrow(
    /ended with 2: .*OIDC_ISSUER/s,
  );
  const broken = join(folder, 'broken.yaml');
  writeFileSync(
    broken,
    'mandates:\n  - { supplier: x, organisation: "urn:nld:uzovi:33", firstDay: today }\n',
  );
  const settings = { ...provider.settings(), DOMEINBRUG_MANDATES: broken };
  await expect(new Service(join(folder, 'none'), settings).start()).rejects.toThrow(
    /mandate 1: organisation .*mandate 1: firstDay/s,
  );
});

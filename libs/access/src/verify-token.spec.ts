import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLocalJWKSet, decodeJwt, exportJWK, generateKeyPair, SignJWT, type JWTPayload } from 'jose';
import { owns, scopesOf, type AskerKind } from './asker.js';
import { defaultAudience, developmentTrust, issueDevelopmentToken } from './development-tokens.js';
import { KeysUnreachable, verifyToken, type TokenTrust } from './verify-token.js';

const now = Date.UTC(2024, 2, 5, 12);
const seconds = now / 1000;

describe('development tokens', () => {
  let dataDir: string;
  let trust: TokenTrust;
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'tokens-'));
    trust = await developmentTrust(dataDir);
  });

  it.each([
    ['insurer:3311', 'insurer', '3311', 'uzovi'],
    ['provider:65656055', 'provider', '65656055', 'agb'],
    ['municipality:0363', 'municipality', '0363', 'gemeentecode'],
    ['care-office:5515', 'care-office', '5515', 'care_office'],
    ['oin:00000003123456780000', 'oin', '00000003123456780000', 'oin'],
    ['policy', 'policy', expect.stringMatching(/^[0-9]{20}$/), 'oin'],
    ['auditor', 'auditor', expect.stringMatching(/^[0-9]{20}$/), 'oin'],
  ])('says who %s is and what it may do', async (as, kind, code, claim) => {
    const token = await issueDevelopmentToken(dataDir, as, { now });
    expect(await verifyToken(token, trust, now)).toEqual({
      asker: { kind, code, scopes: scopesOf[kind as AskerKind], purpose: expect.stringMatching(/./) },
      expiresAt: (seconds + 3600) * 1000,
    });
    const claims = decodeJwt(token);
    expect(claims).toMatchObject({
      aud: defaultAudience,
      iat: seconds,
      nbf: seconds,
      exp: seconds + 3600,
      [claim]: code,
    });
    expect(claims.jti).toBeTruthy();
  });

  it.each(['insurer', 'insurer:33', 'provider:3311', 'bank:3311', 'policy:1', 'insurer:3311:x', ''])(
    'has no token for %p',
    async (as) => {
      await expect(issueDevelopmentToken(dataDir, as, { now })).rejects.toThrow('nobody to ask as');
    },
  );

  it.each([0, 3601, -1, NaN])('refuses a lifetime of %p seconds', async (lifetime) => {
    await expect(issueDevelopmentToken(dataDir, 'policy', { now, lifetime })).rejects.toThrow(RangeError);
  });

  it('is refused in production, to issue and to trust', async () => {
    const before = process.env['NODE_ENV'];
    process.env['NODE_ENV'] = 'production';
    try {
      await expect(issueDevelopmentToken(dataDir, 'policy', { now })).rejects.toThrow('production');
      await expect(developmentTrust(dataDir)).rejects.toThrow('production');
    } finally {
      process.env['NODE_ENV'] = before;
    }
  });

  it('is refused by a service with another data folder', async () => {
    const other = await developmentTrust(await mkdtemp(join(tmpdir(), 'tokens-')));
    const token = await issueDevelopmentToken(dataDir, 'policy', { now });
    expect(await verifyToken(token, other, now)).toMatchObject({ refused: 'token-bad-signature' });
  });
});

describe('verifyToken', () => {
  const issuer = 'https://issuer.example';
  const audience = 'https://service.example';
  let trust: TokenTrust;
  let sign: (claims: JWTPayload, header?: { kid?: string | undefined }) => Promise<string>;

  beforeAll(async () => {
    const { publicKey, privateKey } = await generateKeyPair('RS256');
    const jwk = { ...(await exportJWK(publicKey)), kid: 'k1', alg: 'RS256' };
    trust = { issuer, audience, keys: createLocalJWKSet({ keys: [jwk] }) };
    sign = (claims, header = { kid: 'k1' }) =>
      new SignJWT(claims).setProtectedHeader({ alg: 'RS256', ...header }).sign(privateKey);
  });

  const good: JWTPayload = {
    iss: issuer,
    aud: audience,
    iat: seconds,
    nbf: seconds,
    exp: seconds + 600,
    uzovi: '3311',
    scope: 'coverage:read openid',
    purpose: 'funding',
  };

  it('takes a good token, and of its scopes those that exist here', async () => {
    expect(await verifyToken(await sign(good), trust, now)).toEqual({
      asker: { kind: 'insurer', code: '3311', scopes: ['coverage:read'], purpose: 'funding' },
      expiresAt: (seconds + 600) * 1000,
    });
  });

  it.each([[{}], ['supplier-1'], [null], [{ sub: '' }], [{ sub: 1 }], [[]]])(
    'refuses one in which another acts who is not named: %j',
    async (act) => {
      expect(await verifyToken(await sign({ ...good, act }), trust, now)).toMatchObject({
        refused: 'supplier-missing',
      });
    },
  );

  it('refuses one without the name of its key where the issuer has several', async () => {
    const keys = await Promise.all(
      ['k1', 'k2'].map(async (kid) => {
        const { publicKey } = await generateKeyPair('RS256');
        return { ...(await exportJWK(publicKey)), kid, alg: 'RS256' };
      }),
    );
    const several = { ...trust, keys: createLocalJWKSet({ keys }) };
    const token = await sign(good, { kid: undefined });
    expect(await verifyToken(token, several, now)).toMatchObject({ refused: 'token-key-unnamed' });
  });

  it('cannot judge without the keys of the issuer', async () => {
    const keys = (): never => {
      throw new TypeError('fetch failed');
    };
    await expect(verifyToken(await sign(good), { ...trust, keys }, now)).rejects.toThrow(KeysUnreachable);
  });

  it('knows a supplier that acts for the organisation', async () => {
    const token = await sign({ ...good, act: { sub: 'supplier-1' } });
    expect(await verifyToken(token, trust, now)).toMatchObject({ asker: { actedBy: 'supplier-1' } });
  });

  it.each<[string, JWTPayload]>([
    ['token-expired', { exp: seconds - 60, iat: seconds - 600, nbf: seconds - 600 }],
    ['token-not-yet-valid', { nbf: seconds + 60 }],
    ['token-wrong-audience', { aud: 'https://elsewhere.example' }],
    ['token-wrong-issuer', { iss: 'https://elsewhere.example' }],
    ['token-too-long', { exp: seconds + 3601 }],
    ['token-incomplete', { exp: undefined }],
    ['token-incomplete', { iat: undefined }],
    ['token-not-yet-valid', { iat: seconds + 60, nbf: undefined }],
    ['purpose-missing', { purpose: undefined }],
    ['purpose-missing', { purpose: ' ' }],
    ['organisation-missing', { uzovi: undefined }],
    ['organisation-ambiguous', { agb: '65656055' }],
    ['organisation-invalid', { uzovi: '33' }],
    ['organisation-invalid', { uzovi: 3311 }],
  ])('refuses with %s what has %j', async (refused, changed) => {
    const verification = await verifyToken(await sign({ ...good, ...changed }), trust, now);
    expect(verification).toEqual({ refused, detail: expect.stringMatching(/\.$/) });
  });

  it.each(['', 'abc', 'a.b.c', 'e30.e30.'])('refuses %p as malformed', async (token) => {
    expect(await verifyToken(token, trust, now)).toMatchObject({ refused: 'token-malformed' });
  });

  it('refuses another algorithm, none and a shared secret among them', async () => {
    const secret = await new SignJWT(good).setProtectedHeader({ alg: 'HS256' }).sign(Buffer.alloc(32));
    expect(await verifyToken(secret, trust, now)).toMatchObject({ refused: 'token-wrong-algorithm' });
    const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');
    const unsigned = `${encode({ alg: 'none' })}.${encode(good)}.`;
    expect(await verifyToken(unsigned, trust, now)).toMatchObject({ refused: 'token-wrong-algorithm' });
  });

  it('refuses a key that the issuer does not publish', async () => {
    expect(await verifyToken(await sign(good, { kid: 'k2' }), trust, now)).toMatchObject({
      refused: 'token-unknown-key',
    });
  });

  it('refuses a token that was changed', async () => {
    const [header, , signature] = (await sign(good)).split('.');
    const claims = Buffer.from(JSON.stringify({ ...good, uzovi: '0101' })).toString('base64url');
    const changed = `${header}.${claims}.${signature}`;
    expect(await verifyToken(changed, trust, now)).toMatchObject({ refused: 'token-bad-signature' });
  });
});

describe('owns', () => {
  it.each([
    ['insurer', '3311', 'urn:nld:uzovi:3311:systeem:polis', true],
    ['insurer', '3311', 'urn:nld:uzovi:33110:systeem:polis', false],
    ['insurer', '3311', 'urn:nld:zorgkantoor:3311:systeem:polis', false],
    ['care-office', '5515', 'urn:nld:zorgkantoor:5515:systeem:a', true],
    ['provider', '65656055', 'urn:nld:agb:65656055:systeem:ecd', true],
    ['provider', '65656055', 'urn:nld:agb:65656056:systeem:ecd', false],
  ] as const)('%s %s and %s: %p', (kind, code, source, expected) => {
    expect(owns({ kind, code }, source)).toBe(expected);
  });
});

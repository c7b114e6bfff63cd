import { randomUUID } from 'node:crypto';
import { createLocalJWKSet, exportJWK, generateKeyPair, importJWK, SignJWT, type JWK } from 'jose';
import { askerKinds, claimOf, scopesOf, type AskerKind } from './asker.js';
import { purposesOf } from './decide.js';
import { loadOrCreate } from './keys.js';
import { maxLifetime, type TokenTrust } from './verify-token.js';

/**
 * Tokens for use on one's own machine, signed with a key that the data folder holds. Never in production: who can
 * read that folder could then be anybody.
 */
const issuer = 'https://domeinbrug.example/development';
export const defaultAudience = 'https://domeinbrug.example';
const keyId = 'development';
const keyFile = 'development-token.jwk.json';

/** Those that have no code of their own to ask with. */
const staffKinds = ['policy', 'auditor', 'operator'] as const;

/** Stands for the organisations of those. */
const developmentOin = '00000003999999990000';

export interface TokenOptions {
  /** Milliseconds since 1970; by default the clock. */
  now?: number;
  /** Seconds, at most {@link maxLifetime}, which is also the default. */
  lifetime?: number;
  audience?: string;
  /** What it is asked for; the first that such an organisation has by default. */
  purpose?: string;
}

/**
 * A token for `insurer:3311`, `provider:65656055`, `municipality:0363`, `care-office:5515`, `oin:<20 digits>`,
 * `policy`, `auditor` or `operator`. Throws when `NODE_ENV` is `production` and when `as` or the lifetime is none of these.
 */
export async function issueDevelopmentToken(
  dataDir: string,
  as: string,
  { now = Date.now(), lifetime = maxLifetime, audience = defaultAudience, purpose }: TokenOptions = {},
): Promise<string> {
  refuseInProduction();
  if (!(lifetime > 0 && lifetime <= maxLifetime)) {
    throw new RangeError(`A token lives from 1 to ${maxLifetime} seconds; ask for a new one after that.`);
  }
  const { kind, code } = parseAsker(as);
  const seconds = Math.floor(now / 1000);
  const key = await importJWK(await developmentKey(dataDir), 'ES256');
  return new SignJWT({
    [claimOf(kind).claim]: code,
    scope: scopesOf[kind].join(' '),
    purpose: purpose ?? purposesOf[kind][0],
  })
    .setProtectedHeader({ alg: 'ES256', kid: keyId, typ: 'JWT' })
    .setIssuer(issuer)
    .setAudience(audience)
    .setIssuedAt(seconds)
    .setNotBefore(seconds)
    .setExpirationTime(seconds + lifetime)
    .setJti(randomUUID())
    .sign(key);
}

/** What a service trusts that takes development tokens. Throws when `NODE_ENV` is `production`. */
export async function developmentTrust(dataDir: string, audience = defaultAudience): Promise<TokenTrust> {
  refuseInProduction();
  const { kty, crv, x, y } = await developmentKey(dataDir);
  const publicKey: JWK = { kty, crv, x, y, kid: keyId, alg: 'ES256', use: 'sig' };
  return { issuer, audience, keys: createLocalJWKSet({ keys: [publicKey] }) };
}

async function developmentKey(dataDir: string): Promise<JWK> {
  const { path, text } = await loadOrCreate(dataDir, keyFile, async () => {
    const { privateKey } = await generateKeyPair('ES256', { extractable: true });
    return JSON.stringify(await exportJWK(privateKey));
  });
  try {
    return JSON.parse(text) as JWK;
  } catch {
    throw new Error(
      `${path} holds no key; delete it and a new one is made, after which old tokens are refused.`,
    );
  }
}

function parseAsker(as: string): { kind: AskerKind; code: string } {
  const staff = staffKinds.find((each) => each === as);
  if (staff) return { kind: staff, code: developmentOin };
  const [name = '', code = '', ...more] = as.split(':');
  const kind = askerKinds.find((each) => each === name && !(staffKinds as readonly string[]).includes(each));
  if (!kind || more.length > 0 || !new RegExp(`^[0-9]{${claimOf(kind).digits}}$`).test(code)) {
    throw new RangeError(
      `"${as}" is nobody to ask as; write insurer:<4 digits>, provider:<8 digits>, municipality:<4 digits>, ` +
        'care-office:<4 digits>, oin:<20 digits>, policy, auditor or operator.',
    );
  }
  return { kind, code };
}

function refuseInProduction(): void {
  if (process.env['NODE_ENV'] === 'production') {
    throw new Error(
      'Development tokens are refused when NODE_ENV is production; use tokens of your authorisation server.',
    );
  }
}

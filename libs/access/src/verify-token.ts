import { createRemoteJWKSet, errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import {
  isScope,
  organisationClaims,
  type Asker,
  type AskerKind,
  type OrganisationClaim,
  type Scope,
} from './asker.js';

/** Whose tokens are taken: of one issuer, for one audience, signed with one of its keys. */
export interface TokenTrust {
  issuer: string;
  audience: string;
  keys: JWTVerifyGetKey;
}

/** Trust in an authorisation server that publishes its keys at a JWKS URL. */
export function jwksTrust(issuer: string, audience: string, jwksUrl: string): TokenTrust {
  return { issuer, audience, keys: createRemoteJWKSet(new URL(jwksUrl)) };
}

/** Why a token is refused: code and sentence. */
export const tokenRefusals = {
  'token-malformed': 'The token is no signed JWT; send it as Authorization: Bearer <token>.',
  'token-wrong-algorithm': 'The token is signed with another algorithm than RS256 or ES256.',
  'token-unknown-key': 'The token is signed with a key that its issuer does not publish.',
  'token-bad-signature': 'The token was changed after it was signed, or signed with another key.',
  'token-wrong-issuer': 'The token comes from another issuer than the one trusted here.',
  'token-wrong-audience': 'The token was issued for another service.',
  'token-expired': 'The token has expired; ask for a new one.',
  'token-not-yet-valid': 'The token is not valid yet; check the clocks.',
  'token-too-long': 'The token lives longer than one hour; ask for one that lives shorter.',
  'token-incomplete': 'The token lacks one of iss, aud, exp, iat and purpose.',
  'organisation-missing':
    'The token names no organisation; it needs one of agb, gemeentecode, uzovi, care_office and oin.',
  'organisation-ambiguous': 'The token names more than one organisation; it may have one such claim only.',
  'organisation-invalid': 'The organisation’s code in the token does not have its form.',
} as const;

export type TokenRefusal = keyof typeof tokenRefusals;
export type Verification =
  | {
      asker: Asker;
      /** Milliseconds since 1970: until when the token says who asks. */
      expiresAt: number;
    }
  | { refused: TokenRefusal; detail: string };

/** Seconds by which the clocks of issuer and service may differ. */
const clockTolerance = 5;
const maxLifetime = 3_600;

/**
 * Who a token is: the asker, or the reason why it is refused. `now` is in milliseconds. Throws only when the
 * issuer's keys cannot be fetched.
 */
export async function verifyToken(token: string, trust: TokenTrust, now = Date.now()): Promise<Verification> {
  try {
    const { payload } = await jwtVerify(token, trust.keys, {
      issuer: trust.issuer,
      audience: trust.audience,
      algorithms: ['RS256', 'ES256'],
      requiredClaims: ['exp', 'iat'],
      clockTolerance,
      currentDate: new Date(now),
    });
    return askerOf(payload);
  } catch (error) {
    const code = refusalOf(error);
    if (!code) throw error;
    return refused(code);
  }
}

function refusalOf(error: unknown): TokenRefusal | undefined {
  if (error instanceof errors.JWTExpired) return 'token-expired';
  if (error instanceof errors.JWTClaimValidationFailed) return claimRefusal(error);
  if (error instanceof errors.JOSEAlgNotAllowed) return 'token-wrong-algorithm';
  if (error instanceof errors.JWKSNoMatchingKey) return 'token-unknown-key';
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'token-bad-signature';
  if (error instanceof errors.JWSInvalid || error instanceof errors.JWTInvalid) return 'token-malformed';
  if (error instanceof errors.JOSENotSupported) return 'token-malformed';
  return undefined;
}

function claimRefusal({ claim, reason }: errors.JWTClaimValidationFailed): TokenRefusal {
  if (reason === 'missing') return 'token-incomplete';
  if (claim === 'aud') return 'token-wrong-audience';
  if (claim === 'iss') return 'token-wrong-issuer';
  return claim === 'nbf' || claim === 'iat' ? 'token-not-yet-valid' : 'token-incomplete';
}

function askerOf(payload: JWTPayload): Verification {
  const named = organisationClaims.filter(({ claim }) => payload[claim] !== undefined);
  const purpose = payload['purpose'];
  const { exp = Infinity, iat = 0 } = payload;
  if (exp - iat > maxLifetime) return refused('token-too-long');
  if (named.length === 0) return refused('organisation-missing');
  if (named.length > 1) return refused('organisation-ambiguous');
  const code = codeIn(payload, named[0]!);
  if (code === undefined) return refused('organisation-invalid');
  if (typeof purpose !== 'string' || purpose.trim() === '') return refused('token-incomplete');
  const scopes = scopesIn(payload);
  const kind = kindOf(named[0]!, scopes);
  const actedBy = (payload['act'] as { sub?: unknown } | undefined)?.sub;
  const asker: Asker = { kind, code, scopes, purpose, ...(typeof actedBy === 'string' ? { actedBy } : {}) };
  return { asker, expiresAt: exp * 1_000 };
}

function codeIn(payload: JWTPayload, { claim, digits }: OrganisationClaim): string | undefined {
  const code = payload[claim];
  return typeof code === 'string' && new RegExp(`^[0-9]{${digits}}$`).test(code) ? code : undefined;
}

function scopesIn(payload: JWTPayload): Scope[] {
  return typeof payload['scope'] === 'string' ? payload['scope'].split(' ').filter(isScope) : [];
}

/** Policy staff, auditors and operators have no code of their own kind: their OIN's scopes say what they are. */
function kindOf({ kind }: OrganisationClaim, scopes: readonly Scope[]): AskerKind {
  if (kind !== 'oin') return kind;
  if (scopes.includes('audit:read')) return 'auditor';
  if (scopes.includes('clients:erase')) return 'operator';
  const shapesPolicy = scopes.some((scope) => scope.startsWith('replays:') || scope === 'rule-sets:write');
  return shapesPolicy ? 'policy' : 'oin';
}

function refused(code: TokenRefusal): Verification {
  return { refused: code, detail: tokenRefusals[code] };
}

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

export interface TokenServer {
  issuer: string;
  audience: string;
  jwksUrl: string;
  /** How long fetched keys are trusted: a key that the issuer withdrew is refused at the latest after so many seconds. */
  keysSeconds: number;
}

/** A key that is not known yet makes the issuer's keys be fetched again, no sooner than this after the last time. */
const cooldownSeconds = 5;

/** Trust in an authorisation server that publishes its keys at a JWKS URL. */
export function jwksTrust({ issuer, audience, jwksUrl, keysSeconds }: TokenServer): TokenTrust {
  const keys = createRemoteJWKSet(new URL(jwksUrl), {
    cacheMaxAge: keysSeconds * 1_000,
    cooldownDuration: Math.min(cooldownSeconds, keysSeconds) * 1_000,
  });
  return { issuer, audience, keys };
}

/** The issuer's keys cannot be had, so that no token can be judged. */
export class KeysUnreachable extends Error {
  override readonly name = 'KeysUnreachable';
}

/** Why a token is refused: code and sentence. */
export const tokenRefusals = {
  'token-malformed': 'The token is no signed JWT; send it as Authorization: Bearer <token>.',
  'token-wrong-algorithm': 'The token is signed with another algorithm than RS256 or ES256.',
  'token-unknown-key': 'The token is signed with a key that its issuer does not publish.',
  'token-key-unnamed': 'The token does not say which key of its issuer signed it; it needs a kid.',
  'token-bad-signature': 'The token was changed after it was signed, or signed with another key.',
  'token-wrong-issuer': 'The token comes from another issuer than the one trusted here.',
  'token-wrong-audience': 'The token was issued for another service.',
  'token-expired': 'The token has expired; ask for a new one.',
  'token-not-yet-valid': 'The token is not valid yet; check the clocks.',
  'token-too-long': 'The token lives longer than one hour; ask for one that lives shorter.',
  'token-incomplete': 'The token lacks one of iss, aud, exp and iat.',
  'organisation-missing':
    'The token names no organisation; it needs one of agb, gemeentecode, uzovi, care_office and oin.',
  'organisation-ambiguous': 'The token names more than one organisation; it may have one such claim only.',
  'organisation-invalid': 'The code of the organisation in the token does not have its form.',
  'purpose-missing': 'The token does not say what is asked for; it needs a purpose.',
  'supplier-missing':
    'The token says that another acts for the organisation, but not who; act.sub has to name the supplier.',
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
/** The longest that a token may live, in seconds. */
export const maxLifetime = 3_600;

/**
 * Who a token is: the asker, or the reason why it is refused. `now` is in milliseconds.
 *
 * @throws KeysUnreachable
 */
export async function verifyToken(token: string, trust: TokenTrust, now = Date.now()): Promise<Verification> {
  const claims = await claimsIn(token, trust, now);
  return typeof claims === 'string' ? refused(claims) : askerOf(claims, now);
}

async function claimsIn(token: string, trust: TokenTrust, now: number): Promise<JWTPayload | TokenRefusal> {
  try {
    const { payload } = await jwtVerify(token, trust.keys, {
      issuer: trust.issuer,
      audience: trust.audience,
      algorithms: ['RS256', 'ES256'],
      requiredClaims: ['exp', 'iat'],
      clockTolerance,
      currentDate: new Date(now),
    });
    return payload;
  } catch (error) {
    const code = refusalOf(error);
    if (!code) throw new KeysUnreachable('The keys of the issuer cannot be had.', { cause: error });
    return code;
  }
}

function refusalOf(error: unknown): TokenRefusal | undefined {
  if (error instanceof errors.JWTExpired) return 'token-expired';
  if (error instanceof errors.JWTClaimValidationFailed) return claimRefusal(error);
  if (error instanceof errors.JOSEAlgNotAllowed) return 'token-wrong-algorithm';
  if (error instanceof errors.JWKSNoMatchingKey) return 'token-unknown-key';
  if (error instanceof errors.JWKSMultipleMatchingKeys) return 'token-key-unnamed';
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

function askerOf(payload: JWTPayload, now: number): Verification {
  const named = organisationClaims.filter(({ claim }) => payload[claim] !== undefined);
  const { purpose, act, exp = Infinity, iat = 0 } = payload;
  // A token of next year would otherwise be good from today.
  if (iat * 1_000 > now + clockTolerance * 1_000) return refused('token-not-yet-valid');
  if (exp - iat > maxLifetime) return refused('token-too-long');
  if (named.length === 0) return refused('organisation-missing');
  if (named.length > 1) return refused('organisation-ambiguous');
  const code = codeIn(payload, named[0]!);
  if (code === undefined) return refused('organisation-invalid');
  if (typeof purpose !== 'string' || purpose.trim() === '') return refused('purpose-missing');
  const actedBy = supplierIn(act);
  if (actedBy === null) return refused('supplier-missing');
  const scopes = scopesIn(payload);
  const asker: Asker = { kind: kindOf(named[0]!, scopes), code, scopes, purpose };
  return { asker: actedBy === undefined ? asker : { ...asker, actedBy }, expiresAt: exp * 1_000 };
}

/** `undefined` where nobody acts for the organisation, `null` where somebody does who is not named (RFC 8693, 4.1). */
function supplierIn(act: unknown): string | null | undefined {
  if (act === undefined) return undefined;
  const { sub } = (act ?? {}) as { sub?: unknown };
  return typeof sub === 'string' && sub.trim() !== '' ? sub : null;
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

import {
  askerKinds,
  claimOf,
  decide,
  isMandated,
  mandatedUntil,
  KeysUnreachable,
  purposesOf,
  scopesOf,
  urnOf,
  verifyToken,
  type Asker,
  type AskerKind,
  type Scope,
  type TokenTrust,
  type Verification,
} from '@domeinbrug/access';
import { amsterdamDay, formatDay } from '@domeinbrug/calendar';
import { Problem } from '@domeinbrug/problems';
import {
  createParamDecorator,
  Inject,
  Injectable,
  SetMetadata,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Stores } from '../stores/stores.js';
import { STORES } from '../stores/stores-token.js';
import { auditedBy, auditedByRoute, reasonOf, type AuditedRequest } from './audit.js';
import { readClientsNamed } from './clients-named.js';
import { OrganisationLimits } from './organisation-limits.js';

const NEEDED = 'domeinbrug:needed';

/** What a door asks of who comes to it. */
export type Needed = readonly Scope[] | 'any token' | 'nothing';

/** The door is open to all: what it gives tells nothing of a person. */
export const Open = (): MethodDecorator & ClassDecorator => SetMetadata(NEEDED, 'nothing' satisfies Needed);

/** The door takes any valid token. */
export const AnyToken = (): MethodDecorator & ClassDecorator =>
  SetMetadata(NEEDED, 'any token' satisfies Needed);

/** The door takes tokens with any of these scopes. */
export const Needs = (...anyOf: [Scope, ...Scope[]]): MethodDecorator & ClassDecorator =>
  SetMetadata(NEEDED, anyOf satisfies Needed);

/** What a door needs by its decorator or else its controller's; `undefined` for one that is closed to all. */
export function neededFor(method: object, controller: object): Needed | undefined {
  return (Reflect.getMetadata(NEEDED, method) ?? Reflect.getMetadata(NEEDED, controller)) as
    Needed | undefined;
}

type AskedRequest = AuditedRequest & { goesOnUntil?: number };

/** Who asks, by the token; only behind a door that is not {@link Open}. */
export const AskedBy = createParamDecorator((_: unknown, context: ExecutionContext): Asker => {
  const { asker } = context.switchToHttp().getRequest<AskedRequest>();
  if (!asker) throw new Error('This door is open to all and knows no asker.');
  return asker;
});

/** Until when the asker's token and mandate hold, in milliseconds since 1970: an answer that goes on ends then. */
export const HoldsUntil = createParamDecorator((_: unknown, context: ExecutionContext): number => {
  const { goesOnUntil } = context.switchToHttp().getRequest<AskedRequest>();
  if (goesOnUntil === undefined) throw new Error('This door is open to all and knows no token.');
  return goesOnUntil;
});

/** Lets through who has the token that a door needs. A door that says nothing is closed. */
@Injectable()
export class AskerGuard implements CanActivate {
  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(STORES) private readonly stores: Stores,
    @Inject(OrganisationLimits) private readonly limits: OrganisationLimits,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const needed = this.reflector.getAllAndOverride<Needed | undefined>(NEEDED, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (needed === 'nothing') return true;
    const http = context.switchToHttp();
    const request = http.getRequest<AskedRequest>();
    const asker =
      request.asker ??
      (await identify(request, http.getResponse<FastifyReply>(), this.stores.trust, this.limits));
    request.audited = auditedBy(context.getHandler());
    if (request.audited) request.nameOf = readClientsNamed(request, asker, this.stores.aliases);
    this.requireMandate(asker);
    if (needed === undefined) throw scopeMissing([], asker.kind);
    requireAnyOf(asker, needed === 'any token' ? [] : needed);
    if (request.audited && asker.kind === 'auditor') request.auditReason = reasonOf(request);
    return true;
  }

  /** @throws Problem 403 */
  private requireMandate(asker: Asker): void {
    const today = formatDay(amsterdamDay(Date.now()));
    if (isMandated(asker, this.stores.mandates, today)) return;
    throw new Problem(
      'supplier-not-mandated',
      `${asker.actedBy} may not act for ${urnOf(asker)}: no mandate of that organisation for it holds today.`,
    );
  }
}

/**
 * Who sends a body is known before the body is read: nobody without a token, or with too many requests, makes us read a
 * megabyte. All doors that take bodies need one.
 */
export function identifySenders(
  server: FastifyInstance,
  { trust }: Stores,
  limits: OrganisationLimits,
): void {
  server.addHook('onRequest', async (request: AskedRequest, reply) => {
    const sends = ['POST', 'DELETE'].includes(request.method);
    if (!sends || request.is404) return;
    await identify(request, reply, trust, limits);
    request.audited = auditedByRoute(request);
  });
}

async function identify(
  request: AskedRequest,
  reply: FastifyReply,
  trust: TokenTrust | null,
  limits: OrganisationLimits,
): Promise<Asker> {
  const token = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (token === undefined || !trust) {
    throw new Problem('token-missing', 'Send a token: Authorization: Bearer <token>.', {
      headers: { 'www-authenticate': 'Bearer realm="domeinbrug"' },
    });
  }
  const verified = await judge(token, trust);
  if ('refused' in verified) throw tokenInvalid(verified);
  request.goesOnUntil = Math.min(verified.expiresAt, mandatedUntil(verified.asker, Date.now()) ?? Infinity);
  request.asker = verified.asker;
  await limits.admit(request, reply);
  return verified.asker;
}

/** @throws Problem 503 */
async function judge(token: string, trust: TokenTrust): Promise<Verification> {
  try {
    return await verifyToken(token, trust);
  } catch (error) {
    if (!(error instanceof KeysUnreachable)) throw error;
    throw new Problem('keys-unreachable', 'Whether your token is good cannot be told now. Ask again later.', {
      headers: { 'retry-after': '5' },
    });
  }
}

/** RFC 6750, 3. */
function tokenInvalid({ refused, detail }: Extract<Verification, { refused: string }>): Problem {
  const challenge = `Bearer realm="domeinbrug", error="invalid_token", error_description="${detail}"`;
  return new Problem('token-invalid', detail, {
    headers: { 'www-authenticate': challenge },
    errors: [{ pointer: '', code: refused, detail }],
  });
}

/**
 * What a door gives only to some of those it lets in.
 *
 * @throws Problem 403
 */
export function requireScope(asker: Asker, scope: Scope): void {
  requireAnyOf(asker, [scope]);
}

function requireAnyOf(subject: Asker, action: readonly Scope[]): void {
  const decision = decide({ subject, action, resource: { kind: 'door' } });
  if (decision.allowed) return;
  throw decision.refusal === 'purpose-not-allowed'
    ? purposeNotAllowed(subject)
    : scopeMissing(action, subject.kind);
}

function purposeNotAllowed({ kind, purpose }: Asker): Problem {
  return new Problem(
    'purpose-not-allowed',
    `The purpose "${purpose}" is none that the organisation of this token has; ask for one with ${purposesOf[kind].join(' or ')}.`,
  );
}

function isNamedByOin(kind: AskerKind): boolean {
  return claimOf(kind).kind === 'oin';
}

function scopeMissing(anyOf: readonly Scope[], kind: AskerKind): Problem {
  const isFor = askerKinds.filter((each) => scopesOf[each].some((scope) => anyOf.includes(scope)));
  // Of an organisation with an OIN its scopes decide which kind it is.
  const detail =
    isFor.includes(kind) || isNamedByOin(kind)
      ? `This needs a token with the scope ${anyOf.join(' or ')}.`
      : `This is for ${isFor.join(', ') || 'nobody'}: a token of ${kind} cannot do it, whatever its scopes.`;
  return new Problem('scope-missing', detail, {
    headers: {
      'www-authenticate': `Bearer realm="domeinbrug", error="insufficient_scope", scope="${anyOf.join(' ')}"`,
    },
  });
}

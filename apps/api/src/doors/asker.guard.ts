import { verifyToken, type Asker, type Scope } from '@domeinbrug/access';
import { Problem } from '@domeinbrug/platform';
import {
  createParamDecorator,
  Inject,
  Injectable,
  SetMetadata,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import type { Stores } from '../stores/stores.js';
import { STORES } from '../stores/stores-token.js';

const NEEDED = 'domeinbrug:needed';

type Needed = Scope | 'any token' | 'nothing';

/** The door is open to all: what it gives tells nothing of a person. */
export const Open = (): MethodDecorator & ClassDecorator => SetMetadata(NEEDED, 'nothing' satisfies Needed);

/** The door takes any valid token. */
export const AnyToken = (): MethodDecorator & ClassDecorator =>
  SetMetadata(NEEDED, 'any token' satisfies Needed);

/** The door takes tokens with this scope. */
export const Needs = (scope: Scope): MethodDecorator & ClassDecorator => SetMetadata(NEEDED, scope);

type AskedRequest = FastifyRequest & { asker?: Asker };

/** Who asks, by the token; only behind a door that is not {@link Open}. */
export const AskedBy = createParamDecorator((_: unknown, context: ExecutionContext): Asker => {
  const { asker } = context.switchToHttp().getRequest<AskedRequest>();
  if (!asker) throw new Error('This door is open to all and knows no asker.');
  return asker;
});

/** Lets through who has the token that a door needs. A door that says nothing is closed. */
@Injectable()
export class AskerGuard implements CanActivate {
  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(STORES) private readonly stores: Stores,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const needed = this.reflector.getAllAndOverride<Needed | undefined>(NEEDED, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (needed === 'nothing') return true;
    const request = context.switchToHttp().getRequest<AskedRequest>();
    const asker = await this.askerOf(request.headers.authorization);
    if (needed !== 'any token' && !(needed && asker.scopes.includes(needed))) throw scopeMissing(needed);
    request.asker = asker;
    return true;
  }

  private async askerOf(header: string | undefined): Promise<Asker> {
    const token = /^Bearer +(\S+)$/i.exec(header ?? '')?.[1];
    if (token === undefined || !this.stores.trust) {
      throw new Problem('token-missing', 'Send a token: Authorization: Bearer <token>.', {
        headers: { 'www-authenticate': 'Bearer realm="domeinbrug"' },
      });
    }
    const verified = await verifyToken(token, this.stores.trust);
    if ('asker' in verified) return verified.asker;
    throw new Problem('token-invalid', verified.detail, {
      headers: { 'www-authenticate': `Bearer realm="domeinbrug", error="invalid_token"` },
      errors: [{ pointer: '', code: verified.refused, detail: verified.detail }],
    });
  }
}

function scopeMissing(scope: string | undefined): Problem {
  const detail = scope ? `This needs a token with the scope ${scope}.` : 'Nobody may do this.';
  return new Problem('scope-missing', detail, {
    headers: {
      'www-authenticate': `Bearer realm="domeinbrug", error="insufficient_scope", scope="${scope ?? ''}"`,
    },
  });
}

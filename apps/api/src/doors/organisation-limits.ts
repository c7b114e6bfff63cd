import { urnOf, type Asker } from '@domeinbrug/access';
import { Problem } from '@domeinbrug/problems';
import type { Limits } from '@domeinbrug/settings';
import rateLimit, { type CreateRateLimitOptions } from '@fastify/rate-limit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

interface AskedRequest extends FastifyRequest {
  asker?: Asker;
}

type Count = ReturnType<FastifyInstance['createRateLimit']>;

/**
 * What one organisation may ask of this process, so that none of them takes the service from the others. Counted by
 * organisation and not by address: a supplier's machine asks for many, behind a proxy all have the same one.
 */
export class OrganisationLimits {
  private readonly requests: Places;
  private readonly streams: Places;

  private constructor(
    private readonly limits: Limits,
    private readonly count: Count,
  ) {
    this.requests = new Places(limits.requestsAtOnce);
    this.streams = new Places(limits.streamsAtOnce);
  }

  static async over(server: FastifyInstance, limits: Limits): Promise<OrganisationLimits> {
    await server.register(rateLimit, { global: false });
    const perMinute: CreateRateLimitOptions = {
      max: limits.requestsPerMinute,
      timeWindow: 60_000,
      keyGenerator: ({ asker }: AskedRequest) => urnOf(asker!),
    };
    return new OrganisationLimits(limits, server.createRateLimit(perMinute));
  }

  /** Counts a request of an organisation, which is under way until its answer is. @throws Problem 429 */
  async admit(request: AskedRequest, reply: FastifyReply): Promise<void> {
    const organisation = urnOf(request.asker!);
    const counted = await this.count(request);
    if (!counted.isAllowed && counted.isExceeded) throw this.tooMany(organisation, counted.ttlInSeconds);
    if (!this.requests.take(organisation, reply)) throw this.tooManyAtOnce(organisation);
  }

  /** The answer goes on as a live stream, which takes a place of those and no more of a request. @throws Problem 429 */
  stream(asker: Asker, reply: FastifyReply): void {
    const organisation = urnOf(asker);
    if (!this.streams.take(organisation, reply)) throw this.tooManyStreams(organisation);
    this.requests.giveUp(reply);
  }

  private tooMany(organisation: string, seconds: number): Problem {
    const detail =
      `${organisation} may ask ${this.limits.requestsPerMinute} times a minute. ` +
      `Ask again in ${seconds} s; events go by up to 1,000 in one request.`;
    return new Problem('too-many-requests', detail, { headers: { 'retry-after': String(seconds) } });
  }

  private tooManyAtOnce(organisation: string): Problem {
    const detail = `${organisation} may have ${this.limits.requestsAtOnce} requests under way at a time. Wait for one of them.`;
    return new Problem('too-many-at-once', detail, { headers: { 'retry-after': '1' } });
  }

  private tooManyStreams(organisation: string): Problem {
    const detail =
      `${organisation} may follow ${this.limits.streamsAtOnce} live streams at a time. ` +
      'End one, or ask for pages with after=<cursor>.';
    return new Problem('too-many-streams', detail, { headers: { 'retry-after': '30' } });
  }
}

/** So many at a time for each organisation, each until its answer has ended. */
class Places {
  private readonly taken = new Map<string, number>();
  private readonly held = new WeakMap<FastifyReply, () => void>();

  constructor(private readonly most: number) {}

  take(organisation: string, reply: FastifyReply): boolean {
    const taken = this.taken.get(organisation) ?? 0;
    if (taken >= this.most) return false;
    this.taken.set(organisation, taken + 1);
    const free = (): void => {
      const left = this.taken.get(organisation)! - 1;
      if (left > 0) this.taken.set(organisation, left);
      else this.taken.delete(organisation);
    };
    this.held.set(reply, free);
    if (reply.raw.destroyed) this.giveUp(reply);
    else reply.raw.once('close', () => this.giveUp(reply));
    return true;
  }

  giveUp(reply: FastifyReply): void {
    this.held.get(reply)?.();
    this.held.delete(reply);
  }
}

import { accessPolicy, urnOf, type Asker } from '@domeinbrug/access';
import {
  outcomeOf,
  type AuditAction,
  type AuditEvent,
  type AuditRecord,
  type AuditTrail,
} from '@domeinbrug/audit';
import { mayHoldBsn } from '@domeinbrug/intake';
import type { ClientAliases } from '@domeinbrug/privacy';
import { traceIdOf } from '@domeinbrug/platform';
import {
  Problem,
  problemCodes,
  problemDetails,
  problemMediaType,
  type ProblemCode,
} from '@domeinbrug/problems';
import { applyDecorators, SetMetadata } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { readClientsNamed, withClientsNamed, type NameOf } from './clients-named.js';

/** What a door shows or changes of clients. */
export interface Audited {
  kind:
    | 'events'
    | 'journey'
    | 'coverage'
    | 'preview'
    | 'settlement'
    | 'changes'
    | 'windows'
    | 'minutes'
    | 'findings'
    | 'identity'
    | 'erasure'
    | 'replay'
    | 'replayed journeys';
  action: AuditAction;
}

const AUDITED = 'domeinbrug:audited';

/** Each answer of the door is written to the audit trail before it leaves, also one that refuses. */
export const Audits = (kind: Audited['kind'], action: AuditAction = 'read'): MethodDecorator => {
  const audited = { kind, action } satisfies Audited;
  return applyDecorators(SetMetadata(AUDITED, audited), RouteConfig({ audited }));
};

/** What a door's answers are written to the audit trail as; `undefined` for one that tells of no client. */
export function auditedBy(method: object): Audited | undefined {
  return Reflect.getMetadata(AUDITED, method) as Audited | undefined;
}

/** The same, of a request that has not come to its door yet: its body may be one that cannot be read. */
export function auditedByRoute({ routeOptions }: FastifyRequest): Audited | undefined {
  return (routeOptions.config as { audited?: Audited }).audited;
}

/** A request as far as the trail has to know it. */
export interface AuditedRequest extends FastifyRequest {
  asker?: Asker;
  audited?: Audited;
  auditReason?: string;
  /** Whom a question was about, or an event, that an answer which refuses does not name. */
  clientLookedFor?: string | undefined;
  /** Which replay a question made or found, that its address does not name. */
  replay?: string;
  /** Whom the answer names. */
  told?: Told[];
  /** By which names the asker knows clients. */
  nameOf?: NameOf;
}

/** The field in which an auditor says why. */
export const reasonField = 'audit-reason';

/**
 * Why an auditor looks at clients, which nothing else tells: others see what they pay or deliver.
 *
 * @throws Problem 400
 */
export function reasonOf({ headers }: FastifyRequest): string {
  const reason = headers[reasonField];
  const isSaid = typeof reason === 'string' && reason.trim().length >= 10 && reason.length <= 200;
  if (isSaid && !mayHoldBsn(reason)) return reason.trim();
  throw new Problem(
    'reason-missing',
    'Say in 10 to 200 characters why you look, such as Audit-Reason: complaint 2025-0113. It goes into the audit trail, so name nobody and no citizen service number.',
  );
}

/**
 * Holds each answer about clients until it stands in the trail who got it; where that fails, nothing is shown. The trail
 * has the ids under which clients are kept; from here on they have the names that the asker knows them by.
 */
export function auditAnswers(
  server: FastifyInstance,
  { audit, aliases }: { audit: AuditTrail; aliases: ClientAliases },
): void {
  server.addHook('preSerialization', async (request: AuditedRequest, _reply, payload) => {
    if (!request.audited) return payload;
    request.told = toldIn(payload);
    return withClientsNamed(payload, request.nameOf!);
  });
  server.addHook('onSend', async (request: AuditedRequest, reply, payload) => {
    if (!request.audited || !request.asker) return payload;
    // Not known yet where the body could not be read.
    request.nameOf ??= readClientsNamed(request, request.asker, aliases);
    const problem = problemIn(reply, payload);
    const into = problem?.mergedInto === undefined ? [] : [{ client: problem.mergedInto, rejection: null }];
    try {
      await audit.write(
        recordsOf(request, [...(request.told ?? []), ...into], reply.statusCode, problem?.code ?? null),
      );
      if (!problem?.mergedInto) return payload;
      return JSON.stringify({ ...problem, mergedInto: request.nameOf(problem.mergedInto) });
    } catch {
      if (payload instanceof Readable) payload.destroy();
      // What went wrong shows nothing of anybody, and says more than that the trail is gone too.
      return reply.statusCode >= 500 ? payload : refuse(request, reply);
    }
  });
}

/** A part of an answer that goes on, as it may leave once its lines are written. @throws AuditNotWritten */
export async function auditPart<T>(audit: AuditTrail, request: AuditedRequest, part: T): Promise<T> {
  const told = toldIn(part);
  if (told.length > 0) await audit.write(recordsOf(request, told, 200, null));
  return withClientsNamed(part, request.nameOf!);
}

/** A client whom an answer names, by the id under which it is kept. */
export interface Told {
  client: string;
  /** Why an event about the client was rejected in a batch that was taken; `null` for anything else. */
  rejection: ProblemCode | null;
}

/** Whom an answer names: as `clientId` in itself or in an item of one of its lists, each once for each thing said. */
export function toldIn(answer: unknown): Told[] {
  if (typeof answer !== 'object' || answer === null) return [];
  const lists = Object.values(answer).filter(Array.isArray) as unknown[][];
  const told = [answer, ...lists.flat()].flatMap((each): [string, Told][] => {
    const { clientId, status, code } = (each ?? {}) as {
      clientId?: unknown;
      status?: unknown;
      code?: unknown;
    };
    if (typeof clientId !== 'string') return [];
    const rejection = status === 'rejected' ? (code as ProblemCode) : null;
    return [[`${clientId} ${rejection}`, { client: clientId, rejection }]];
  });
  return [...new Map(told).values()];
}

function recordsOf(
  request: AuditedRequest,
  told: readonly Told[],
  status: number,
  problem: string | null,
): AuditRecord[] {
  const { kind, action } = request.audited!;
  const asker = request.asker!;
  const { clientId } = request.params as { clientId?: string };
  const asked = clientId !== undefined && isClientId(clientId) ? [clientId] : [];
  const lookedFor = request.clientLookedFor === undefined ? [] : [request.clientLookedFor];
  const named = [...asked, ...lookedFor].filter((id) => told.every(({ client }) => client !== id));
  const clients: Told[] = [...named.map((client) => ({ client, rejection: null })), ...told];
  const code: AuditEvent['code'] = action === 'read' && clients.length > 1 ? '110106' : '110110';
  const at = Date.now();
  const line: Omit<AuditRecord, 'object' | 'event'> = {
    user: {
      role: asker.kind,
      organisation: urnOf(asker),
      actedBy: asker.actedBy ?? null,
      accessPoint: `${request.method} ${request.routeOptions.url}`,
    },
    log: { source: 'domeinbrug', requestId: request.id, traceId: traceIdOf(request.headers) },
  };
  const object = {
    kind,
    question: wasRead(status) ? questionOf(request) : '',
    purpose: asker.purpose,
    reason: request.auditReason ?? null,
    policy: `${accessPolicy.id} ${accessPolicy.version}`,
  };
  return (clients.length > 0 ? clients : [{ client: null, rejection: null }]).map(({ client, rejection }) => {
    const result = rejection === null ? status : problemCodes[rejection].status;
    const event = {
      code,
      action,
      at,
      outcome: outcomeOf(result),
      status: result,
      problem: rejection ?? problem,
    };
    return { ...line, event, object: { ...object, client } } satisfies AuditRecord;
  });
}

/** What may be a citizen service number stands nowhere. */
function isClientId(text: string): boolean {
  return /^[A-Za-z0-9]{8,64}$/.test(text) && !mayHoldBsn(text);
}

/** A question that cannot be read, or is refused before it is, may name anybody, and is left out. */
function wasRead(status: number): boolean {
  return status < 400 || status >= 500 || [404, 410].includes(status);
}

/** Without the place of a page, which names a client, and without what may be a citizen service number. */
function questionOf(request: AuditedRequest): string {
  const question = new URLSearchParams(request.url.split('?')[1]);
  for (const [name, value] of [...question])
    if (name === 'after' || mayHoldBsn(name) || mayHoldBsn(value)) question.delete(name);
  const { id = request.replay } = request.params as { id?: string };
  if (request.audited!.kind.startsWith('replay') && /^[0-9a-f]{64}$/.test(id ?? ''))
    question.set('replay', id!);
  return question.toString();
}

/** A problem, of which an answer is made as text; it may name the client that another has become. */
function problemIn(reply: FastifyReply, payload: unknown): { code: string; mergedInto?: string } | null {
  if (reply.statusCode < 400 || typeof payload !== 'string' || payload === '') return null;
  return JSON.parse(payload) as { code: string; mergedInto?: string };
}

function refuse(request: AuditedRequest, reply: FastifyReply): string {
  const problem = new Problem(
    'audit-failed',
    request.audited?.action === 'read'
      ? 'Who looks at a client is written down first, and that cannot be done now. Ask again later.'
      : 'What was asked may have been done, but that cannot be written down now, so it is not answered. Send the same again later: what is done already is not done twice.',
  );
  for (const name of ['link', 'location', 'content-length', 'content-language', 'content-disposition'])
    reply.removeHeader(name);
  void reply
    .code(problem.status)
    .headers({ 'retry-after': '5', 'cache-control': 'no-store' })
    .type(problemMediaType);
  return JSON.stringify(problemDetails(problem, request.url.split('?')[0]!));
}

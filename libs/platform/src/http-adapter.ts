import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { pathOf } from './http-log.js';
import type { Metrics } from './metrics.js';
import { Problem, problemDetails, problemMediaType } from './problem.js';
import type { Route } from './routes.js';

/** The version of the interface, on every answer. */
export const apiVersion = '1.0.0';

/** 1 MiB: the largest body that is read. */
export const bodyLimit = 1_048_576;

/** Kinds of body that are JSON; all are parsed alike, the doors look at the difference. */
const jsonMediaTypes = [
  'application/json',
  'application/cloudevents+json',
  'application/cloudevents-batch+json',
];

export interface HttpDoor {
  adapter: FastifyAdapter;
  /** Filled as controllers are registered. */
  routes: readonly Route[];
  /** Takes no more requests, and resolves when those taken are answered, or after so many milliseconds. */
  drain(withinMs: number): Promise<void>;
}

/** The HTTP server: JSON bodies, `API-Version`, one log line and its figures per request. Addresses never enter either. */
export function openHttpDoor(log: Logger, metrics: Metrics): HttpDoor {
  const adapter = new FastifyAdapter({
    bodyLimit,
    // Requests in hand are waited for by `drain`; what is still open after that is cut.
    forceCloseConnections: true,
    frameworkErrors: (_error: Error, request: FastifyRequest, reply: FastifyReply) =>
      answerBadAddress(request, reply),
    routerOptions: { maxParamLength: 500 },
  });
  const server = adapter.getInstance<FastifyInstance>();
  const routes: Route[] = [];
  server.addHook('onRoute', ({ method, url }) => {
    for (const each of [method].flat()) routes.push({ method: each, pattern: url });
  });
  server.removeAllContentTypeParsers();
  server.addContentTypeParser(jsonMediaTypes, { parseAs: 'string' }, (_request, body, done) =>
    parseJson(body, done),
  );
  server.addHook('onRequest', async (_request, reply) => void reply.header('api-version', apiVersion));
  server.addHook('onResponse', async (request, reply) => record(log, metrics, request, reply));
  return { adapter, routes, drain: drainOf(server) };
}

function drainOf(server: FastifyInstance): HttpDoor['drain'] {
  let draining = false;
  let inHand = 0;
  let whenEmpty = (): void => undefined;
  server.addHook('onRequest', async (_request, reply) => {
    inHand++;
    reply.raw.once('close', () => {
      inHand--;
      if (inHand === 0) whenEmpty();
    });
    if (!draining) return;
    reply.header('connection', 'close');
    throw new Problem('shutting-down', 'The service is stopping; try again in a moment.', {
      headers: { 'retry-after': '5' },
    });
  });
  return async (withinMs) => {
    draining = true;
    if (inHand === 0) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, withinMs);
      whenEmpty = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  };
}

function parseJson(body: string | Buffer, done: (error: Error | null, body?: unknown) => void): void {
  try {
    done(null, JSON.parse(String(body)));
  } catch {
    // The parser's own message quotes the body, which may name a person.
    done(new Problem('malformed-body', 'Send one well-formed JSON value in UTF-8.'));
  }
}

/** Addresses that no route can be looked up for come before hooks and filters. */
function answerBadAddress(request: FastifyRequest, reply: FastifyReply): void {
  const problem = new Problem(
    'invalid-request',
    'The address is not well-formed or has a part that is too long.',
  );
  void reply
    .code(problem.status)
    .header('api-version', apiVersion)
    .type(problemMediaType)
    .send(JSON.stringify(problemDetails(problem, pathOf(request.raw.url ?? '/'))));
}

function record(log: Logger, metrics: Metrics, request: FastifyRequest, reply: FastifyReply): void {
  const route = request.is404 ? 'none' : (request.routeOptions.url ?? 'none');
  const labels = { method: request.method, route, status: String(reply.statusCode) };
  metrics.count('domeinbrug_http_requests_total', 'Requests answered.', labels);
  metrics.duration('domeinbrug_http_request_seconds', 'Time to answer.', reply.elapsedTime / 1000, { route });
  const line = {
    requestId: request.id,
    ...labels,
    status: reply.statusCode,
    ms: Math.round(reply.elapsedTime),
  };
  if (reply.statusCode >= 500) log.warn(line, 'request');
  else log.info(line, 'request');
}

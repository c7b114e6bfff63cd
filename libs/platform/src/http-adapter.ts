import { Problem, problemDetails, problemMediaType, sendJson } from '@domeinbrug/problems';
import type { Limits } from '@domeinbrug/settings';
import { FastifyAdapter, RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { randomUUID } from 'node:crypto';
import { maxHeaderSize, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { Logger } from 'pino';
import { pathOf } from './http-log.js';
import { parseJsonBody } from './json-body.js';
import type { Metrics } from './metrics.js';
import { allowedMethods, type Route } from './routes.js';
import type { Tracing } from './tracing.js';

/** The version of the interface, on every answer. */
export const apiVersion = '1.0.0';

/** 1 MiB: the largest body that is read. */
export const bodyLimit = 1_048_576;

/** An answer that takes this long is worth a look. */
const slowMs = 1_000;

/** Kinds of body that are JSON; all are parsed alike, the doors look at the difference. */
const jsonMediaTypes = [
  'application/json',
  'application/cloudevents+json',
  'application/cloudevents-batch+json',
];

/** Kinds of body that people write, such as rule sets. */
const yamlMediaTypes = ['application/yaml', 'text/yaml'];

/** A door that reads its body as text, YAML or JSON: its places can be told by line, and it is kept as it was written. */
export const TakesText = (): MethodDecorator => RouteConfig({ takesText: true });

/**
 * On every answer, whatever it says (NL GOV API Design Rules, transport security): nothing here is to be shown in a frame,
 * run as a script or guessed to be of another kind, and what came by TLS is asked for by TLS only.
 */
export const securityHeaders = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

/** Descriptions that a page of any origin may read: they tell nothing of a person, and tools in a browser need them. */
export const openToAnyOrigin = /^\/v1\/(openapi\.json|schemas\/[^/]+)$/;

export interface HttpDoor {
  adapter: FastifyAdapter;
  /** Filled as controllers are registered. */
  routes: readonly Route[];
  /** Takes no more requests, and resolves when those taken are answered, or after so many milliseconds. */
  drain(withinMs: number): Promise<void>;
  /** Aborted when draining begins: what streams has to end. */
  stopping: AbortSignal;
}

/** The HTTP server: JSON bodies, `API-Version`, one log line and its figures per request. Addresses never enter either. */
export function openHttpDoor(log: Logger, metrics: Metrics, tracing: Tracing, limits: Limits): HttpDoor {
  const adapter = new FastifyAdapter({
    bodyLimit,
    // Told apart in logs and audit trail also over restarts and between processes.
    genReqId: () => randomUUID(),
    // Requests in hand are waited for by `drain`; what is still open after that is cut.
    forceCloseConnections: true,
    requestTimeout: limits.requestSeconds * 1_000,
    connectionTimeout: limits.idleSeconds * 1_000,
    http: {
      headersTimeout: limits.requestSeconds * 1_000,
      // How much later than that a slow request may be cut off.
      connectionsCheckingInterval: 1_000,
      // Asked for below, so that it is told as everything else is.
      requireHostHeader: false,
    },
    frameworkErrors: (_error: Error, request: FastifyRequest, reply: FastifyReply) =>
      answerBadAddress(request, reply),
    clientErrorHandler: (error, socket) => answerBadRequest(error, socket, limits),
    routerOptions: { maxParamLength: 500 },
  });
  const server = adapter.getInstance<FastifyInstance>();
  ignoreExpectations(server);
  const routes: Route[] = [];
  server.addHook('onRoute', ({ method, url }) => {
    for (const each of [method].flat()) routes.push({ method: each, pattern: url });
  });
  server.removeAllContentTypeParsers();
  server.addContentTypeParser(jsonMediaTypes, { parseAs: 'string' }, (request, body, done) =>
    // Some clients name a type although they send nothing.
    request.method === 'DELETE' && body === '' ? done(null) : parseJson(body, takesText(request), done),
  );
  server.addContentTypeParser(yamlMediaTypes, { parseAs: 'string' }, (request, body, done) =>
    takesText(request) ? done(null, body) : done(new Problem('unsupported-media-type', sendJson)),
  );
  server.addHook('onRequest', async (request, reply) => {
    reply.headers({ 'api-version': apiVersion, ...securityHeaders });
    if (openToAnyOrigin.test(pathOf(request.url))) reply.header('access-control-allow-origin', '*');
    if (request.raw.httpVersion === '1.1' && request.headers.host === undefined) throw hostMissing();
    if (request.method === 'OPTIONS') await answerOptions(routes, request, reply);
  });
  tracing.follow(server);
  server.addHook('onResponse', async (request, reply) => record(log, metrics, request, reply));
  return { adapter, routes, ...drainOf(server) };
}

/** What is expected beside `100-continue` may be passed over (RFC 9110, 10.1.1); Node refuses it without a word of ours. */
function ignoreExpectations({ server }: FastifyInstance): void {
  server.on('checkExpectation', (request, response) => void server.emit('request', request, response));
}

function hostMissing(): Problem {
  return new Problem('invalid-request', 'A request of HTTP/1.1 says in Host whom it is for (RFC 9112, 3.2).');
}

function drainOf(server: FastifyInstance): Pick<HttpDoor, 'drain' | 'stopping'> {
  const stopping = new AbortController();
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
  const drain = async (withinMs: number): Promise<void> => {
    draining = true;
    stopping.abort();
    if (inHand === 0) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, withinMs);
      whenEmpty = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  };
  return { drain, stopping: stopping.signal };
}

function takesText({ routeOptions }: FastifyRequest): boolean {
  return (routeOptions.config as { takesText?: boolean }).takesText === true;
}

function parseJson(
  body: string | Buffer,
  asText: boolean,
  done: (error: Error | null, body?: unknown) => void,
): void {
  try {
    const value = parseJsonBody(String(body));
    done(null, asText ? body : value);
  } catch (error) {
    done(error as Error);
  }
}

/** What an address takes, also for a browser that asks before it reads a description from another origin. */
async function answerOptions(
  routes: readonly Route[],
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const path = pathOf(request.url);
  const allowed = allowedMethods(routes, path);
  if (allowed.length === 0) return; // nothing lies there: 404 like any other
  const asOrigin = { 'access-control-allow-methods': 'GET, HEAD', 'access-control-allow-headers': '*' };
  await reply
    .code(204)
    .headers({ allow: [...allowed, 'OPTIONS'].join(', '), ...(openToAnyOrigin.test(path) ? asOrigin : {}) })
    .send();
}

/** Addresses that no route can be looked up for come before hooks and filters. */
function answerBadAddress(request: FastifyRequest, reply: FastifyReply): void {
  const problem = new Problem(
    'invalid-request',
    'The address is not well-formed or has a part that is too long.',
  );
  void reply
    .code(problem.status)
    .headers({ 'api-version': apiVersion, ...securityHeaders })
    .type(problemMediaType)
    .send(JSON.stringify(problemDetails(problem, pathOf(request.raw.url ?? '/'))));
}

/** What is no HTTP, too long a head or too slow never becomes a request: the answer is written to the connection. */
function answerBadRequest(error: Error & { code?: string }, socket: Socket, limits: Limits): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const problem = problemOfConnection(error.code, limits);
  const body = JSON.stringify(problemDetails(problem, '/'));
  const head = [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
    `api-version: ${apiVersion}`,
    ...Object.entries(securityHeaders).map(([name, value]) => `${name}: ${value}`),
    `content-type: ${problemMediaType}`,
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}

function problemOfConnection(code: string | undefined, { requestSeconds }: Limits): Problem {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return new Problem(
        'headers-too-large',
        `Send a shorter address, and fewer or shorter header fields: at most ${maxHeaderSize / 1_024} KiB together.`,
      );
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new Problem('request-timeout', `A request has to come in whole within ${requestSeconds} s.`);
    default:
      return new Problem('invalid-request', 'This is not well-formed HTTP/1.1.');
  }
}

function record(log: Logger, metrics: Metrics, request: FastifyRequest, reply: FastifyReply): void {
  const route = request.is404 ? 'none' : (request.routeOptions.url ?? 'none');
  const labels = { method: request.method, route, status: String(reply.statusCode) };
  metrics.requests.inc(labels);
  // How long a stream went on says nothing of how fast it was answered.
  const isStream = reply.raw.getHeader('content-type') === 'text/event-stream';
  if (!isStream) metrics.requestSeconds.observe({ route }, reply.elapsedTime / 1000);
  const line = {
    requestId: request.id,
    ...labels,
    status: reply.statusCode,
    ms: Math.round(reply.elapsedTime),
  };
  if (reply.statusCode >= 500 || (reply.elapsedTime >= slowMs && !isStream)) log.warn(line, 'request');
  else log.info(line, 'request');
}

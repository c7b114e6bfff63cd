import { context, propagation, SpanKind, SpanStatusCode, trace, type Context } from '@opentelemetry/api';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { IncomingHttpHeaders } from 'node:http';

/**
 * Traces for operators. A span carries names of ours (a route's pattern, a use case) and a status: never an address,
 * a query, a body or who a client is.
 */
export interface Tracing {
  /** Does the work as a step of the request at hand. */
  step<T>(name: string, work: () => Promise<T>): Promise<T>;
  /** Makes each request a span, and a step of the trace that its `traceparent` names. */
  follow(server: FastifyInstance): void;
  /** Sends what is not sent yet. */
  close(): Promise<void>;
}

export const noTracing: Tracing = {
  step: (_name, work) => work(),
  follow: () => undefined,
  close: () => Promise.resolve(),
};

/**
 * Sends traces to a collector by OTLP over HTTP. The library is loaded only now: a service that traces nothing
 * starts without it.
 *
 * @param endpoint as in `OTEL_EXPORTER_OTLP_ENDPOINT`; traces go to `<endpoint>/v1/traces`
 */
export async function openTracing(endpoint: string, version: string): Promise<Tracing> {
  const [{ BatchSpanProcessor, NodeTracerProvider }, { OTLPTraceExporter }, { resourceFromAttributes }] =
    await Promise.all([
      import('@opentelemetry/sdk-trace-node'),
      import('@opentelemetry/exporter-trace-otlp-http'),
      import('@opentelemetry/resources'),
    ]);
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, '')}/v1/traces` });
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'domeinbrug', 'service.version': version }),
    spanProcessors: [new BatchSpanProcessor(exporter)],
  });
  provider.register();
  return { step, follow, close: () => provider.shutdown() };
}

const tracer = trace.getTracer('domeinbrug');

function step<T>(name: string, work: () => Promise<T>): Promise<T> {
  return tracer.startActiveSpan(name, async (span) => {
    try {
      return await work();
    } catch (error) {
      // The message may quote what was asked.
      span.setStatus({
        code: SpanStatusCode.ERROR,
        message: error instanceof Error ? error.name : undefined,
      });
      throw error;
    } finally {
      span.end();
    }
  });
}

function follow(server: FastifyInstance): void {
  const contexts = new WeakMap<FastifyRequest, Context>();
  server.addHook('onRequest', (request, _reply, done) => {
    const parent = propagation.extract(context.active(), request.headers);
    const route = request.is404 ? 'none' : (request.routeOptions.url ?? 'none');
    const span = tracer.startSpan(
      `${request.method} ${route}`,
      { kind: SpanKind.SERVER, attributes: { 'http.request.method': request.method, 'http.route': route } },
      parent,
    );
    const within = trace.setSpan(parent, span);
    contexts.set(request, within);
    context.with(within, done);
  });
  // The body comes in outside the context of the request that it belongs to.
  server.addHook('preValidation', (request, _reply, done) => context.with(contexts.get(request)!, done));
  server.addHook('onResponse', (request, reply, done) => {
    const span = trace.getSpan(contexts.get(request)!)!;
    span.setAttribute('http.response.status_code', reply.statusCode);
    if (reply.statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end();
    done();
  });
}

/** The trace that a request belongs to by its `traceparent` (W3C Trace Context); `null` where it names none. */
export function traceIdOf({ traceparent }: IncomingHttpHeaders): string | null {
  const [, traceId] = /^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-/.exec(String(traceparent)) ?? [];
  return traceId ?? null;
}

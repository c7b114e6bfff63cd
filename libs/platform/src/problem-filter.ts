import { languageOf, Problem, problemDetails, problemMediaType, sendJson } from '@domeinbrug/problems';
import {
  Catch,
  HttpException,
  type ArgumentsHost,
  type ExceptionFilter,
  type LoggerService,
} from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { pathOf } from './http-log.js';
import { allowedMethods, type Route } from './routes.js';

/** What a thrown value means to the one who asked; `undefined` = it is ours and unexpected. */
export type ProblemTranslation = (thrown: unknown) => Problem | undefined;

/** Every error leaves through here: as problem details, and never with a stack trace. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly routes: readonly Route[],
    private readonly logger: LoggerService,
    private readonly translate: ProblemTranslation = () => undefined,
  ) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.answer(thrown, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }

  /** Also Fastify's own errors, which come before any controller. */
  answer(thrown: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const problem = this.problemOf(thrown, request);
    if (problem.code === 'internal-error') this.report(thrown, request);
    const language = languageOf(request.headers['accept-language']);
    void reply
      .code(problem.status)
      .headers({ 'cache-control': 'no-store', vary: 'accept-language', ...problem.headers })
      .type(problemMediaType)
      .send(JSON.stringify(problemDetails(problem, pathOf(request.url), language)));
  }

  private problemOf(thrown: unknown, request: FastifyRequest): Problem {
    if (thrown instanceof Problem) return thrown;
    const status = statusOf(thrown);
    if (status === 404) return nothingHere(this.routes, request);
    return this.translate(thrown) ?? frameworkProblem(status);
  }

  private report(thrown: unknown, request: FastifyRequest): void {
    // The message of an unexpected error may quote what was sent; its name and place do not.
    const error = thrown instanceof Error ? thrown : undefined;
    const place = error?.stack
      ?.split('\n')
      .filter((line) => line.startsWith('    at '))
      .slice(0, 8);
    this.logger.error({
      msg: 'unexpected error',
      error: error?.name ?? typeof thrown,
      place,
      requestId: request.id,
      route: request.routeOptions.url,
    });
  }
}

function nothingHere(routes: readonly Route[], request: FastifyRequest): Problem {
  const path = pathOf(request.url);
  const allowed = allowedMethods(routes, path);
  if (allowed.length > 0 && !allowed.includes(request.method)) {
    return new Problem('method-not-allowed', `Use ${allowed.join(' or ')} here.`, {
      headers: { allow: allowed.join(', ') },
    });
  }
  const slash = path.length > 1 && path.endsWith('/');
  return new Problem(
    'no-such-path',
    slash
      ? 'Addresses have no slash at the end; leave it out.'
      : 'Look the address up in the description of the interface, GET /v1/openapi.json.',
  );
}

function frameworkProblem(status: number | undefined): Problem {
  switch (status) {
    case 400:
      return new Problem(
        'malformed-body',
        'Send one well-formed JSON value in UTF-8, and a well-formed address.',
      );
    case 413:
      return new Problem('too-large', 'A body is at most 1 MiB; send it in parts.');
    case 414:
      return new Problem('address-too-long', 'Shorten the address or its query string.');
    case 415:
      return new Problem('unsupported-media-type', sendJson);
    case 431:
      return new Problem('headers-too-large', 'Send fewer or shorter header fields.');
    case 503:
      return new Problem('shutting-down', 'The service is stopping; try again in a moment.', {
        headers: { 'retry-after': '5' },
      });
    default:
      return new Problem(
        'internal-error',
        'This is not because of what you sent; try again later or tell us.',
      );
  }
}

function statusOf(thrown: unknown): number | undefined {
  if (thrown instanceof HttpException) return thrown.getStatus();
  const status = (thrown as { statusCode?: unknown } | null)?.statusCode;
  return typeof status === 'number' ? status : undefined;
}

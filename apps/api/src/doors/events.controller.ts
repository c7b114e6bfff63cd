import type { Asker } from '@domeinbrug/access';
import { readDelivery, type Problem as IntakeProblem } from '@domeinbrug/intake';
import { Metrics } from '@domeinbrug/platform';
import { invalidRequest, languageOf, Problem } from '@domeinbrug/problems';
import { Body, Controller, Header, Inject, Post, Query, Req, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiBody, ApiConsumes, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { eventsRecorded } from '../answers/events.js';
import { Answers, Refuses } from '../description/declare.js';
import { RecordEvents, type EventResult } from '../use-cases/record-events.js';
import { mostEffects, SendingQuestion, TellEffects, type EventsAnswer } from '../use-cases/tell-effects.js';
import { Audits, type AuditedRequest } from './audit.js';
import { AskedBy, Needs, requireScope } from './asker.guard.js';
import { batchBody, binaryBody, eventBody, eventExamples } from './open-api-bodies.js';

@ApiTags('events')
@Controller('v1/events')
export class EventsController {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(QueryBus) private readonly queries: QueryBus,
    @Inject(Metrics) private readonly metrics: Metrics,
  ) {}

  @Post()
  @Header('cache-control', 'no-store')
  @Needs('events:write')
  @Audits('events', 'create')
  @ApiOperation({
    summary: 'Send one event or a batch',
    description:
      'CloudEvents 1.0 in structured, batch or binary mode. The same source and id with the same content is known ' +
      'already; with other content it is refused (409). A batch is no transaction: each event has a result. With ' +
      'echo=effect each result also says what the event changed in who pays, against what was known right before it.',
  })
  @ApiConsumes('application/cloudevents+json', 'application/cloudevents-batch+json', 'application/json')
  @ApiBody({ schema: { anyOf: [eventBody, batchBody, binaryBody] }, examples: eventExamples })
  @Answers(200, eventsRecorded, {
    says: 'Known already; or a batch that could be read, with one result per event.',
    headers: ['content-language', 'vary'],
  })
  @Answers(201, eventsRecorded, { says: 'Recorded.', headers: ['content-language', 'vary'] })
  @Refuses(
    'invalid-event',
    'source-foreign',
    'type-not-allowed',
    'content-differs',
    'client-erased',
    'log-busy',
    'log-failed',
  )
  async send(
    @Req() request: AuditedRequest,
    @Query() { echo }: SendingQuestion,
    @Body() body: unknown,
    @AskedBy() asker: Asker,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<EventsAnswer> {
    if (echo) requireScope(asker, 'coverage:read');
    const delivery = readDelivery(request.headers, body);
    if (Array.isArray(delivery)) throw unreadable(delivery);
    if (echo && delivery.envelopes.length > mostEffects) throw tooManyEffects();
    const recorded = await this.commands.execute(new RecordEvents(delivery.envelopes, asker));
    this.metrics.deliverySize.observe(recorded.results.length);
    for (const { status } of recorded.results) this.metrics.events.inc({ status });
    const [first] = recorded.results;
    if (delivery.mode === 'single' && first?.status === 'rejected') {
      request.clientLookedFor = first.clientId;
      throw rejected(first);
    }
    void reply.code(delivery.mode === 'single' && first?.status === 'recorded' ? 201 : 200);
    if (!echo) return recorded;
    const language = languageOf(request.headers['accept-language']);
    void reply.headers({ 'content-language': language, vary: 'accept-language' });
    return this.queries.execute(new TellEffects(recorded, asker, language));
  }
}

function tooManyEffects(): Problem {
  const detail = `The effect is told of at most ${mostEffects} events at once; nothing was recorded. Split the batch, or leave echo out.`;
  return invalidRequest([{ pointer: '/echo', code: 'too-many-effects', detail }]);
}

/** A body that brings no events to be read one by one. */
function unreadable(problems: IntakeProblem[]): Problem {
  const [{ code, detail }] = problems as [IntakeProblem];
  if (code === 'media-type-unsupported') return new Problem('unsupported-media-type', detail);
  if (code === 'batch-too-large' || code === 'batch-too-long')
    return new Problem('too-large', detail, { errors: problems });
  return invalidRequest(problems);
}

/** A single event has no list of results to be refused in. */
function rejected({ code = 'invalid-event', errors }: EventResult): Problem {
  const detail =
    errors?.length === 1 ? errors[0]!.detail : `${errors?.length} things are wrong; see "errors".`;
  const tooLarge = errors?.some((error) => error.code === 'event-too-large');
  return new Problem(tooLarge ? 'too-large' : code, detail, { errors });
}

import type { Asker } from '@domeinbrug/access';
import { readDelivery, type Problem as IntakeProblem } from '@domeinbrug/intake';
import { invalidRequest, Metrics, Problem } from '@domeinbrug/platform';
import { Body, Controller, Header, Inject, Post, Query, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBody, ApiConsumes, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { eventsRecorded } from '../answers/events.js';
import { Answers, Refuses } from '../description/declare.js';
import { RecordEvents, type EventResult, type EventsRecorded } from '../use-cases/record-events.js';
import { AskedBy, Needs } from './asker.guard.js';
import { batchBody, binaryBody, eventBody, eventExamples } from './open-api-bodies.js';
import { NoQuestion } from './no-question.js';

@ApiTags('events')
@Controller('v1/events')
export class EventsController {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(Metrics) private readonly metrics: Metrics,
  ) {}

  @Post()
  @Header('cache-control', 'no-store')
  @Needs('events:write')
  @ApiOperation({
    summary: 'Send one event or a batch',
    description:
      'CloudEvents 1.0 in structured, batch or binary mode. The same source and id with the same content is known ' +
      'already; with other content it is refused (409). A batch is no transaction: each event has a result.',
  })
  @ApiConsumes('application/cloudevents+json', 'application/cloudevents-batch+json', 'application/json')
  @ApiBody({ schema: { anyOf: [eventBody, batchBody, binaryBody] }, examples: eventExamples })
  @Answers(200, eventsRecorded, {
    says: 'Known already; or a batch that could be read, with one result per event.',
  })
  @Answers(201, eventsRecorded, { says: 'Recorded.' })
  @Refuses('invalid-event', 'source-foreign', 'type-not-allowed', 'content-differs', 'log-busy', 'log-failed')
  async send(
    @Req() request: FastifyRequest,
    @Query() _question: NoQuestion,
    @Body() body: unknown,
    @AskedBy() asker: Asker,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<EventsRecorded> {
    const delivery = readDelivery(request.headers, body);
    if (Array.isArray(delivery)) throw unreadable(delivery);
    const recorded = await this.commands.execute(new RecordEvents(delivery.envelopes, asker));
    this.metrics.deliverySize.observe(recorded.results.length);
    for (const { status } of recorded.results) this.metrics.events.inc({ status });
    const [first] = recorded.results;
    if (delivery.mode === 'single' && first?.status === 'rejected') throw rejected(first);
    void reply.code(delivery.mode === 'single' && first?.status === 'recorded' ? 201 : 200);
    return recorded;
  }
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

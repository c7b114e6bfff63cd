import type { Asker } from '@domeinbrug/access';
import type { SeenTimeline } from '@domeinbrug/sight';
import { Body, Controller, Get, Header, HttpCode, Inject, Param, Post, Query, Req } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import { preview, timeline } from '../answers/coverage.js';
import { foundClient, journey } from '../answers/events.js';
import { settlement } from '../answers/settlement.js';
import { Answers, Refuses } from '../description/declare.js';
import { unknownClient } from '../use-cases/client-journey.js';
import { ClientOfNumber, ClientSearch, FindClient } from '../use-cases/find-client.js';
import { PreviewCoverage, PreviewQuestion, type Preview } from '../use-cases/preview-coverage.js';
import { CoverageQuestion, ReadClientCoverage } from '../use-cases/read-client-coverage.js';
import { EventsQuestion, ReadClientEvents, type JourneyAnswer } from '../use-cases/read-client-events.js';
import { SettleClient, SettlementQuestion, type Settlement } from '../use-cases/settle-client.js';
import { Audits, type AuditedRequest } from './audit.js';
import { AskedBy, Needs } from './asker.guard.js';
import { NoQuestion } from './no-question.js';
import { eventBody, eventExample } from './open-api-bodies.js';

@ApiTags('clients')
@Controller('v1/clients')
export class ClientsController {
  constructor(@Inject(QueryBus) private readonly queries: QueryBus) {}

  @Post('_search')
  @Audits('identity')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @Needs('coverage:read')
  @ApiOperation({ summary: 'Find the client id of a person' })
  @ApiBody({
    schema: {
      type: 'object',
      required: ['bsn'],
      properties: {
        bsn: { type: 'string', pattern: '^[0-9]{9}$', description: 'The citizen service number.' },
      },
    },
    examples: { one: { value: { bsn: '999990019' } } },
  })
  @Answers(200, foundClient)
  @Refuses('bsn-invalid', 'client-unknown')
  async find(
    @Query() _question: NoQuestion,
    @Body() search: ClientSearch,
    @AskedBy() asker: Asker,
    @Req() request: AuditedRequest,
  ): Promise<{ clientId: string }> {
    const clientId = await this.queries.execute(new ClientOfNumber(search));
    request.clientLookedFor = clientId;
    return this.queries.execute(new FindClient(clientId, asker));
  }

  @Get(':clientId/events')
  @Audits('journey')
  @Header('cache-control', 'no-store')
  @Needs('journeys:read')
  @ApiOperation({ summary: 'Read a journey: every event, oldest first, corrections marked' })
  @Answers(200, journey, { says: 'The events known at the moment asked about.' })
  @Refuses('client-unknown', 'position-not-reached')
  events(
    @Param('clientId') clientId: string,
    @Query() question: EventsQuestion,
    @AskedBy() asker: Asker,
  ): Promise<JourneyAnswer> {
    return this.queries.execute(new ReadClientEvents(checkedId(clientId), question, asker));
  }

  @Get(':clientId/coverage')
  @Audits('coverage')
  @Header('cache-control', 'no-store')
  @Needs('coverage:read')
  @ApiOperation({
    summary: 'Read who pays on each day, and why',
    description:
      'Computed from the events known at the moment asked about, under the rule set asked for. A funder sees its ' +
      'own days; of other payers on those days the service, law, kind, days and share.',
  })
  @Answers(200, timeline, { says: 'Cover, gaps, minutes and findings, cut to what was asked.' })
  @Refuses('client-unknown', 'position-not-reached')
  coverage(
    @Param('clientId') clientId: string,
    @Query() question: CoverageQuestion,
    @AskedBy() asker: Asker,
  ): Promise<SeenTimeline> {
    return this.queries.execute(new ReadClientCoverage(checkedId(clientId), question, asker));
  }

  @Post(':clientId/coverage/_preview')
  @Audits('preview')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @Needs('journeys:read')
  @ApiOperation({ summary: 'What coverage would be if these events were true; nothing is stored' })
  @ApiBody({
    schema: {
      type: 'object',
      required: ['events'],
      properties: {
        events: { type: 'array', minItems: 1, maxItems: 100, items: eventBody },
        ruleSets: { type: 'array', minItems: 1, maxItems: 20, items: { type: 'string' } },
      },
    },
    examples: { one: { value: { events: [eventExample], ruleSets: ['six-weeks'] } } },
  })
  @Answers(200, preview, { says: 'One timeline per rule set.' })
  @Refuses('client-unknown')
  preview(
    @Param('clientId') clientId: string,
    @Query() _question: NoQuestion,
    @Body() question: PreviewQuestion,
    @AskedBy() asker: Asker,
  ): Promise<Preview> {
    return this.queries.execute(new PreviewCoverage(checkedId(clientId), question, asker));
  }

  @Get(':clientId/settlement')
  @Audits('settlement')
  @Header('cache-control', 'no-store')
  @Needs('coverage:read')
  @ApiOperation({
    summary: 'Read who pays what instead of whom, between two moments of knowledge or two rule sets',
  })
  @Answers(200, settlement, { says: 'Days on which the funders or their shares differ.' })
  @Refuses('client-unknown')
  settlement(
    @Param('clientId') clientId: string,
    @Query() question: SettlementQuestion,
    @AskedBy() asker: Asker,
  ): Promise<Settlement> {
    return this.queries.execute(new SettleClient(checkedId(clientId), question, asker));
  }
}

/** An id of another form is nobody's. */
function checkedId(clientId: string): string {
  if (!/^[A-Za-z0-9]{8,64}$/.test(clientId)) throw unknownClient();
  return clientId;
}

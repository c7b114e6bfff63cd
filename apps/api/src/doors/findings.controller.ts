import type { Asker } from '@domeinbrug/access';
import { Controller, Get, Header, Inject, Query, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { findings } from '../answers/providers.js';
import { Answers, Refuses } from '../description/declare.js';
import { FindingsQuestion, ReadFindings, type Findings } from '../use-cases/read-findings.js';
import { Audits } from './audit.js';
import { AskedBy, Needs } from './asker.guard.js';
import { linkNext } from './next-page.js';

@ApiTags('events')
@Controller('v1/findings')
export class FindingsController {
  constructor(@Inject(QueryBus) private readonly queries: QueryBus) {}

  @Get()
  @Audits('findings')
  @Header('cache-control', 'no-store')
  @Needs('events:write', 'journeys:read', 'audit:read')
  @ApiOperation({
    summary: 'Read what in one’s own deliveries contradicts something',
    description:
      'Nothing was refused for it; a correction or retraction mends it. Of the events of other organisations no more ' +
      'than whether there are any; an auditor sees the findings of all. Each page shows the state at its own position.',
  })
  @Answers(200, findings, {
    says: 'A page of findings; Link rel="next" leads to the next.',
    headers: ['link'],
  })
  @Refuses('position-not-reached', 'views-not-ready')
  async list(
    @Query() question: FindingsQuestion,
    @AskedBy() asker: Asker,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Findings> {
    const page = await this.queries.execute(new ReadFindings(question, asker));
    linkNext(request, reply, page.next);
    return page;
  }
}

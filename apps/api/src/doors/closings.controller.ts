import type { Asker } from '@domeinbrug/access';
import { Body, Controller, Get, Header, HttpStatus, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { closing } from '../answers/funders.js';
import { Answers, Refuses } from '../description/declare.js';
import type { Closing } from '../use-cases/closing.js';
import { ClosingRequest, MakeClosing } from '../use-cases/make-closing.js';
import { ReadClosing } from '../use-cases/read-closing.js';
import { AskedBy, Needs } from './asker.guard.js';
import { NoQuestion } from './no-question.js';
import { closingBody, closingExample } from './open-api-bodies.js';

@ApiTags('funders')
@Controller('v1/closings')
export class ClosingsController {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(QueryBus) private readonly queries: QueryBus,
  ) {}

  @Post()
  @Header('cache-control', 'no-store')
  @Needs('closings:write')
  @ApiOperation({
    summary: 'Freeze a period as it was known under a rule set, under a name',
    description:
      'What is closed stays as it is and can be settled with later. The same again is the same closing; a name can ' +
      'stand for one thing only.',
  })
  @ApiBody({ schema: closingBody, examples: { one: { value: closingExample } } })
  @Answers(201, closing, { says: 'Frozen.', headers: ['location'] })
  @Answers(200, closing, { says: 'The same was frozen before.' })
  @Refuses('closing-differs', 'log-busy', 'log-failed')
  async make(
    @Query() _question: NoQuestion,
    @Body() request: ClosingRequest,
    @AskedBy() asker: Asker,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Closing> {
    const { closing: made, isNew } = await this.commands.execute(new MakeClosing(request, asker));
    void reply.status(isNew ? HttpStatus.CREATED : HttpStatus.OK);
    if (isNew) void reply.header('location', `/v1/closings/${made.id}`);
    return made;
  }

  @Get(':id')
  @Header('cache-control', 'no-store')
  @Needs('coverage:read')
  @ApiOperation({ summary: 'Read what was frozen under a name' })
  @Answers(200, closing)
  @Refuses('closing-unknown')
  read(@Param('id') id: string, @Query() _question: NoQuestion, @AskedBy() asker: Asker): Promise<Closing> {
    return this.queries.execute(new ReadClosing(id, asker));
  }
}

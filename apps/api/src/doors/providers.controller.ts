import type { Asker } from '@domeinbrug/access';
import { Controller, Get, Header, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { providerMinutes, providerWindows } from '../answers/providers.js';
import { Answers, Refuses } from '../description/declare.js';
import {
  MinutesQuestion,
  ReadProviderMinutes,
  type ProviderMinutes,
} from '../use-cases/read-provider-minutes.js';
import {
  ReadProviderWindows,
  WindowsAsked,
  type ProviderWindows,
} from '../use-cases/read-provider-windows.js';
import { Audits } from './audit.js';
import { AskedBy, Needs } from './asker.guard.js';
import { linkNext } from './next-page.js';
import { providersOwn } from './own-organisation.js';

@ApiTags('providers')
@Controller('v1/providers')
export class ProvidersController {
  constructor(@Inject(QueryBus) private readonly queries: QueryBus) {}

  @Get(':agb/minutes')
  @Audits('minutes')
  @Header('cache-control', 'no-store')
  @Needs('coverage:read')
  @ApiOperation({
    summary: 'Read how many recorded minutes of a provider are paid, over a cap or unpaid',
    description:
      'By month, service and reason as asked. Minutes of one day that are partly paid stand in two sums when the ' +
      'reason is asked for, so that the sums always add up.',
  })
  @Answers(200, providerMinutes)
  @Refuses('not-your-provider', 'provider-unknown', 'position-not-reached', 'views-not-ready')
  minutes(
    @Param('agb') agb: string,
    @Query() question: MinutesQuestion,
    @AskedBy() asker: Asker,
  ): Promise<ProviderMinutes> {
    return this.queries.execute(new ReadProviderMinutes(providersOwn(agb, asker), question, asker));
  }

  @Get(':agb/windows')
  @Audits('windows')
  @Header('cache-control', 'no-store')
  @Needs('coverage:read')
  @ApiOperation({
    summary: 'Read which windows pay a provider today or later, and what they have left',
    description:
      'Days that a rule pays beside the table, such as a handover: until when, who pays, and the minutes taken of the ' +
      'cap. Windows that ended before today are not among them. Each page shows the state at its own position.',
  })
  @Answers(200, providerWindows, {
    says: 'A page of clients; Link rel="next" leads to the next.',
    headers: ['link'],
  })
  @Refuses('not-your-provider', 'provider-unknown', 'position-not-reached', 'views-not-ready')
  async windows(
    @Param('agb') agb: string,
    @Query() question: WindowsAsked,
    @AskedBy() asker: Asker,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ProviderWindows> {
    const page = await this.queries.execute(
      new ReadProviderWindows(providersOwn(agb, asker), question, asker),
    );
    linkNext(request, reply, page.next);
    return page;
  }
}

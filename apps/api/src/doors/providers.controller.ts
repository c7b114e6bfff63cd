import type { Asker } from '@domeinbrug/access';
import { Controller, Get, Header, Inject, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { providerMinutes } from '../answers/providers.js';
import { Answers, Refuses } from '../description/declare.js';
import {
  MinutesQuestion,
  ReadProviderMinutes,
  type ProviderMinutes,
} from '../use-cases/read-provider-minutes.js';
import { AskedBy, Needs } from './asker.guard.js';
import { providersOwn } from './own-organisation.js';

@ApiTags('providers')
@Controller('v1/providers')
export class ProvidersController {
  constructor(@Inject(QueryBus) private readonly queries: QueryBus) {}

  @Get(':agb/minutes')
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
    return this.queries.execute(new ReadProviderMinutes(providersOwn(agb, asker), question));
  }
}

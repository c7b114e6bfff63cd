import type { Asker } from '@domeinbrug/access';
import { Controller, Get, Header, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { funderCoverage, funderOverlaps, funderSettlement } from '../answers/funders.js';
import { Answers, Refuses } from '../description/declare.js';
import {
  FunderCoverageQuestion,
  ReadFunderCoverage,
  type FunderCoverage,
} from '../use-cases/read-funder-coverage.js';
import {
  OverlapsQuestion,
  ReadFunderOverlaps,
  type FunderOverlaps,
} from '../use-cases/read-funder-overlaps.js';
import {
  FunderSettlementQuestion,
  SettleFunder,
  type FunderSettlementAnswer,
} from '../use-cases/settle-funder.js';
import { Audits } from './audit.js';
import { AskedBy, Needs } from './asker.guard.js';
import { linkNext } from './next-page.js';
import { fundersOwn } from './own-organisation.js';

@ApiTags('funders')
@Controller('v1/funders')
export class FundersController {
  constructor(@Inject(QueryBus) private readonly queries: QueryBus) {}

  @Get(':funder/coverage')
  @Audits('coverage')
  @Header('cache-control', 'no-store')
  @Needs('coverage:read')
  @ApiOperation({
    summary: 'Read for whom a funder pays on a day or in a period',
    description:
      'Under the active rule set, by what is or was known: its clients with their rows and gaps, and totals on the ' +
      'first page. On a day the rows are whole, of a period they are cut to it. All pages show the state at the first ' +
      'page’s position.',
  })
  @Answers(200, funderCoverage, {
    says: 'A page of clients; Link rel="next" leads to the next.',
    headers: ['link'],
  })
  @Refuses('not-your-funder', 'funder-unknown', 'position-not-reached', 'views-not-ready')
  async coverage(
    @Param('funder') funder: string,
    @Query() question: FunderCoverageQuestion,
    @AskedBy() asker: Asker,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<FunderCoverage> {
    const page = await this.queries.execute(
      new ReadFunderCoverage(fundersOwn(funder, asker), question, asker),
    );
    linkNext(request, reply, page.next);
    return page;
  }

  @Get(':funder/overlaps')
  @Audits('coverage')
  @Header('cache-control', 'no-store')
  @Needs('coverage:read')
  @ApiOperation({
    summary: 'Read on which days a funder pays beside another law',
    description:
      'For the same service, or something else for the same client: with which law, for how long, and why the ' +
      'funder’s own row is there. Of the other no more than the law.',
  })
  @Answers(200, funderOverlaps, {
    says: 'A page of clients; Link rel="next" leads to the next.',
    headers: ['link'],
  })
  @Refuses('not-your-funder', 'funder-unknown', 'position-not-reached', 'views-not-ready')
  async overlaps(
    @Param('funder') funder: string,
    @Query() question: OverlapsQuestion,
    @AskedBy() asker: Asker,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<FunderOverlaps> {
    const page = await this.queries.execute(
      new ReadFunderOverlaps(fundersOwn(funder, asker), question, asker),
    );
    linkNext(request, reply, page.next);
    return page;
  }

  @Get(':funder/settlement')
  @Audits('settlement')
  @Header('cache-control', 'no-store')
  @Needs('coverage:read')
  @ApiOperation({
    summary: 'Read what a funder pays more or less between two moments or closings',
    description:
      'Who paid by who pays now, in days, clients and amounts, and the difference split into what became known, ' +
      'other rules and other prices, let in one after the other in that order. A moment is seen under the active rule ' +
      'set, a closing under its own.',
  })
  @Answers(200, funderSettlement)
  @Refuses('not-your-funder', 'funder-unknown', 'views-not-ready')
  settlement(
    @Param('funder') funder: string,
    @Query() question: FunderSettlementQuestion,
    @AskedBy() asker: Asker,
  ): Promise<FunderSettlementAnswer> {
    return this.queries.execute(new SettleFunder(fundersOwn(funder, asker), question));
  }
}

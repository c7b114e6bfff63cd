import type { Asker } from '@domeinbrug/access';
import { Problem } from '@domeinbrug/platform';
import type { Funder } from '@domeinbrug/terms';
import { Controller, Get, Header, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { funderCoverage } from '../answers/funders.js';
import { Answers, Refuses } from '../description/declare.js';
import {
  FunderCoverageQuestion,
  ReadFunderCoverage,
  type FunderCoverage,
} from '../use-cases/read-funder-coverage.js';
import { AskedBy, Needs } from './asker.guard.js';

const funderForm = /^((municipality|insurer|care-office):[0-9]{4}|pool:[A-Za-z0-9][A-Za-z0-9._-]{0,63})$/;

@ApiTags('funders')
@Controller('v1/funders')
export class FundersController {
  constructor(@Inject(QueryBus) private readonly queries: QueryBus) {}

  @Get(':funder/coverage')
  @Header('cache-control', 'no-store')
  @Needs('coverage:read')
  @ApiOperation({
    summary: 'Read for whom a funder pays on a day',
    description:
      'By what is known now, under the active rule set: its clients with their rows and gaps whole, and totals on ' +
      'the first page. All pages show the state at the first page’s position.',
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
    const page = await this.queries.execute(new ReadFunderCoverage(fundersOwn(funder, asker), question));
    if (page.next !== null) void reply.header('link', `<${nextAddress(request.url, page.next)}>; rel="next"`);
    return page;
  }
}

/** A funder looks at its own; an auditor at each. */
function fundersOwn(funder: string, asker: Asker): Funder {
  if (!funderForm.test(funder)) {
    throw new Problem(
      'funder-unknown',
      'Name a funder as insurer:3311, municipality:0363 or care-office:5515.',
    );
  }
  if (asker.kind !== 'auditor' && `${asker.kind}:${asker.code}` !== funder) {
    throw new Problem(
      'not-your-funder',
      `This token is that of ${asker.kind}:${asker.code}; ask for its own clients.`,
    );
  }
  return funder as Funder;
}

/** The same question, from after this page. */
function nextAddress(address: string, after: string): string {
  const [path = '', query = ''] = address.split('?');
  const question = new URLSearchParams(query);
  question.set('after', after);
  return `${path}?${question.toString()}`;
}

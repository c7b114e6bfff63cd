import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  ListRuleSets,
  ReadRuleSet,
  type RuleSetAnswer,
  type RuleSetSummary,
} from '../use-cases/read-rule-sets.js';
import { AnyToken } from './asker.guard.js';
import { NoQuestion } from './no-question.js';

@ApiTags('rule sets')
@ApiBearerAuth()
@AnyToken()
@Controller('v1/rule-sets')
export class RuleSetsController {
  constructor(@Inject(QueryBus) private readonly queries: QueryBus) {}

  @Get()
  @ApiOperation({ summary: 'List the rule sets' })
  @ApiOkResponse({ description: 'Each version of each rule set, the active one marked.' })
  list(@Query() _question: NoQuestion): Promise<{ ruleSets: RuleSetSummary[] }> {
    return this.queries.execute(new ListRuleSets());
  }

  @Get(':id/versions/:version')
  @ApiOperation({ summary: 'Read one version of a rule set, overlays applied' })
  @ApiOkResponse({ description: 'Everything the hash is over, with provenance and examples.' })
  read(
    @Param('id') id: string,
    @Param('version') version: string,
    @Query() _question: NoQuestion,
  ): Promise<RuleSetAnswer> {
    return this.queries.execute(new ReadRuleSet(id, version));
  }
}

import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ruleSetList, ruleSetWhole } from '../answers/rule-sets.js';
import { Answers, Refuses } from '../description/declare.js';
import {
  ListRuleSets,
  ReadRuleSet,
  type RuleSetAnswer,
  type RuleSetSummary,
} from '../use-cases/read-rule-sets.js';
import { AnyToken } from './asker.guard.js';
import { NoQuestion } from './no-question.js';

@ApiTags('rule sets')
@AnyToken()
@Controller('v1/rule-sets')
export class RuleSetsController {
  constructor(@Inject(QueryBus) private readonly queries: QueryBus) {}

  @Get()
  @ApiOperation({ summary: 'List the rule sets' })
  @Answers(200, ruleSetList)
  list(@Query() _question: NoQuestion): Promise<{ ruleSets: RuleSetSummary[] }> {
    return this.queries.execute(new ListRuleSets());
  }

  @Get(':id/versions/:version')
  @ApiOperation({ summary: 'Read one version of a rule set, overlays applied' })
  @Answers(200, ruleSetWhole, { says: 'Everything the hash is over, with provenance and examples.' })
  @Refuses('rule-set-unknown')
  read(
    @Param('id') id: string,
    @Param('version') version: string,
    @Query() _question: NoQuestion,
  ): Promise<RuleSetAnswer> {
    return this.queries.execute(new ReadRuleSet(id, version));
  }
}

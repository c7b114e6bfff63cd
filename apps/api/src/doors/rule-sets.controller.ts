import type { Asker } from '@domeinbrug/access';
import { TakesText } from '@domeinbrug/platform';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiBody, ApiConsumes, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  ruleSetActivation,
  ruleSetFindings,
  ruleSetList,
  ruleSetPublication,
  ruleSetWhole,
} from '../answers/rule-sets.js';
import { Answers, AnswersWithoutBody, Refuses } from '../description/declare.js';
import { ActivateRuleSet, type ActivationAnswer } from '../use-cases/activate-rule-set.js';
import { PublishRuleSet, type RuleSetPublication } from '../use-cases/publish-rule-set.js';
import {
  ListRuleSets,
  ReadRuleSet,
  type RuleSetAnswer,
  type RuleSetSummary,
} from '../use-cases/read-rule-sets.js';
import { ValidateRuleSet, type RuleSetFindings } from '../use-cases/validate-rule-set.js';
import { AnyToken, AskedBy, Needs } from './asker.guard.js';
import { NoQuestion } from './no-question.js';
import { ruleSetBody, ruleSetExamples } from './open-api-bodies.js';

const textTypes = ['application/yaml', 'text/yaml', 'application/json'];

@ApiTags('rule sets')
@AnyToken()
@Controller('v1/rule-sets')
export class RuleSetsController {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(QueryBus) private readonly queries: QueryBus,
  ) {}

  @Get()
  @ApiOperation({ summary: 'List the rule sets' })
  @Answers(200, ruleSetList)
  list(@Query() _question: NoQuestion): Promise<{ ruleSets: RuleSetSummary[] }> {
    return this.queries.execute(new ListRuleSets());
  }

  @Post()
  @Needs('rule-sets:write')
  @TakesText()
  @ApiOperation({
    summary: 'Publish a rule set',
    description:
      'As a rule-set file says it, in YAML or JSON; it may be laid over another. Its own examples have to hold. ' +
      'What is published stays: the same rules again are known already, other rules under the same version refused.',
  })
  @ApiConsumes(...textTypes)
  @ApiBody({ schema: ruleSetBody, examples: ruleSetExamples })
  @Answers(201, ruleSetPublication, {
    says: 'Published: it can be named in every question from now on.',
    headers: ['location'],
  })
  @Answers(200, ruleSetPublication, { says: 'There already, with the same rules.', headers: ['location'] })
  @Refuses('invalid-rule-set', 'version-exists', 'log-busy', 'log-failed')
  async publish(
    @Query() _question: NoQuestion,
    @Body() text: string,
    @AskedBy() asker: Asker,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RuleSetPublication> {
    const publication = await this.commands.execute(new PublishRuleSet(text, asker));
    void reply
      .code(publication.status === 'published' ? 201 : 200)
      .header('location', addressOf(publication.ruleSet));
    return publication;
  }

  @Post('_validate')
  @HttpCode(200)
  @Needs('rule-sets:write')
  @TakesText()
  @ApiOperation({ summary: 'Read what would be said of a rule set if it were published; nothing is stored' })
  @ApiConsumes(...textTypes)
  @ApiBody({ schema: ruleSetBody, examples: ruleSetExamples })
  @Answers(200, ruleSetFindings)
  validate(@Query() _question: NoQuestion, @Body() text: string): Promise<RuleSetFindings> {
    return this.queries.execute(new ValidateRuleSet(text));
  }

  @Post(':id/versions/:version/_activate')
  @Needs('rule-sets:write')
  @ApiOperation({
    summary: 'Bring a rule set into force',
    description:
      'Portfolios and feeds are built under it beside those there are; until they are complete every answer is under ' +
      'the rule set before it. Then they take over at once, and a new feed opens with what the switch itself changed. ' +
      'Location tells where to look. Asked again it changes nothing.',
  })
  @Answers(202, ruleSetActivation, { says: 'It is on its way.', headers: ['location'] })
  @Answers(200, ruleSetActivation, { says: 'It is in force already.', headers: ['location'] })
  @Refuses('rule-set-unknown', 'activation-running', 'log-busy', 'log-failed')
  async activate(
    @Param('id') id: string,
    @Param('version') version: string,
    @Query() _question: NoQuestion,
    @AskedBy() asker: Asker,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ActivationAnswer> {
    const answer = await this.commands.execute(new ActivateRuleSet(id, version, asker));
    void reply.code(answer.status === 'building' ? 202 : 200).header('location', addressOf(answer.ruleSet));
    return answer;
  }

  @Get(':id/versions/:version')
  @ApiOperation({ summary: 'Read one version of a rule set, overlays applied' })
  @Answers(200, ruleSetWhole, {
    says: 'Everything the hash is over, with provenance and examples.',
    headers: ['etag'],
  })
  @AnswersWithoutBody(304, { says: 'What If-None-Match names is still so.', headers: ['etag'] })
  @Refuses('rule-set-unknown')
  async read(
    @Param('id') id: string,
    @Param('version') version: string,
    @Query() _question: NoQuestion,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RuleSetAnswer | undefined> {
    const ruleSet = await this.queries.execute(new ReadRuleSet(id, version));
    const tag = tagOf(ruleSet);
    void reply.header('etag', tag);
    if (!isHeld(request.headers['if-none-match'], tag)) return ruleSet;
    void reply.code(304);
    return undefined;
  }
}

function addressOf({ id, version }: { id: string; version: string }): string {
  return `/v1/rule-sets/${id}/versions/${version}`;
}

/** The rules of a version never change; whether they are in force does. */
function tagOf({ hash, activation }: RuleSetSummary): string {
  return activation ? `"${hash}-${activation.state}"` : `"${hash}"`;
}

function isHeld(held: string | undefined, tag: string): boolean {
  return held !== undefined && held.split(',').some((each) => [tag, `W/${tag}`, '*'].includes(each.trim()));
}

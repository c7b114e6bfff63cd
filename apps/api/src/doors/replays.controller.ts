import type { Asker } from '@domeinbrug/access';
import { Metrics } from '@domeinbrug/platform';
import { invalidRequest, languageOf } from '@domeinbrug/problems';
import { cellsTable, headerOf } from '@domeinbrug/replay';
import {
  Body,
  Controller,
  Delete,
  Get,
  Header,
  HttpCode,
  Inject,
  Param,
  Post,
  Query,
  Req,
  Res,
} from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { replayDifference, replayJourneys } from '../answers/replay-journeys.js';
import {
  replay,
  replayAnswer,
  replayCsv,
  replayParquet,
  replayProgress,
  replayResults,
} from '../answers/replays.js';
import { Answers, AnswersWithoutBody, Refuses } from '../description/declare.js';
import type { Stores } from '../stores/stores.js';
import { STORES } from '../stores/stores-token.js';
import { AskReplay } from '../use-cases/ask-replay.js';
import { followReplay, markForm } from '../use-cases/follow-replay.js';
import { ForgetReplay } from '../use-cases/forget-replay.js';
import { ReadReplay, type ReplayAnswer } from '../use-cases/read-replay.js';
import {
  ReadReplayDifference,
  ReplayDifferenceQuestion,
  type ReplayDifference,
} from '../use-cases/read-replay-difference.js';
import {
  ReadReplayJourneys,
  ReplayJourneysQuestion,
  type ReplayJourneys,
} from '../use-cases/read-replay-journeys.js';
import { ReadReplayResults, ReplayResultsQuestion } from '../use-cases/read-replay-results.js';
import { ReplayRequest } from '../use-cases/replay-request.js';
import { replaySeen } from '../use-cases/replay-seen.js';
import { resultsOf } from '../use-cases/replay-results.js';
import { progressOf, type ReplayTold } from '../use-cases/replay-told.js';
import { AskedBy, Needs, HoldsUntil } from './asker.guard.js';
import { Audits, type AuditedRequest } from './audit.js';
import {
  endOf,
  eventStreamType,
  leaving,
  quietMs,
  retryMs,
  sendEventStream,
  STOPPING,
  type ServerSent,
} from './event-stream.js';
import { mediaTypeOf } from './media-type.js';
import { linkNext } from './next-page.js';
import { NoQuestion } from './no-question.js';
import { OrganisationLimits } from './organisation-limits.js';
import { parquetType, resultTypes, sendTable } from './result-files.js';
import { replayBody, replayExamples } from './replay-bodies.js';

@ApiTags('replays')
@Controller('v1/replays')
export class ReplaysController {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(QueryBus) private readonly queries: QueryBus,
    @Inject(STORES) private readonly stores: Stores,
    @Inject(Metrics) private readonly metrics: Metrics,
    @Inject(STOPPING) private readonly stopping: AbortSignal,
    @Inject(OrganisationLimits) private readonly limits: OrganisationLimits,
  ) {}

  @Post()
  @Audits('replay', 'execute')
  @Header('cache-control', 'no-store')
  @Needs('replays:write')
  @ApiOperation({
    summary: 'Ask what another rule set would have changed',
    description:
      'The same histories under two rule sets, over a period, for a population, as known at a moment. The same ' +
      'question has the same id and is answered once; whoever asks it again finds it there. All that is wrong with it ' +
      'is told before anything runs.',
  })
  @ApiBody({ schema: replayBody, examples: replayExamples })
  @Answers(202, replay, { says: 'It has begun.', headers: ['location'] })
  @Answers(200, replay, { says: 'The same was asked before.', headers: ['location'] })
  @Refuses('privacy-for-auditors', 'replays-busy', 'views-not-ready')
  async ask(
    @Query() _question: NoQuestion,
    @Body() request: ReplayRequest,
    @AskedBy() asker: Asker,
    @Req() asking: AuditedRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReplayTold> {
    const { replay: asked, known } = await this.commands.execute(new AskReplay(request, asker));
    asking.replay = asked.id;
    if (!known) void this.count(asked.id);
    void reply.code(known ? 200 : 202).header('location', `/v1/replays/${asked.id}`);
    return asked;
  }

  @Get(':id')
  @Audits('replay')
  @Header('cache-control', 'no-store')
  @Needs('replays:read')
  @ApiOperation({ summary: 'Read how far a replay is, and what it found' })
  @Answers(200, replayAnswer)
  @Refuses('replay-unknown')
  read(
    @Param('id') id: string,
    @Query() _question: NoQuestion,
    @AskedBy() asker: Asker,
  ): Promise<ReplayAnswer> {
    return this.queries.execute(new ReadReplay(id, asker));
  }

  @Delete(':id')
  @Audits('replay', 'delete')
  @HttpCode(204)
  @Header('cache-control', 'no-store')
  @Needs('replays:write')
  @ApiOperation({
    summary: 'Cancel a replay, or forget its answer',
    description:
      'One that is under way ends, for all who wait for it, and is remembered as cancelled; of one that has ended ' +
      'nothing is left. Asking for it again computes it anew.',
  })
  @AnswersWithoutBody(204, { says: 'It is under way no more, and its answer is forgotten.' })
  @Refuses('replay-unknown')
  forget(@Param('id') id: string, @Query() _question: NoQuestion, @AskedBy() asker: Asker): Promise<void> {
    return this.commands.execute(new ForgetReplay(id, asker));
  }

  @Get(':id/progress')
  @Header('cache-control', 'no-store')
  @Needs('replays:read')
  @ApiOperation({
    summary: 'Follow a replay to its end',
    description:
      'How far it is, as events, whenever that changes; the last one is named after how it ended. A reader who comes ' +
      'back with the Last-Event-ID is told only what is new, and 204 when that was the end.',
  })
  @Answers(200, replayProgress, { mediaType: eventStreamType })
  @AnswersWithoutBody(204, { says: 'The end was told already.' })
  @Refuses('replay-unknown', 'too-many-streams')
  async progress(
    @Param('id') id: string,
    @Query() _question: NoQuestion,
    @AskedBy() asker: Asker,
    @HoldsUntil() expiresAt: number,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { status } = replaySeen(this.stores.replays, id, asker);
    const after = lastTold(request.headers['last-event-id']);
    if (after === status.state) return void reply.code(204).send();
    if (request.method === 'HEAD') return void reply.type(eventStreamType).send('');
    this.limits.stream(asker, reply);
    const over = endOf(reply, this.stopping, expiresAt);
    await sendEventStream(reply, this.follow(id, after, over), { signal: over });
  }

  @Get(':id/results')
  @Audits('replay')
  @Header('cache-control', 'no-store')
  @Needs('replays:read')
  @ApiOperation({
    summary: 'Read the days, clients and amounts of a replay',
    description:
      'A row for each cell that occurs, under both rule sets and the difference; what is about a few people is hidden, ' +
      'and a second cell with it where that one could be found by subtraction.',
  })
  @Answers(200, replayResults, { headers: ['content-language', 'content-disposition', 'vary'] })
  @Answers(200, replayCsv, { mediaType: 'text/csv' })
  @Answers(200, replayParquet, { mediaType: parquetType })
  @Refuses('replay-unknown', 'not-finished', 'replay-failed', 'replay-cancelled')
  async results(
    @Param('id') id: string,
    @Query() question: ReplayResultsQuestion,
    @AskedBy() asker: Asker,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { answered, published } = await this.queries.execute(
      new ReadReplayResults(id, question, asker, leaving(reply)),
    );
    void reply.header('vary', 'accept, accept-language');
    const type = mediaTypeOf(request.headers.accept, resultTypes);
    if (type === 'application/json') return void reply.send(resultsOf(answered, published));
    sendTable(reply, type, {
      table: cellsTable(published),
      header: headerOf(answered),
      language: languageOf(request.headers['accept-language']),
    });
  }

  @Get(':id/journeys')
  @Audits('replayed journeys')
  @Header('cache-control', 'no-store')
  @Needs('replays:read')
  @ApiOperation({
    summary: 'Read the journeys of clients for whom anything differs',
    description:
      'Per pseudonymous client both timelines and the difference. A pseudonym is of this replay only. Under k10 days ' +
      'count from the first that differs, funders are kinds of organisation and providers are left out.',
  })
  @Answers(200, replayJourneys, {
    says: 'A page of clients; Link rel="next" leads to the next.',
    headers: ['link'],
  })
  @Refuses('replay-unknown', 'not-finished', 'replay-failed', 'replay-cancelled')
  async journeys(
    @Param('id') id: string,
    @Query() question: ReplayJourneysQuestion,
    @AskedBy() asker: Asker,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReplayJourneys> {
    const page = await this.queries.execute(new ReadReplayJourneys(id, question, asker));
    linkNext(request, reply, page.next);
    return page;
  }

  @Get(':id/difference')
  @Audits('replay')
  @Header('cache-control', 'no-store')
  @Needs('replays:read')
  @ApiOperation({
    summary: 'Read why the alternative of this replay comes to something else than that of another',
    description:
      'Split to the cent into what became known, other rules and other prices, let in one after the other in that ' +
      'order. Both replays are of the same days and people.',
  })
  @Answers(200, replayDifference)
  @Refuses('replay-unknown', 'not-finished', 'replay-failed', 'replay-cancelled')
  difference(
    @Param('id') id: string,
    @Query() question: ReplayDifferenceQuestion,
    @AskedBy() asker: Asker,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReplayDifference> {
    return this.queries.execute(new ReadReplayDifference(id, question, asker, leaving(reply)));
  }

  private async *follow(
    id: string,
    after: string | undefined,
    signal: AbortSignal,
  ): AsyncGenerator<ServerSent> {
    yield { retry: retryMs };
    for await (const each of followReplay(this.stores.replays, id, { after, quietMs, signal })) {
      if (each.kind === 'quiet') yield {};
      else {
        const data = progressOf(each.status);
        yield { id: each.mark, event: data.state === 'running' ? 'progress' : data.state, data };
      }
    }
  }

  private async count(id: string): Promise<void> {
    const { replays } = this.stores;
    const ended = this.metrics.replaying();
    await replays.ended(id);
    const state = replays.status(id)?.state;
    ended(state === 'done' || state === 'failed' ? state : 'cancelled');
  }
}

/** What a reader that comes back was told last. @throws Problem 400 */
function lastTold(lastEventId: string | string[] | undefined): string | undefined {
  if (lastEventId === undefined || lastEventId === '') return undefined;
  if (typeof lastEventId === 'string' && markForm.test(lastEventId)) return lastEventId;
  const detail = 'Send the id of an event of this stream, or none.';
  throw invalidRequest([{ pointer: '/last-event-id', code: 'invalid-form', detail }]);
}

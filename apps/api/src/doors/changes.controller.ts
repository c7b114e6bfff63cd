import type { Asker } from '@domeinbrug/access';
import { invalidRequest, languageOf, problemDetails } from '@domeinbrug/problems';
import { Controller, Get, Header, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { changes, changesStream } from '../answers/changes.js';
import { Answers, Refuses } from '../description/declare.js';
import type { Stores } from '../stores/stores.js';
import { STORES } from '../stores/stores-token.js';
import { followChanges } from '../use-cases/follow-changes.js';
import type { FeedReader } from '../use-cases/changes-feed.js';
import { cursorForm, howToWriteACursor } from '../use-cases/feed-cursor.js';
import { ChangesQuestion, ReadChanges } from '../use-cases/read-changes.js';
import { auditPart, Audits, type AuditedRequest } from './audit.js';
import { AskedBy, Needs, HoldsUntil } from './asker.guard.js';
import {
  endOf,
  eventStreamType,
  quietMs,
  retryMs,
  sendEventStream,
  STOPPING,
  wantsEventStream,
  type ServerSent,
} from './event-stream.js';
import { linkNext } from './next-page.js';
import { OrganisationLimits } from './organisation-limits.js';
import { fundersOwn, providersOwn } from './own-organisation.js';

const explanation =
  'An entry for each row that an event made different, in order of the log, each with a cursor that stays the ' +
  'same until the alias key is changed; what was read last is sent as after. At least once: take no notice of a cursor that is known. With Accept: ' +
  'text/event-stream the same entries come as they are made, from after the Last-Event-ID. Another rule set in ' +
  'force begins another feed, whose first entries are what the switch changed.';

@Controller('v1')
export class ChangesController {
  constructor(
    @Inject(QueryBus) private readonly queries: QueryBus,
    @Inject(STORES) private readonly stores: Stores,
    @Inject(STOPPING) private readonly stopping: AbortSignal,
    @Inject(OrganisationLimits) private readonly limits: OrganisationLimits,
  ) {}

  @Get('funders/:funder/changes')
  @Audits('changes')
  @ApiTags('funders')
  @Header('cache-control', 'no-store')
  @Needs('coverage:read')
  @ApiOperation({ summary: 'Read or follow what changed in what a funder pays', description: explanation })
  @Answers(200, changes, {
    says: 'A page of entries; Link leads to the next while there is one.',
    headers: ['link'],
  })
  @Answers(200, changesStream, { mediaType: eventStreamType })
  @Refuses(
    'not-your-funder',
    'funder-unknown',
    'feed-replaced',
    'too-many-streams',
    'position-not-reached',
    'views-not-ready',
  )
  ofFunder(
    @Param('funder') funder: string,
    @Query() question: ChangesQuestion,
    @AskedBy() asker: Asker,
    @HoldsUntil() expiresAt: number,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.answer(
      { of: { funder: fundersOwn(funder, asker) }, asker },
      question,
      expiresAt,
      request,
      reply,
    );
  }

  @Get('providers/:agb/changes')
  @Audits('changes')
  @ApiTags('providers')
  @Header('cache-control', 'no-store')
  @Needs('coverage:read')
  @ApiOperation({ summary: 'Read or follow what changed in who pays a provider', description: explanation })
  @Answers(200, changes, {
    says: 'A page of entries; Link leads to the next while there is one.',
    headers: ['link'],
  })
  @Answers(200, changesStream, { mediaType: eventStreamType })
  @Refuses(
    'not-your-provider',
    'provider-unknown',
    'feed-replaced',
    'too-many-streams',
    'position-not-reached',
    'views-not-ready',
  )
  ofProvider(
    @Param('agb') agb: string,
    @Query() question: ChangesQuestion,
    @AskedBy() asker: Asker,
    @HoldsUntil() expiresAt: number,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.answer(
      { of: { provider: providersOwn(agb, asker) }, asker },
      question,
      expiresAt,
      request,
      reply,
    );
  }

  private async answer(
    reader: FeedReader,
    asked: ChangesQuestion,
    expiresAt: number,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    const follows = request.method === 'GET' && wantsEventStream(request.headers.accept);
    const question = follows ? resumed(asked, request.headers['last-event-id']) : asked;
    // Also before a stream: a cursor that is no good is told as a problem, not in the middle of an answer.
    const { first, more, ...page } = await this.queries.execute(new ReadChanges(reader, question));
    if (!follows) {
      linkNext(request, reply, more ? page.cursor : null);
      return void reply.send(page);
    }
    this.limits.stream(reader.asker, reply);
    const over = endOf(reply, this.stopping, expiresAt);
    await sendEventStream(reply, this.follow(reader, question.after ?? first, over, request), {
      signal: over,
    });
  }

  private async *follow(
    reader: FeedReader,
    after: string,
    signal: AbortSignal,
    request: AuditedRequest,
  ): AsyncGenerator<ServerSent> {
    yield { retry: retryMs };
    for await (const each of followChanges(this.stores, reader, { after, quietMs, signal })) {
      if (each.kind === 'quiet') yield {};
      else if (each.kind === 'entry') {
        const data = await auditPart(this.stores.audit, request, each.entry);
        yield { id: each.entry.cursor, event: 'change', data };
      } else {
        const path = request.url.split('?')[0]!;
        const language = languageOf(request.headers['accept-language']);
        yield { event: 'feed-replaced', data: problemDetails(each.problem, path, language) };
      }
    }
  }
}

/** A reader that comes back says where it was; the address it uses still says where it began. */
function resumed(question: ChangesQuestion, lastEventId: string | string[] | undefined): ChangesQuestion {
  if (lastEventId === undefined || lastEventId === '') return { ...question, limit: 1 };
  if (typeof lastEventId === 'string' && cursorForm.test(lastEventId))
    return { ...question, limit: 1, after: lastEventId };
  throw invalidRequest([{ pointer: '/last-event-id', code: 'invalid-form', detail: howToWriteACursor }]);
}

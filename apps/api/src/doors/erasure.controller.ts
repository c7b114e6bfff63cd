import type { Asker } from '@domeinbrug/access';
import { Body, Controller, Header, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import { erasure } from '../answers/erasure.js';
import { Answers, Refuses } from '../description/declare.js';
import { unknownClient } from '../use-cases/client-journey.js';
import { EraseClient, ErasureRequest, type ErasureAnswer } from '../use-cases/erase-client.js';
import { AskedBy, Needs } from './asker.guard.js';
import { Audits } from './audit.js';
import { NoQuestion } from './no-question.js';

@ApiTags('clients')
@Controller('v1/clients')
export class ErasureController {
  constructor(@Inject(CommandBus) private readonly commands: CommandBus) {}

  @Post(':clientId/_erase')
  @Audits('erasure', 'delete')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @Needs('clients:erase')
  @ApiOperation({
    summary: 'Erase a client, or a carer of one, for good',
    description:
      'Destroys the key under which personal fields lie. From then on nothing of the client is answered at any moment ' +
      'of knowledge, and events about the client are refused. There is no way back.',
  })
  @ApiBody({
    schema: {
      type: 'object',
      required: ['reason'],
      properties: {
        reason: { type: 'string', minLength: 10, maxLength: 200 },
        carerId: { type: 'string', maxLength: 64 },
      },
    },
    examples: { one: { value: { reason: 'asked by the client, letter 2025-0113' } } },
  })
  @Answers(200, erasure, { says: 'Erased, now or before.' })
  @Refuses('client-unknown', 'client-held', 'log-busy', 'log-failed')
  erase(
    @Param('clientId') clientId: string,
    @Query() _question: NoQuestion,
    @Body() request: ErasureRequest,
    @AskedBy() asker: Asker,
  ): Promise<ErasureAnswer> {
    // An id of another form is nobody's.
    if (!/^[A-Za-z0-9]{8,64}$/.test(clientId)) throw unknownClient();
    return this.commands.execute(new EraseClient(clientId, request, asker));
  }
}

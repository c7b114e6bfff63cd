import { Metrics, metricsMediaType } from '@domeinbrug/platform';
import { Problem } from '@domeinbrug/problems';
import { Controller, Get, Header, Inject, Req } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { figures, liveness, readiness, type Readiness } from '../answers/operation.js';
import { Answers, Refuses } from '../description/declare.js';
import type { Stores } from '../stores/stores.js';
import { STORES } from '../stores/stores-token.js';
import { ReadStatus } from '../use-cases/read-status.js';
import { Open } from './asker.guard.js';
import { readyOrProblem } from './readiness.js';
import { StoreFigures } from './store-figures.js';

@ApiTags('operation')
@Open()
@Controller()
export class HealthController {
  constructor(
    @Inject(QueryBus) private readonly queries: QueryBus,
    @Inject(STORES) private readonly stores: Stores,
    @Inject(Metrics) private readonly metrics: Metrics,
    @Inject(StoreFigures) private readonly storeFigures: StoreFigures,
  ) {}

  @Get('health/live')
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: 'Whether the process answers' })
  @Answers(200, liveness)
  live(): { status: 'live' } {
    return { status: 'live' };
  }

  @Get('health/ready')
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: 'Whether the stores are reachable and the read models close behind the log' })
  @Answers(200, readiness, { says: 'Ready.' })
  @Refuses('not-ready')
  async ready(): Promise<Readiness> {
    const status = await this.queries.execute(new ReadStatus());
    return readyOrProblem(status, this.stores.logFailure(), this.stores.config.readyLagSeconds);
  }

  @Get('metrics')
  @Header('content-type', metricsMediaType)
  @ApiOperation({
    summary: 'Figures in the Prometheus text format; only for this machine unless METRICS_PUBLIC=1',
  })
  @Answers(200, figures, { mediaType: 'text/plain' })
  @Refuses('not-local')
  async figures(@Req() request: FastifyRequest): Promise<string> {
    if (!this.stores.config.metricsPublic && !isLoopback(request.ip)) {
      throw new Problem(
        'not-local',
        'Ask from the machine itself, or start the service with METRICS_PUBLIC=1.',
      );
    }
    await this.storeFigures.read();
    return this.metrics.text();
  }
}

function isLoopback(address: string): boolean {
  return address === '::1' || /^(::ffff:)?127\./.test(address);
}

import { Metrics } from '@domeinbrug/platform';
import { Inject, Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ReadStatus } from '../use-cases/read-status.js';

/** What the stores say of themselves, read when the figures are asked for. */
@Injectable()
export class StoreFigures {
  private readonly lagEvents;
  private readonly lagSeconds;
  private readonly parked;
  private readonly rows;

  constructor(
    @Inject(Metrics) metrics: Metrics,
    @Inject(QueryBus) private readonly queries: QueryBus,
  ) {
    this.lagEvents = metrics.gauge('domeinbrug_projection_lag_events', 'Events not yet in the read models.');
    this.lagSeconds = metrics.gauge('domeinbrug_projection_lag_seconds', 'Age of the oldest of them.');
    this.parked = metrics.gauge('domeinbrug_parked_clients', 'Clients that could not be folded.');
    this.rows = metrics.gauge('domeinbrug_view_rows', 'Rows in the read models.', ['table']);
  }

  async read(): Promise<void> {
    const { lag, parked, rows } = await this.queries.execute(new ReadStatus());
    this.lagEvents.set(lag.events);
    this.lagSeconds.set(lag.ms / 1000);
    this.parked.set(parked.length);
    for (const [table, count] of Object.entries(rows ?? {})) this.rows.set({ table }, count);
  }
}

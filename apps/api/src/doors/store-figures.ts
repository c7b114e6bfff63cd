import { Metrics } from '@domeinbrug/platform';
import { Inject, Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { Stores } from '../stores/stores.js';
import { STORES } from '../stores/stores-token.js';
import { ReadStatus } from '../use-cases/read-status.js';

/** What the stores say of themselves, read when the figures are asked for. */
@Injectable()
export class StoreFigures {
  private readonly lagEvents;
  private readonly lagSeconds;
  private readonly parked;
  private readonly findings;
  private readonly archiveLag;
  private readonly archiveBytes;

  constructor(
    @Inject(Metrics) metrics: Metrics,
    @Inject(QueryBus) private readonly queries: QueryBus,
    @Inject(STORES) private readonly stores: Stores,
  ) {
    this.lagEvents = metrics.gauge('domeinbrug_projection_lag_events', 'Events not yet in the read models.');
    this.lagSeconds = metrics.gauge('domeinbrug_projection_lag_seconds', 'Age of the oldest of them.');
    this.parked = metrics.gauge('domeinbrug_parked_clients', 'Clients that could not be folded.');
    this.findings = metrics.gauge(
      'domeinbrug_findings',
      'Findings in the read models, by code; one that concerns several organisations counts for each.',
      ['code'],
    );
    this.archiveLag = metrics.gauge(
      'domeinbrug_archive_lag_events',
      'Events not yet in the archive of facts; all of them while there is none.',
    );
    this.archiveBytes = metrics.gauge(
      'domeinbrug_archive_bytes',
      'What the archive of facts takes up in memory: it grows with what is known of clients.',
    );
  }

  async read(): Promise<void> {
    const { lag, parked, findings, archive } = await this.queries.execute(new ReadStatus());
    this.lagEvents.set(lag.events);
    this.lagSeconds.set(lag.ms / 1000);
    this.parked.set(parked.length);
    this.findings.reset(); // a code may be gone under other rules
    for (const [code, count] of Object.entries(findings ?? {})) this.findings.set({ code }, count);
    if (this.stores.config.role === 'projector') return;
    this.archiveLag.set(archive.lagEvents);
    this.archiveBytes.set(archive.bytes);
  }
}

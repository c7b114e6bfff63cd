import { ArchiveReader } from '@domeinbrug/archive';
import { START } from '@domeinbrug/event-store';
import type { ProjectionStatus } from '@domeinbrug/projections';
import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Stores } from '../stores/stores.js';
import { STORES } from '../stores/stores-token.js';

export interface Status extends ProjectionStatus {
  /** Events not yet in the archive of facts; all of them while there is none. */
  archiveLag: number;
}

/** Where log, read models and archive stand. */
export class ReadStatus extends Query<Status> {}

@QueryHandler(ReadStatus)
export class ReadStatusHandler implements IQueryHandler<ReadStatus> {
  constructor(@Inject(STORES) private readonly stores: Stores) {}

  async execute(): Promise<Status> {
    const { projections, log } = this.stores;
    const shared = projections.archive();
    const { events } = await log.lag(shared ? new ArchiveReader(shared).upTo.position : START);
    return { ...(await projections.status()), archiveLag: events };
  }
}

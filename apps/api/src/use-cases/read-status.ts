import { ArchiveReader } from '@domeinbrug/archive';
import { START } from '@domeinbrug/event-store';
import type { ProjectionStatus } from '@domeinbrug/projections';
import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Stores } from '../stores/stores.js';
import { STORES } from '../stores/stores-token.js';

export interface Status extends ProjectionStatus {
  /** Of facts: events not yet in it, all of them while there is none, and what it takes up in memory. */
  archive: { lagEvents: number; bytes: number };
}

/** Where log, read models and archive stand. */
export class ReadStatus extends Query<Status> {}

@QueryHandler(ReadStatus)
export class ReadStatusHandler implements IQueryHandler<ReadStatus> {
  constructor(@Inject(STORES) private readonly stores: Stores) {}

  async execute(): Promise<Status> {
    const { projections, log } = this.stores;
    const shared = projections.archive();
    const reader = shared && new ArchiveReader(shared);
    const { events } = await log.lag(reader?.upTo.position ?? START);
    const archive = { lagEvents: events, bytes: reader?.bytes ?? 0 };
    return { ...(await projections.status()), archive };
  }
}

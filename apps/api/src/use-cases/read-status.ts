import type { ProjectionStatus } from '@domeinbrug/projections';
import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Stores } from '../stores/stores.js';
import { STORES } from '../stores/stores-token.js';

/** Where log and read models stand. */
export class ReadStatus extends Query<ProjectionStatus> {}

@QueryHandler(ReadStatus)
export class ReadStatusHandler implements IQueryHandler<ReadStatus> {
  constructor(@Inject(STORES) private readonly stores: Stores) {}

  execute(): Promise<ProjectionStatus> {
    return this.stores.projections.status();
  }
}

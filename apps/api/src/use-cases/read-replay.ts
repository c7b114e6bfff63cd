import type { Asker } from '@domeinbrug/access';
import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Stores } from '../stores/stores.js';
import { STORES } from '../stores/stores-token.js';
import { replaySeen } from './replay-seen.js';
import { replayToldOf, type ReplayTold } from './replay-told.js';

/** How far a replay is, and what it found once it has ended. */
export class ReadReplay extends Query<ReplayTold> {
  constructor(
    readonly id: string,
    readonly asker: Asker,
  ) {
    super();
  }
}

@QueryHandler(ReadReplay)
export class ReadReplayHandler implements IQueryHandler<ReadReplay> {
  constructor(@Inject(STORES) private readonly stores: Stores) {}

  /** @throws Problem 404 */
  execute({ id, asker }: ReadReplay): Promise<ReplayTold> {
    const { status, question } = replaySeen(this.stores.replays, id, asker);
    return Promise.resolve(replayToldOf(status, question));
  }
}

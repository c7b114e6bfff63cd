import type { Asker } from '@domeinbrug/access';
import { publishReplay, type PublishedReplay } from '@domeinbrug/replay';
import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Stores } from '../stores/stores.js';
import { STORES } from '../stores/stores-token.js';
import { replaySeen } from './replay-seen.js';
import { replayToldOf, type OnTheWire, type ReplayTold } from './replay-told.js';

/** With what it found, once it has ended; `null` before. */
export interface ReplayAnswer extends ReplayTold {
  figures: OnTheWire<PublishedReplay> | null;
}

/** How far a replay is, and what it found once it has ended. */
export class ReadReplay extends Query<ReplayAnswer> {
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
  execute({ id, asker }: ReadReplay): Promise<ReplayAnswer> {
    const { replays } = this.stores;
    const { status, question } = replaySeen(replays, id, asker);
    const answered = replays.answered(id);
    const figures = answered ? (publishReplay(answered) as OnTheWire<PublishedReplay>) : null;
    return Promise.resolve({ ...replayToldOf(status, question), figures });
  }
}

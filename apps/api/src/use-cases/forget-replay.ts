import type { Asker } from '@domeinbrug/access';
import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Stores } from '../stores/stores.js';
import { STORES } from '../stores/stores-token.js';
import { replaySeen } from './replay-seen.js';

/** Cancels a replay that is under way, or forgets one that has ended, with its answer. */
export class ForgetReplay extends Command<void> {
  constructor(
    readonly id: string,
    readonly asker: Asker,
  ) {
    super();
  }
}

@CommandHandler(ForgetReplay)
export class ForgetReplayHandler implements ICommandHandler<ForgetReplay> {
  constructor(@Inject(STORES) private readonly stores: Stores) {}

  /** @throws Problem 404 */
  async execute({ id, asker }: ForgetReplay): Promise<void> {
    const { replays } = this.stores;
    replaySeen(replays, id, asker);
    await replays.forget(id);
  }
}

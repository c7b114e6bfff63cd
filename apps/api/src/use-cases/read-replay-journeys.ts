import type { Asker } from '@domeinbrug/access';
import { AskedNumber, AskedText } from '@domeinbrug/platform';
import type { DifferingJourney } from '@domeinbrug/replay';
import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Stores } from '../stores/stores.js';
import { STORES } from '../stores/stores-token.js';
import { answeredReplay } from './replay-seen.js';

/** From where on to read the clients for whom anything differs. */
export class ReplayJourneysQuestion {
  @AskedText(
    /^[0-9a-f]{16}$/,
    'Write a pseudonym of this replay, or take the address of the next page from the Link of the page before.',
    'After the client with this pseudonym.',
    '9f86d081884c7d65',
  )
  after?: string;

  @AskedNumber(1, 1000, 'At most so many clients on a page; 100 when left out.')
  limit: number = 100;
}

export interface ReplayJourneys {
  id: string;
  clients: DifferingJourney[];
  /** The `after` of the next page; `null` on the last. */
  next: string | null;
}

/** Both timelines of clients for whom anything differs, and the difference. */
export class ReadReplayJourneys extends Query<ReplayJourneys> {
  constructor(
    readonly id: string,
    readonly question: ReplayJourneysQuestion,
    readonly asker: Asker,
  ) {
    super();
  }
}

@QueryHandler(ReadReplayJourneys)
export class ReadReplayJourneysHandler implements IQueryHandler<ReadReplayJourneys> {
  constructor(@Inject(STORES) private readonly stores: Stores) {}

  /** @throws Problem as `answeredReplay` */
  async execute({ id, question: { after, limit }, asker }: ReadReplayJourneys): Promise<ReplayJourneys> {
    const { replays } = this.stores;
    answeredReplay(replays, id, asker);
    const { found, more } = await replays.journeys(id, { after: after ?? '', limit });
    return { id, clients: found, next: more ? (found.at(-1)?.pseudonym ?? null) : null };
  }
}

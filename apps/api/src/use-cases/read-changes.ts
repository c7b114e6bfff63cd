import { AskedNumber, AskedPosition, AskedText } from '@domeinbrug/platform';
import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Stores } from '../stores/stores.js';
import { STORES } from '../stores/stores-token.js';
import { feedPage, type FeedPage, type FeedReader } from './changes-feed.js';
import { cursorForm, howToWriteACursor } from './feed-cursor.js';
import { untilTakenIn } from './stored-views.js';

/** From where on to read a feed of changes. */
export class ChangesQuestion {
  @AskedText(
    cursorForm,
    howToWriteACursor,
    'After the entry with this cursor; left out: from the first.',
    '197.0',
  )
  after?: string;

  @AskedNumber(
    1,
    1000,
    'At most so many entries on a page; 100 when left out. A stream takes no notice of it.',
  )
  limit: number = 100;

  @AskedPosition('Wait until this position has been taken in, as answered to a POST.')
  atLeast?: string;
}

export type ChangesAnswer = Omit<FeedPage, 'first' | 'more'>;

/** A page of what changed in the rows of a funder or provider, in order of the log. */
export class ReadChanges extends Query<FeedPage> {
  constructor(
    readonly reader: FeedReader,
    readonly question: ChangesQuestion,
  ) {
    super();
  }
}

@QueryHandler(ReadChanges)
export class ReadChangesHandler implements IQueryHandler<ReadChanges> {
  constructor(@Inject(STORES) private readonly stores: Stores) {}

  /** @throws Problem 400, 410 and 503 as `feedPage`; 503 while the read models are behind `atLeast` */
  async execute({ reader, question: { after, limit, atLeast } }: ReadChanges): Promise<FeedPage> {
    await untilTakenIn(this.stores, atLeast);
    return feedPage(this.stores, reader, after ?? null, limit);
  }
}

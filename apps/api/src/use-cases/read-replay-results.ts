import type { Asker } from '@domeinbrug/access';
import { AskedList } from '@domeinbrug/platform';
import {
  defaultDimensions,
  dimensions,
  privacyRule,
  publishCells,
  type AnsweredReplay,
  type Cells,
  type Dimension,
  type PublishedCells,
} from '@domeinbrug/replay';
import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Stores } from '../stores/stores.js';
import { STORES } from '../stores/stores-token.js';
import { answeredReplay, computed } from './replay-seen.js';

/** By what the results of a replay are told. */
export class ReplayResultsQuestion {
  @AskedList(
    dimensions,
    'dimensions',
    'A row for each of these together that occurs; region is the care office of the day. Left out: funder, service, kind and month.',
  )
  by?: Dimension[];
}

/** Days, clients and amounts of a replay, as they may leave. */
export class ReadReplayResults extends Query<{ answered: AnsweredReplay; published: PublishedCells }> {
  constructor(
    readonly id: string,
    readonly question: ReplayResultsQuestion,
    readonly asker: Asker,
    /** That the asker has left: what only he waits for need not be computed to its end. */
    readonly left: AbortSignal,
  ) {
    super();
  }
}

@QueryHandler(ReadReplayResults)
export class ReadReplayResultsHandler implements IQueryHandler<ReadReplayResults> {
  constructor(@Inject(STORES) private readonly stores: Stores) {}

  /** @throws Problem as {@link answeredReplay}; 409 when there are more cells than fit in memory */
  async execute({
    id,
    question: { by },
    asker,
    left,
  }: ReadReplayResults): Promise<{ answered: AnsweredReplay; published: PublishedCells }> {
    const answered = answeredReplay(this.stores.replays, id, asker);
    const cells = await this.cellsBy(id, by ?? defaultDimensions, left);
    return { answered, published: publishCells(cells, privacyRule(answered.question.privacy)!) };
  }

  /** In the order of all dimensions, so that no table is kept twice. */
  private cellsBy(id: string, by: readonly Dimension[], left: AbortSignal): Promise<Cells> {
    const ordered = dimensions.filter((dimension) => by.includes(dimension));
    return computed(this.stores.replays.cells(id, ordered, left));
  }
}

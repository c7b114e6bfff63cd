import type { Asker } from '@domeinbrug/access';
import { AskedText } from '@domeinbrug/platform';
import { invalidRequest, type Problem, type ProblemError } from '@domeinbrug/problems';
import type { AnsweredReplay, Split } from '@domeinbrug/replay';
import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import canonicalize from 'canonicalize';
import type { Stores } from '../stores/stores.js';
import { STORES } from '../stores/stores-token.js';
import { answeredReplay, computed } from './replay-seen.js';

const whichOther = 'Name the other replay by its id, 64 hexadecimal digits: from=<id>.';

/** With which other replay to compare. */
export class ReplayDifferenceQuestion {
  @AskedText(/^[0-9a-f]{64}$/, whichOther, 'The id of the replay to compare with.', 'a'.repeat(64))
  from?: string;

  static problemsOf({ from }: ReplayDifferenceQuestion): ProblemError[] {
    return from === undefined ? [{ pointer: '/from', code: 'required', detail: whichOther }] : [];
  }
}

/** What the alternatives of two replays differ by, and because of what; `split` is `null` where a part would tell of too few. */
export interface ReplayDifference {
  from: string;
  to: string;
  split: Split | null;
}

export class ReadReplayDifference extends Query<ReplayDifference> {
  constructor(
    readonly id: string,
    readonly question: ReplayDifferenceQuestion,
    readonly asker: Asker,
    /** That the asker has left. */
    readonly left: AbortSignal,
  ) {
    super();
  }
}

@QueryHandler(ReadReplayDifference)
export class ReadReplayDifferenceHandler implements IQueryHandler<ReadReplayDifference> {
  constructor(@Inject(STORES) private readonly stores: Stores) {}

  /** @throws Problem as `answeredReplay`, of either; 400 when they are not of the same days and people */
  async execute({ id, question, asker, left }: ReadReplayDifference): Promise<ReplayDifference> {
    const errors = ReplayDifferenceQuestion.problemsOf(question);
    if (errors.length > 0) throw invalidRequest(errors);
    const { replays } = this.stores;
    const [from, to] = [answeredReplay(replays, question.from!, asker), answeredReplay(replays, id, asker)];
    if (scopeOf(from) !== scopeOf(to)) throw otherScope();
    return {
      from: from.id,
      to: to.id,
      split: await computed(replays.split(from.id, to.id, { signal: left })),
    };
  }
}

/** Of what days and people, and how much of them may leave. */
function scopeOf({ question: { period, population, privacy } }: AnsweredReplay): string {
  return canonicalize({ period, population, privacy })!;
}

function otherScope(): Problem {
  const detail = 'Compare two replays of the same period, population and privacy.';
  return invalidRequest([{ pointer: '/from', code: 'replays-differ', detail }]);
}

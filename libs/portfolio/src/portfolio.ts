import type { KnownAt } from '@domeinbrug/coverage';
import type { JourneyFacts } from '@domeinbrug/journey';
import type { Funder } from '@domeinbrug/terms';

/** One client's facts as they were known at each of the moments asked about, in that order. */
export interface ClientThen {
  clientId: string;
  facts: readonly JourneyFacts[];
}

/** The clients that a funder may have to do with, as known at any moment. */
export interface Portfolio {
  /**
   * Every client for whom a line ever named the funder, and maybe others, in order of client id from just after
   * `after`; some at a time, so that a long walk leaves room for other work.
   */
  candidates(
    funder: Funder,
    moments: readonly KnownAt[],
    after?: string,
  ): AsyncIterable<readonly ClientThen[]>;
}

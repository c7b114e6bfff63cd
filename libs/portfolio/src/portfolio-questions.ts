import type {
  CoverKind,
  CoverScope,
  FunderSettlement,
  FunderTotals,
  KnownAt,
  OverlapDays,
  OverlapTotals,
} from '@domeinbrug/coverage';
import type { RuleSet } from '@domeinbrug/rules';
import type { Funder } from '@domeinbrug/terms';

/** What was known, and the rules it is looked at under. */
export interface Viewpoint {
  at: KnownAt;
  ruleSet: RuleSet;
}

/** Which of a funder's days a question is about. */
export interface FunderDaysAsked {
  funder: Funder;
  scope: CoverScope;
  /** Only these kinds of cover, and then no gaps; all when left out. */
  kinds?: readonly CoverKind[];
}

/** A part of the clients, in order of client id. */
export interface PageAsked {
  /** From just after this client; '' = from the first. */
  after: string;
  limit: number;
}

export interface ClientOverlaps {
  clientId: string;
  overlaps: OverlapDays[];
}

/**
 * The questions over all clients of a funder. They may take long, so each is a promise also where the answer is
 * computed on another thread; questions and answers are plain values.
 */
export interface PortfolioQuestions {
  totals(view: Viewpoint, asked: FunderDaysAsked): Promise<FunderTotals>;
  /** The clients with a day or gap day that is asked for. */
  clients(view: Viewpoint, asked: FunderDaysAsked, page: PageAsked): Promise<Page<string>>;
  overlapTotals(view: Viewpoint, asked: FunderDaysAsked): Promise<OverlapTotals>;
  overlaps(view: Viewpoint, asked: FunderDaysAsked, page: PageAsked): Promise<Page<ClientOverlaps>>;
  settlement(
    from: Viewpoint,
    to: Viewpoint,
    asked: Pick<FunderDaysAsked, 'funder' | 'scope'>,
  ): Promise<FunderSettlement>;
}

export interface Page<T> {
  found: T[];
  /** Whether more come after the last of this page. */
  more: boolean;
}

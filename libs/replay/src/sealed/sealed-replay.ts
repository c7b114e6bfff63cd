import canonicalize from 'canonicalize';
import type { PublishedCells, PublishedRow, PublishedTotals } from '../privacy/publish-cells.js';
import type { PublishedSweep } from '../privacy/publish-sweep.js';

export const sealedFormat = 'domeinbrug/sealed-replay/1';

export interface SealedRuleSet {
  id: string;
  /** What the rule set means, hex; this decides whether two are the same. */
  hash: string;
}

/** What was asked. Answers of several places can be merged when all of it is the same. */
export interface SealedQuestion {
  engine: string;
  baseline: SealedRuleSet;
  alternative: SealedRuleSet;
  /** Both included. */
  period: { firstDay: string; lastDay: string };
  /** Who takes part, as in the replay's question. */
  population: Readonly<Record<string, unknown>>;
  vary: { parameter: string; values: readonly number[] } | null;
  /** The privacy profile, such as `k10`; never `none`. */
  privacy: string;
  dimensions: readonly string[];
}

/** What one place answered, and nothing that could not be published: this file may leave the place. */
export interface SealedReplay {
  format: typeof sealedFormat;
  /** The name by which the place is told from others. */
  place: string;
  /** The identity of the run there, hex. */
  run: string;
  /** Where the log of the place stood. */
  log: { position: string; digest: string };
  question: SealedQuestion;
  rows: readonly PublishedRow[];
  totals: PublishedTotals;
  /** `null` when nothing was varied. */
  sweep: PublishedSweep | null;
}

/** Seals published cells, and the published sweep where something was varied. Throws `RangeError` for the profile `none`: what it hides nothing of must not leave. */
export function sealReplay(
  made: Omit<SealedReplay, 'format' | 'question' | 'rows' | 'totals' | 'sweep'> & {
    question: Omit<SealedQuestion, 'privacy' | 'dimensions'>;
  },
  { privacy, dimensions, rows, totals }: PublishedCells,
  sweep: PublishedSweep | null,
): SealedReplay {
  if (privacy === 'none') {
    throw new RangeError(
      'A sealed replay hides the few; choose a privacy profile such as k10 instead of none.',
    );
  }
  const question = { ...made.question, privacy, dimensions };
  return { format: sealedFormat, ...made, question, rows, totals, sweep };
}

/** The text of a sealed or merged file: canonical JSON (RFC 8785), so that the same answer is the same bytes. */
export function sealedText(file: object): string {
  return `${canonicalize(file)!}\n`;
}

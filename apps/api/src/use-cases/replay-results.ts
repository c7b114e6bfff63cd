import type {
  AnsweredReplay,
  CellSums,
  Dimension,
  PublishedCells,
  PublishedRow,
  PublishedTotals,
} from '@domeinbrug/replay';
import { askedOf, type ReplayAsked } from './replay-told.js';

/** One row: a label for each dimension that was asked for, `null` where it is unknown; no figures when suppressed. */
export interface ReplayCell extends Partial<Record<Dimension, string | null>> {
  suppressed: boolean;
  baseline: CellSums | null;
  alternative: CellSums | null;
  change: CellSums | null;
  changedClients: number | null;
}

/** The cells of a replay as they may leave. */
export interface ReplayResults {
  id: string;
  asked: ReplayAsked;
  dimensions: Dimension[];
  rows: ReplayCell[];
  totals: PublishedTotals;
}

export function resultsOf({ id, question }: AnsweredReplay, published: PublishedCells): ReplayResults {
  const dimensions = published.dimensions as Dimension[];
  return {
    id,
    asked: askedOf(question),
    dimensions,
    rows: published.rows.map((row) => cellOf(row, dimensions)),
    totals: published.totals,
  };
}

function cellOf({ labels, ...figures }: PublishedRow, dimensions: readonly Dimension[]): ReplayCell {
  const named = dimensions.map((dimension, at) => [dimension, labels[at] ?? null] as const);
  return { ...Object.fromEntries(named), ...figures };
}

import type { Cells, CellSums } from '../cells.js';
import type { RunHeader } from '../exports/run-header.js';
import { guardAligned, type GuardedAligned } from '../privacy/guard-aligned.js';
import { guardCounts } from '../privacy/guard-counts.js';
import type { Guarded } from '../privacy/guarded.js';
import { guardHandover } from '../privacy/guard-handover.js';
import { guardWaitingTimes } from '../privacy/guard-waiting-times.js';
import { guardWindow, type GuardedWindow } from '../privacy/guard-window.js';
import { privacyRule, roundDays, type PrivacyRule } from '../privacy/privacy-rule.js';
import { publishCells } from '../privacy/publish-cells.js';
import { publishSweep, type PublishedSweep } from '../privacy/publish-sweep.js';
import type { ClientCounts } from '../run/replay-slice.js';
import type { AnsweredReplay } from '../run/replay-store.js';
import type { WaitingTimesSummary } from '../waiting-times/summary.js';
import { breakEvensOf, type BreakEven } from './break-even.js';
import type { ReplayFigures } from './figures-of.js';
import type { HandoverByRegion } from './handover-by-region.js';
import { headerOf } from './header-of.js';
import { whatIsUnknown } from './what-is-unknown.js';
import { wlzSavingsOf, type WlzSaving } from './wlz-savings.js';

/** Days and distinct clients of one row of a figure; all `null` where too few stand behind it. */
export interface PublishedFigure {
  labels: readonly (string | null)[];
  suppressed: boolean;
  baseline: { days: number; clients: number } | null;
  alternative: { days: number; clients: number } | null;
  change: { days: number; clients: number } | null;
}

export interface PublishedTable {
  dimensions: readonly string[];
  rows: PublishedFigure[];
}

type TableName = 'covered' | 'laws' | 'gaps' | 'overlaps' | 'kinds' | 'rules';

/** A replay's answer as it may leave under its privacy profile. */
export interface PublishedReplay {
  header: RunHeader;
  counts: Guarded<ClientCounts>;
  tables: Record<TableName, PublishedTable>;
  neverHit: ReplayFigures['neverHit'];
  windows: GuardedWindow[];
  handover: HandoverByRegion;
  aligned: GuardedAligned;
  waitingTimes: WaitingTimesSummary;
  breakEven: BreakEven[];
  wlzSavings: WlzSaving[];
  sweep: PublishedSweep | null;
  /** What the answer does not know, in sentences. */
  unknown: string[];
}

/** The answer of a replay as it may leave. */
export function publishReplay(answered: AnsweredReplay): PublishedReplay {
  const { question, figures, sweep } = answered;
  const privacy = privacyRule(question.privacy)!;
  const table = (cells: Cells): PublishedTable => publishTable(cells, privacy);
  const rounded = (cells: Cells): PublishedTable => roundTable(table(cells), privacy);
  const { laws, gaps, kinds, rules } = figures;
  const overlaps = table(figures.overlaps);
  const covered = table(figures.covered);
  // What the days under all laws are more than the covered ones is what they overlap.
  const hidesCovered = [...overlaps.rows, ...covered.rows].some(({ suppressed }) => suppressed);
  return {
    header: headerOf(answered),
    counts: guardCounts(figures.counts, hidesCovered, privacy),
    tables: {
      covered: hidesCovered ? suppressAll(covered) : covered,
      laws: table(laws),
      gaps: table(gaps),
      overlaps,
      kinds: rounded(kinds),
      rules: rounded(rules),
    },
    neverHit: figures.neverHit,
    windows: figures.windows.map((window) => guardWindow(window, privacy)),
    handover: guardHandover(figures, privacy),
    aligned: guardAligned(figures.aligned, privacy),
    waitingTimes: guardWaitingTimes(figures.waitingTimes, privacy),
    breakEven: breakEvensOf(question.alternative, figures, privacy),
    wlzSavings: wlzSavingsOf(answered.cells, privacy),
    sweep: sweep && publishSweep(sweep, figures, privacy),
    unknown: whatIsUnknown(figures, question),
  };
}

function publishTable(cells: Cells, privacy: PrivacyRule): PublishedTable {
  const { dimensions, rows } = publishCells(cells, privacy);
  const told = (sums: CellSums | null): PublishedFigure['baseline'] =>
    sums && { days: sums.days, clients: sums.clients };
  return {
    dimensions,
    rows: rows.map(({ labels, suppressed, baseline, alternative, change }) => ({
      labels,
      suppressed,
      baseline: told(baseline),
      alternative: told(alternative),
      change: told(change),
    })),
  };
}

function suppressAll(table: PublishedTable): PublishedTable {
  const nothing = { suppressed: true, baseline: null, alternative: null, change: null };
  return { ...table, rows: table.rows.map(({ labels }) => ({ labels, ...nothing })) };
}

/** By region and by rule the days are those of the laws once more. */
function roundTable(table: PublishedTable, privacy: PrivacyRule): PublishedTable {
  return {
    ...table,
    rows: table.rows.map((row) => {
      const { baseline, alternative, change } = row;
      if (!baseline || !alternative || !change) return row;
      const [before, after] = [roundDays(baseline.days, privacy), roundDays(alternative.days, privacy)];
      return {
        ...row,
        baseline: { ...baseline, days: before },
        alternative: { ...alternative, days: after },
        change: { ...change, days: after - before },
      };
    }),
  };
}

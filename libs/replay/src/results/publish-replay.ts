import type { RuleSet } from '@domeinbrug/rules';
import type { Cells, CellSums } from '../cells.js';
import type { RunHeader } from '../exports/run-header.js';
import { windowCounts, type WindowCount } from '../figures/window-figures.js';
import { mergeSmallSteps } from '../privacy/merge-small-steps.js';
import {
  privacyRule,
  publishFigure,
  roundClients,
  tooFew,
  type PrivacyRule,
} from '../privacy/privacy-rule.js';
import { publishCells } from '../privacy/publish-cells.js';
import { rowsToHide } from '../privacy/suppress.js';
import { clientCounts, type ClientCounts } from '../run/replay-slice.js';
import type { AnsweredReplay } from '../run/replay-store.js';
import { curveOf, type Curve, type SweepFigures, type SweepPointFigures } from '../sweep/sweep-result.js';
import type { WaitingTimesSummary } from '../waiting-times/summary.js';
import type { AlignedAdmissions } from './aligned-admissions.js';
import { breakEvensOf, type BreakEven } from './break-even.js';
import type { ReplayFigures, WindowsCompared } from './figures-of.js';
import { wlzSavingsOf, type WlzSaving } from './wlz-savings.js';
import { headerOf } from './header-of.js';
import { perAdmission, spreadOf, type HandoverByRegion, type HandoverDays } from './handover-by-region.js';

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

/** Counts of people or runs; `null` where they are too few. */
type Guarded<T> = { [Key in keyof T]: number | null };

type GuardedWindow = Guarded<Record<WindowCount, number>>;

/** A replay's answer as it may leave under its privacy profile. */
export interface PublishedReplay {
  header: RunHeader;
  counts: Guarded<ClientCounts>;
  tables: Record<TableName, PublishedTable>;
  neverHit: ReplayFigures['neverHit'];
  windows: (Record<'baseline' | 'alternative' | 'change', Guarded<Record<WindowCount, number>>> & {
    window: string;
  })[];
  handover: HandoverByRegion;
  aligned: {
    days: number[];
    clients: (number | null)[];
    baseline: Record<string, (number | null)[]>;
    alternative: Record<string, (number | null)[]>;
  };
  waitingTimes: WaitingTimesSummary;
  breakEven: BreakEven[];
  wlzSavings: WlzSaving[];
  sweep: PublishedSweep | null;
  /** What the answer does not know, in sentences. */
  unknown: string[];
}

export interface PublishedSweep extends Omit<Curve, 'points'> {
  /** Each with the values that it stands for; `null` figures where no step involves enough clients. */
  points: { values: readonly number[]; figures: SweepPointFigures | null }[];
}

/** The answer of a replay as it may leave. */
export function publishReplay(answered: AnsweredReplay): PublishedReplay {
  const { question, figures, sweep } = answered;
  const privacy = privacyRule(question.privacy)!;
  const table = (cells: Cells): PublishedTable => publishTable(cells, privacy);
  const { covered, laws, gaps, overlaps, kinds, rules } = figures;
  return {
    header: headerOf(answered),
    counts: guardedCounts(figures.counts, privacy),
    tables: {
      covered: table(covered),
      laws: table(laws),
      gaps: table(gaps),
      overlaps: table(overlaps),
      kinds: table(kinds),
      rules: table(rules),
    },
    neverHit: figures.neverHit,
    windows: figures.windows.map((window) => guardWindow(window, privacy)),
    handover: guardHandover(figures, privacy),
    aligned: guardAligned(figures.aligned, privacy),
    waitingTimes: guardWaiting(figures.waitingTimes, privacy),
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

/** Days stay where those whose they are are enough; people are rounded. */
function guardedCounts(counts: ClientCounts, privacy: PrivacyRule): Guarded<ClientCounts> {
  const daysOf = { daysGained: counts.gaining, daysLost: counts.losing };
  const told = clientCounts.map((name) => {
    if (!(name in daysOf)) return [name, guarded(counts[name], privacy)];
    const people = daysOf[name as keyof typeof daysOf];
    return [name, tooFew(people, privacy.k) ? null : counts[name]];
  });
  return Object.fromEntries(told) as Guarded<ClientCounts>;
}

function guarded(count: number, privacy: PrivacyRule): number | null {
  return tooFew(Math.abs(count), privacy.k) ? null : roundClients(count, privacy);
}

/**
 * Counts of runs are near enough to counts of people. Days of few runs would tell of them, and so would a side beside
 * the other where few differ.
 */
function guardWindow(
  { window, baseline, alternative, changedClients }: WindowsCompared,
  privacy: PrivacyRule,
): PublishedReplay['windows'][number] {
  const { k } = privacy;
  const nothing = Object.fromEntries(windowCounts.map((name) => [name, null])) as GuardedWindow;
  const told = (counts: Record<WindowCount, number>): GuardedWindow => {
    const { opened, unused, offeredDays, daysWithActivity } = counts;
    return {
      ...(Object.fromEntries(
        windowCounts.map((name) => [name, guarded(counts[name], privacy)]),
      ) as GuardedWindow),
      offeredDays: tooFew(opened, k) ? null : offeredDays,
      daysWithActivity: tooFew(opened - unused, k) ? null : daysWithActivity,
    };
  };
  const [before, after] = [told(baseline), told(alternative)];
  if (tooFew(baseline.opened, k) || tooFew(alternative.opened, k))
    return { window, baseline: nothing, alternative: nothing, change: nothing };
  if (tooFew(changedClients, k)) return { window, baseline: before, alternative: nothing, change: nothing };
  const changes = windowCounts.map((name) => [
    name,
    before[name] === null || after[name] === null ? null : after[name] - before[name],
  ]);
  return {
    window,
    baseline: before,
    alternative: after,
    change: Object.fromEntries(changes) as GuardedWindow,
  };
}

/**
 * Regions with few admissions are left out, and those that the table of kinds hides or that would lay others bare: both
 * are about the same days. What is told per admission is made of the rounded figures, from which the exact ones cannot
 * be found.
 */
function guardHandover({ handover, kinds }: ReplayFigures, privacy: PrivacyRule): HandoverByRegion {
  const { k } = privacy;
  const hiddenKinds = publishCells(kinds, privacy).rows.filter(({ suppressed }) => suppressed);
  const isHidden = (region: string | null): boolean =>
    hiddenKinds.some(({ labels }) => labels[0] === 'handover' && labels[1] === region);
  const rows = handover.cells.rows;
  const begun = rows.flatMap(({ labels: [region] }, at) => {
    const few = handover.regions.some((each) => each.region === region && tooFew(each.admissions, k));
    return k > 0 && (few || isHidden(region!)) ? [at] : [];
  });
  const hidden = [...rowsToHide(rows, k, new Set(begun))].map((at) => rows[at]!.labels[0]);
  const shown = handover.regions
    .filter(({ region, admissions }) => !tooFew(admissions, k) && !hidden.includes(region))
    .map(({ region, ...figures }) => {
      const admissions = roundClients(figures.admissions, privacy);
      const told = ({ days, clients }: HandoverDays): HandoverDays => ({
        days,
        clients: roundClients(clients, privacy),
        perAdmission: perAdmission(days, admissions),
      });
      return { region, admissions, baseline: told(figures.baseline), alternative: told(figures.alternative) };
    });
  return { regions: shown, spread: spreadOf(shown) };
}

function guardAligned(aligned: AlignedAdmissions, privacy: PrivacyRule): PublishedReplay['aligned'] {
  const told = (counts: readonly number[]): (number | null)[] =>
    counts.map((count) => guarded(count, privacy));
  const lanes = (all: Record<string, number[]>): Record<string, (number | null)[]> =>
    Object.fromEntries(Object.entries(all).map(([lane, counts]) => [lane, told(counts)]));
  return {
    days: aligned.days,
    clients: told(aligned.clients),
    baseline: lanes(aligned.baseline),
    alternative: lanes(aligned.alternative),
  };
}

/** Rows of few people are left out; what is counted within a row is rounded, and a share that tells of few is not told. */
function guardWaiting(
  { waits, ages, shares }: WaitingTimesSummary,
  privacy: PrivacyRule,
): WaitingTimesSummary {
  const shown = <Row extends { clients: number }>(rows: readonly Row[]): Row[] =>
    rows.flatMap((row) => publishFigure(row, privacy) ?? []);
  const count = (each: number): number => roundClients(each, privacy);
  const tellsOfFew = (part: number, of: number): boolean =>
    tooFew(Math.round(part), privacy.k) || tooFew(Math.round(of - part), privacy.k);
  const coarse = (share: number): number => (privacy.k === 0 ? share : Math.round(share * 100) / 100);
  return {
    waits: shown(
      waits.map((row) => {
        const { events, stillWaiting, endedOtherwise, shareOverNorm: over, clients } = row;
        const hidden = over === null || tooFew(events, privacy.k) || tellsOfFew(over * clients, clients);
        return {
          ...row,
          ...(tooFew(events, privacy.k) && { medianDays: null, p90Days: null }),
          events: count(events),
          stillWaiting: count(stillWaiting),
          endedOtherwise: count(endedOtherwise),
          shareOverNorm: hidden ? null : coarse(over),
        };
      }),
    ),
    ages: shown(
      ages.map((row) => ({
        ...row,
        unknown: count(row.unknown),
        known: count(row.known),
        ...(tooFew(row.known, privacy.k) && { medianYears: null, p90Years: null }),
      })),
    ),
    shares: shown(
      shares
        .filter(({ counted, of }) => !tellsOfFew(counted, of))
        .map((row) => ({ ...row, counted: count(row.counted), of: count(row.of), share: coarse(row.share) })),
    ),
  };
}

/**
 * The curve through the points that may be shown: a step from a hidden point would tell its figures. What tells of a few
 * people at the first value, or of a law or a gap at either end, would be told at all points: then none are.
 */
function publishSweep(
  { points, changed, behind, ...varied }: SweepFigures,
  { laws, gaps }: ReplayFigures,
  privacy: PrivacyRule,
): PublishedSweep {
  const sides = [...laws.rows, ...gaps.rows].flatMap(({ baseline, alternative }) => [baseline, alternative]);
  const few = [...behind, ...sides.map(({ clients }) => clients)].some((each) => tooFew(each, privacy.k));
  const steps = points.map((figures, at) => {
    return { figures, value: figures.value, changed: [figures.clients, ...changed[at]!] };
  });
  const shown = few
    ? [{ values: points.map(({ value }) => value), point: null, changed: [] }]
    : mergeSmallSteps(steps, privacy.k);
  const told = shown.flatMap(({ point, changed: most }) => {
    if (!point) return [];
    return { ...point.figures, clients: roundClients(most[0]!, privacy) };
  });
  const curve = curveOf(varied, told);
  // Only the last may be without figures, so those that have them are in one order.
  return { ...curve, points: shown.map(({ values }, at) => ({ values, figures: curve.points[at] ?? null })) };
}

function whatIsUnknown(
  { counts }: ReplayFigures,
  { baseline, alternative, period, knownAt, privacy }: AnsweredReplay['question'],
): string[] {
  const lastKnown = Math.floor(knownAt.instant / 86_400_000);
  const months = Math.max(0, Math.ceil((period.until - Math.max(period.from, lastKnown - 365)) / 30));
  const hasPrices = (ruleSet: RuleSet): boolean => Object.keys(ruleSet.prices).length > 0;
  const open = tooFew(counts.open, privacyRule(privacy)!.k)
    ? 'Some'
    : String(roundClients(counts.open, privacyRule(privacy)!));
  return [
    `${open} clients need care without a known end: what is taken to go on may have stopped.`,
    ...(months > 0
      ? [
          `The last ${months} months of the period lie within a year of what was known: events about them are still coming in.`,
        ]
      : []),
    ...(hasPrices(baseline) && hasPrices(alternative)
      ? []
      : ['A rule set without prices gives days and no amounts.']),
    ...(Object.keys(alternative.assumedUse).length > 0
      ? [
          'Amounts on the basis assumed rest on what the rule set takes a window to use, not on recorded minutes.',
        ]
      : []),
    'Nobody is taken to act otherwise because the rules are others: no more or fewer admissions, requests or hours.',
    'A place in a nursing home that comes free is taken by the next on the list: see the refill share beside each saving of the Wlz.',
  ];
}

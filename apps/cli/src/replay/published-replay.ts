import {
  publishCells,
  roundClients,
  tooFew,
  type PrivacyRule,
  type PublishedCells,
  type ReplayFigures,
} from '@domeinbrug/replay';

/** A number that may be shown; `null` = too few to tell. */
export type Shown = number | null;

/** What is told of a replay beside its cells, as it may leave. */
export interface PublishedFigures {
  counts: Record<keyof ReplayFigures['counts'], Shown>;
  covered: PublishedCells;
  laws: PublishedCells;
  gaps: PublishedCells;
  overlaps: PublishedCells;
  rules: PublishedCells;
  neverHit: ReplayFigures['neverHit'];
  windows: { window: string; baseline: WindowShown; alternative: WindowShown }[];
  handover: { region: string | null; admissions: Shown; baseline: Shown; alternative: Shown }[];
}
type WindowShown = Record<keyof ReplayFigures['windows'][number]['baseline'], Shown>;

/** Figures as they may leave under a profile. */
export function publishedFigures(figures: ReplayFigures, privacy: PrivacyRule): PublishedFigures {
  const { counts, covered, laws, gaps, overlaps, rules, neverHit, windows, handover } = figures;
  const people = (count: number): Shown => (tooFew(count, privacy.k) ? null : roundClients(count, privacy));
  return {
    counts: { ...eachOf(counts, people), ...daysOf(counts, privacy) },
    covered: publishCells(covered, privacy),
    laws: publishCells(laws, privacy),
    gaps: publishCells(gaps, privacy),
    overlaps: publishCells(overlaps, privacy),
    rules: publishCells(rules, privacy),
    neverHit,
    windows: windows.map(({ window, baseline, alternative }) => ({
      window,
      baseline: windowShown(baseline, privacy),
      alternative: windowShown(alternative, privacy),
    })),
    handover: handover.regions.map(({ region, admissions, baseline, alternative }) => {
      const few = tooFew(admissions, privacy.k);
      return {
        region,
        admissions: people(admissions),
        baseline: few ? null : baseline.perAdmission,
        alternative: few ? null : alternative.perAdmission,
      };
    }),
  };
}

/** Days of few people tell of them as well. */
function daysOf(
  { gaining, losing, daysGained, daysLost }: ReplayFigures['counts'],
  { k }: PrivacyRule,
): { daysGained: Shown; daysLost: Shown } {
  const few = tooFew(gaining, k) || tooFew(losing, k);
  return { daysGained: few ? null : daysGained, daysLost: few ? null : daysLost };
}

/** Runs are of at most as many people; days of few runs tell of those people. */
function windowShown(
  counts: ReplayFigures['windows'][number]['baseline'],
  privacy: PrivacyRule,
): WindowShown {
  const few = tooFew(counts.opened, privacy.k);
  return eachOf(counts, (count) => (few || tooFew(count, privacy.k) ? null : count));
}

function eachOf<Name extends string>(
  counts: Record<Name, number>,
  shown: (count: number) => Shown,
): Record<Name, Shown> {
  const names = Object.keys(counts) as Name[];
  return Object.fromEntries(names.map((name) => [name, shown(counts[name])])) as Record<Name, Shown>;
}

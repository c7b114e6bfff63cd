import { formatDay, formatInstant } from '@domeinbrug/calendar';
import { populationWords, type PublishedCells, type ReplayQuestion } from '@domeinbrug/replay';
import { harmless } from '../text/harmless.js';
import { told } from '../text/told.js';
import type { PublishedFigures, Shown } from './published-replay.js';
import { amountLines, rightAligned, sumByFunderKind } from './totals.js';

/** What a replay came to, ready to be told. */
export interface ToldReplay {
  id: string;
  question: ReplayQuestion;
  figures: PublishedFigures;
  /** By funder, service, kind and month. */
  cells: PublishedCells;
}

/** A replay for a reader at a terminal. */
export function describeReplay({ id, question, figures, cells }: ToldReplay): string[] {
  return [
    ...heading(id, question),
    '',
    ...people(figures),
    ...section('Days by payer and service', sumByFunderKind(cells)),
    ...section('Amounts', amountLines(cells)),
    ...section('Days on which nobody pays', daysTable(figures.gaps, ['service', 'reason'])),
    ...section('Days with more than one payer', daysTable(figures.overlaps, ['service'])),
    ...section('Windows', windowLines(figures)),
    ...section('Handover days per admission', handoverLines(figures)),
    ...section('What this does not know', notKnown(question, figures, cells)),
  ].map(harmless);
}

/** The cells of a table, a line each. */
export function tableBy(results: PublishedCells): string[] {
  return section(`Days by ${results.dimensions.join(', ')}`, daysTable(results, results.dimensions)).map(
    harmless,
  );
}

function heading(id: string, question: ReplayQuestion): string[] {
  const { baseline, alternative, period, knownAt, population, privacy } = question;
  return [
    `Replay of ${baseline.id}@${baseline.version} → ${alternative.id}@${alternative.version}`,
    `${formatDay(period.from)} through ${formatDay(period.until - 1)}, ${populationWords(population)}, privacy ${privacy}`,
    `as known at ${formatInstant(knownAt.instant)} (position ${knownAt.position})`,
    `id ${id}`,
  ];
}

function people({ counts }: PublishedFigures): string[] {
  const { clients, differing, gaining, losing, daysGained, daysLost } = counts;
  return [
    `${told(clients)} people take part; for ${told(differing)} of them anything differs`,
    `${told(gaining)} gain covered days of service, ${told(losing)} lose them: ` +
      `${told(daysGained)} days gained, ${told(daysLost)} lost`,
  ];
}

function daysTable({ rows }: PublishedCells, names: readonly string[]): string[] {
  if (rows.length === 0) return ['None, as far as is known.'];
  return rightAligned(names.length, [
    [...names, 'baseline', 'alternative', 'change'],
    ...rows.map(({ labels, baseline, alternative, change }) => [
      ...labels.map((label) => label ?? 'unknown'),
      told(baseline?.days ?? null),
      told(alternative?.days ?? null),
      told(change?.days ?? null, true),
    ]),
  ]);
}

function windowLines({ windows }: PublishedFigures): string[] {
  const used = windows.filter(
    ({ baseline, alternative }) => baseline.opened !== 0 || alternative.opened !== 0,
  );
  if (used.length === 0) return [];
  const cut = ['cutByDeath', 'cutByDischarge', 'cutByMove', 'cutByCompletion'] as const;
  const headings = ['window', '', 'opened', 'death', 'discharge', 'move', 'completed', 'unused', 'days'];
  return rightAligned(2, [
    headings,
    ...used.flatMap(({ window, ...sides }) =>
      (['baseline', 'alternative'] as const).map((side) => {
        const counts = sides[side];
        const name = side === 'baseline' ? window : '';
        const numbers = [
          counts.opened,
          ...cut.map((each) => counts[each]),
          counts.unused,
          counts.offeredDays,
        ];
        return [name, side, ...numbers.map((count) => told(count))];
      }),
    ),
  ]);
}

function handoverLines({ handover }: PublishedFigures): string[] {
  if (handover.length === 0) return [];
  const shown = handover.filter(({ baseline }) => baseline !== null);
  return [
    ...rightAligned(1, [
      ['care office', 'admissions', 'baseline', 'alternative'],
      ...handover.map(({ region, admissions, baseline, alternative }) => [
        region ?? 'unknown',
        told(admissions),
        perAdmission(baseline),
        perAdmission(alternative),
      ]),
    ]),
    ...(['baseline', 'alternative'] as const).flatMap((side) => {
      const days = shown.map((region) => region[side]!);
      if (days.length < 2) return [];
      const [lowest, highest] = [Math.min(...days), Math.max(...days)];
      const difference = perAdmission(highest - lowest);
      return [
        `${side}: lowest ${perAdmission(lowest)}, highest ${perAdmission(highest)}, difference ${difference}`,
      ];
    }),
  ];
}

function notKnown(
  { alternative }: ReplayQuestion,
  { counts: { clients, open } }: PublishedFigures,
  { rows, totals }: PublishedCells,
): string[] {
  const unpriced = rows.some(({ alternative: sums }) => (sums?.unpricedDays ?? 0) > 0);
  return [
    `what goes on without a known end, of ${told(open)} of ${told(clients)} people: it counts to the end of the period`,
    'what was not recorded yet at the moment of knowledge: the last months are never whole',
    ...(totals.suppressedRows > 0
      ? [
          `${told(totals.suppressedRows)} of ${told(totals.rows)} cells (payer, service, kind, month) tell of too few ` +
            'people, or guard those that do, and are left out of the sums above',
        ]
      : []),
    ...(unpriced
      ? ['what the days cost that have no price in the rule set, or no recorded or agreed use']
      : []),
    ...(Object.keys(alternative.assumedUse).length > 0
      ? ['what a new rule would really cost: its use is an assumption, told in columns of its own']
      : []),
    'what people and organisations would have done differently under other rules',
  ].map((line) => `- ${line}`);
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  ${line}`)];
}

function perAdmission(days: Shown): string {
  return days === null ? '…' : days.toFixed(2);
}

import { formatDay, formatInstant } from '@domeinbrug/calendar';
import type {
  Population,
  PublishedCells,
  PublishedReplay,
  PublishedTable,
  PublishedTotals,
  ReplayQuestion,
} from '@domeinbrug/replay';
import { harmless } from '../text/harmless.js';
import { told } from '../text/told.js';
import { breakEvenLines, savingLines } from './describe-savings.js';
import { sweepLines } from './describe-sweep.js';
import { amountLines, daysByFunderKind, rightAligned } from './totals.js';

/** What a replay came to, as it may leave, ready to be told. */
export interface ToldReplay {
  question: ReplayQuestion;
  published: PublishedReplay;
  /** Over the cells by funder, service, kind and month. */
  totals: { byFunderKind: ReadonlyMap<string, PublishedTotals>; all: PublishedTotals };
}

/** A replay for a reader at a terminal. */
export function describeReplay({ question, published, totals }: ToldReplay): string[] {
  const { tables, sweep } = published;
  return [
    ...heading(published.header.id, question),
    '',
    ...people(published),
    ...section('Days by payer and service', daysByFunderKind(totals.byFunderKind, totals.all)),
    ...section('Amounts', amountLines(totals.all)),
    ...section('Days on which nobody pays', daysTable(tables.gaps)),
    ...section('Days with more than one payer', daysTable(tables.overlaps)),
    ...section('Days by the rule that pays them', ruleLines(published)),
    ...section('Windows', windowLines(published)),
    ...section('Handover days per admission', handoverLines(published)),
    ...section('How long people waited', waitLines(published)),
    ...section('What the Wlz saves', savingLines(published)),
    ...section('Avoided days of residence that pay for a window', breakEvenLines(published)),
    ...(sweep ? section(`At each ${sweep.parameter}`, sweepLines(sweep)) : []),
    ...section('What this does not know', notKnown(published, totals.all)),
  ].map(harmless);
}

/** The cells of a table, a line each. */
export function tableBy(results: PublishedCells): string[] {
  return section(`Days by ${results.dimensions.join(', ')}`, daysTable(results)).map(harmless);
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

function people({ counts }: PublishedReplay): string[] {
  const { clients, differing, gaining, losing, daysGained, daysLost } = counts;
  return [
    `${told(clients)} people take part; for ${told(differing)} of them anything differs`,
    `${told(gaining)} gain covered days of service, ${told(losing)} lose them: ` +
      `${told(daysGained)} days gained, ${told(daysLost)} lost`,
  ];
}

function daysTable({ dimensions, rows }: PublishedTable | PublishedCells): string[] {
  if (rows.length === 0) return ['None, as far as is known.'];
  return rightAligned(dimensions.length, [
    [...dimensions, 'baseline', 'alternative', 'change'],
    ...rows.map(({ labels, baseline, alternative, change }) => [
      ...labels.map((label) => label ?? 'unknown'),
      told(baseline?.days ?? null),
      told(alternative?.days ?? null),
      told(change?.days ?? null, true),
    ]),
  ]);
}

function ruleLines({ tables, neverHit }: PublishedReplay): string[] {
  const never = (['baseline', 'alternative'] as const).flatMap((side) =>
    neverHit[side].length === 0 ? [] : `${side}: never ${neverHit[side].join(', ')}`,
  );
  return [...daysTable(tables.rules), ...never];
}

/** All regions together; the JSON answer tells them apart. */
function waitLines({ waitingTimes }: PublishedReplay): string[] {
  const rows = waitingTimes.waits.filter(({ region }) => region === 'all');
  if (rows.length === 0) return [];
  return [
    ...rightAligned(1, [
      ['days', 'people', 'still wait', 'median', '90%', 'norm', 'over it'],
      ...rows.map(({ name, clients, stillWaiting, medianDays, p90Days, normDays, shareOverNorm }) => [
        name,
        ...[clients, stillWaiting, medianDays, p90Days].map((figure) => told(figure)),
        normDays === null ? '' : told(normDays),
        shareOverNorm === null ? '' : `${Math.round(shareOverNorm * 100)}%`,
      ]),
    ]),
    'Who still waits counts for as long as was seen (Kaplan-Meier).',
  ];
}

function windowLines({ windows }: PublishedReplay): string[] {
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

function handoverLines({ handover: { regions, spread } }: PublishedReplay): string[] {
  if (regions.length === 0) return [];
  const sides = ['baseline', 'alternative'] as const;
  return [
    ...rightAligned(1, [
      ['care office', 'admissions', ...sides],
      ...regions.map((region) => [
        region.region ?? 'unknown',
        told(region.admissions),
        ...sides.map((side) => region[side].perAdmission.toFixed(2)),
      ]),
    ]),
    ...sides.flatMap((side) => {
      const days = spread[side];
      if (!days) return [];
      const [lowest, highest, difference] = [days.lowest, days.highest, days.difference].map((each) =>
        each.toFixed(2),
      );
      return [`${side}: lowest ${lowest}, highest ${highest}, difference ${difference}`];
    }),
  ];
}

function notKnown({ unknown }: PublishedReplay, { rows, suppressedRows }: PublishedTotals): string[] {
  const hidden =
    `${told(suppressedRows)} of ${told(rows)} cells (payer, service, kind, month) tell of too few people, or guard those ` +
    'that do: they are told only as part of totals, and … stands where a total would tell them apart.';
  return [...unknown, ...(suppressedRows > 0 ? [hidden] : [])].map((line) => `- ${line}`);
}

/** `everybody`, or what was named: `municipality 0363, born 1930..1945`. */
export function populationWords({ birthYear, ...codes }: Population): string {
  const named = Object.entries(codes).map(([what, code]) => `${what} ${code}`);
  if (birthYear) named.push(`born ${birthYear.min ?? ''}..${birthYear.max ?? ''}`);
  return named.length > 0 ? named.join(', ') : 'everybody';
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  ${line}`)];
}

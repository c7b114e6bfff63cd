import { formatDay } from '@domeinbrug/calendar';
import {
  mergeSealed,
  publishReplay,
  readSealed,
  replayVersion,
  sealedText,
  sealReplay,
  type AnsweredReplay,
  type MergedReplay,
  type PublishedCells,
  type PublishedSweep,
  type SealedReplay,
  type MergedSweep,
} from '@domeinbrug/replay';
import { readFileSync } from 'node:fs';
import { exitCodes, ProblemFound, WrongUse, type ExitCode } from '../refusal.js';
import type { Terminal } from '../terminal.js';
import { harmless } from '../text/harmless.js';
import { told } from '../text/told.js';
import { sweepLines } from './describe-sweep.js';
import { rightAligned } from './totals.js';
import { putInPlace } from './write-results.js';

/**
 * Writes what a place may give away of an answer: published cells and where they come from, nothing else.
 *
 * @throws WrongUse for an answer that hides nothing, or when the file cannot be written
 */
export function writeSealed(
  { place, path }: { place: string; path: string },
  answered: AnsweredReplay,
  results: PublishedCells,
): void {
  const { id, question } = answered;
  const { baseline, alternative, period, population, vary, knownAt, digest } = question;
  const sealed = sealReplay(
    {
      place,
      run: id,
      log: { position: knownAt.position, digest },
      question: {
        engine: replayVersion,
        baseline: { id: baseline.id, hash: baseline.hash },
        alternative: { id: alternative.id, hash: alternative.hash },
        period: { firstDay: formatDay(period.from), lastDay: formatDay(period.until - 1) },
        population: { ...population },
        vary,
      },
    },
    results,
    publishReplay(answered).sweep,
  );
  putInPlace(path, sealedText(sealed));
}

/** The name of a place that seals, with where to write; all that is wrong with it is told. @throws WrongUse */
export function sealedArgument({
  sealed: place,
  out: path,
  privacy,
}: {
  sealed?: string;
  out?: string;
  privacy?: string;
}): { place: string; path: string } | undefined {
  if (place === undefined) return undefined;
  if (!/^\S.{0,198}\S$|^\S$/.test(place))
    throw new WrongUse('--sealed: write a name for the place, at most 200 characters.');
  if (path?.endsWith('.json') !== true)
    throw new WrongUse('--sealed: say where to write it: --out <file>.json.');
  if (privacy === 'none')
    throw new WrongUse('--sealed: what leaves a place hides the few: leave --privacy none out.');
  return { place, path };
}

/**
 * Adds up what places have sealed.
 *
 * @throws WrongUse when a file cannot be read; ProblemFound when they do not answer the same question
 */
export function mergeSealedFiles(
  terminal: Terminal,
  files: readonly string[],
  { out, json }: { out?: string; json?: boolean },
): ExitCode {
  const outcome = mergeSealed(readAll(files));
  if ('refused' in outcome)
    throw new ProblemFound(outcome.refused.map(({ message }) => harmless(message)).join('\n'));
  const { merged } = outcome;
  if (out !== undefined) putInPlace(out, sealedText(merged));
  if (json) terminal.out(JSON.stringify(merged, null, 2));
  else
    terminal.out(
      [...describeMerged(merged), ...(out === undefined ? [] : ['', `It is in ${out}.`])].join('\n'),
    );
  return exitCodes.done;
}

function readAll(files: readonly string[]): SealedReplay[] {
  const read = files.map((file) => {
    const text = textOf(file);
    return text instanceof Error
      ? { sealed: null, problems: [{ where: file, message: `It cannot be read: ${text.message}.` }] }
      : readSealed(file, text);
  });
  const problems = read.flatMap(({ problems: some }) => [...some]);
  if (problems.length > 0)
    throw new WrongUse(problems.map(({ where, message }) => harmless(`${where}: ${message}`)).join('\n'));
  return read.flatMap(({ sealed }) => sealed ?? []);
}

function textOf(file: string): string | Error {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    return error as Error;
  }
}

function describeMerged({ question, places, rows, totals, sweep, notes }: MergedReplay): string[] {
  const { baseline, alternative, period, dimensions } = question;
  const sides = ['baseline', 'alternative', 'change'] as const;
  return [
    `Replays of ${baseline.id} → ${alternative.id} in ${places.map(({ place }) => place).join(', ')}`,
    `${period.firstDay} through ${period.lastDay}, privacy ${question.privacy}`,
    '',
    ...rightAligned(dimensions.length, [
      [...dimensions, ...sides, ''],
      ...rows.map((row) => [
        ...row.labels.map((label) => label ?? 'unknown'),
        ...sides.map((side) => told(row[side]?.days ?? null, side === 'change')),
        row.lowerBound && row.baseline ? 'at least' : '',
      ]),
      [
        ...dimensions.map((_, at) => (at === 0 ? 'all' : '')),
        ...sides.map((side) => told(totals[side]?.days ?? null, side === 'change')),
        totals.lowerBound ? 'at least' : '',
      ],
    ]),
    ...(sweep ? ['', `At each ${sweep.parameter}`, ...sweepLines(asPublished(sweep))] : []),
    '',
    ...notes.map((note) => `- ${note}`),
  ].map(harmless);
}

function asPublished(sweep: MergedSweep): PublishedSweep {
  return { ...sweep, points: sweep.points.map((figures) => ({ values: [figures.value], figures })) };
}

import { tryParseDay } from '@domeinbrug/calendar';
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import canonicalize from 'canonicalize';
import { privacyRule } from '../privacy/privacy-rule.js';
import { additiveFigures, addUp, type PublishedRow, type TotalSums } from '../privacy/publish-cells.js';
import { compareLabels } from '../privacy/sort-rows.js';
import { curveOf } from '../sweep/sweep-result.js';
import type { SealedReplay } from './sealed-replay.js';
import { sealedSchema } from './sealed-schema.js';

export interface SealedProblem {
  /** The file, and the place in it as a JSON pointer (RFC 6901). */
  where: string;
  message: string;
}

const validate = new Ajv2020({
  allErrors: true,
  allowUnionTypes: true,
  strictRequired: false,
  strictTypes: false,
  formats: { date: (text: string) => tryParseDay(text) !== undefined },
}).compile<SealedReplay>(sealedSchema);

/** Reads a sealed replay from the text of a file; or tells everything that is wrong with it at once. */
export function readSealed(
  file: string,
  text: string,
): { sealed: SealedReplay; problems: [] } | { sealed: null; problems: SealedProblem[] } {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch (error) {
    const message = `This is not JSON: ${(error as Error).message}. Give the file as it was written by the place.`;
    return { sealed: null, problems: [{ where: file, message }] };
  }
  if (!validate(read)) return { sealed: null, problems: formProblems(file, validate.errors ?? []) };
  const problems = [
    ...read.rows.flatMap((_, at) => rowProblems(file, read, at)),
    ...questionProblems(file, read),
    ...totalsProblems(file, read),
    ...sweepProblems(file, read),
  ];
  return problems.length > 0 ? { sealed: null, problems } : { sealed: read, problems: [] };
}

/** A failed `if` only repeats what its branch says. */
function formProblems(file: string, errors: readonly ErrorObject[]): SealedProblem[] {
  return errors
    .filter(({ keyword }) => keyword !== 'if')
    .map(({ instancePath, message, params }) => {
      const { additionalProperty, allowedValue } = params as Record<string, string | undefined>;
      const named = additionalProperty ?? allowedValue;
      const what = named === undefined ? '' : ` (${named})`;
      return {
        where: `${file}${instancePath}`,
        message: `${instancePath || 'The file'} ${message ?? 'is wrong'}${what}.`,
      };
    });
}

function questionProblems(file: string, { question }: SealedReplay): SealedProblem[] {
  const { privacy, period } = question;
  const said: [boolean, string, string][] = [
    [!privacyRule(privacy), 'privacy', `There is no privacy profile ${privacy}.`],
    [period.lastDay < period.firstDay, 'period', 'The period ends before it begins.'],
  ];
  return said
    .filter(([isSo]) => isSo)
    .map(([, where, message]) => ({ where: `${file}/question/${where}`, message }));
}

function rowProblems(file: string, { question, rows }: SealedReplay, at: number): SealedProblem[] {
  const row = rows[at]!;
  const problem = (message: string): SealedProblem => ({ where: `${file}/rows/${at}`, message });
  const problems: SealedProblem[] = [];
  if (row.labels.length !== question.dimensions.length) {
    problems.push(
      problem(`The row has ${row.labels.length} labels; there are ${question.dimensions.length} dimensions.`),
    );
  }
  if (at > 0 && compareLabels(rows[at - 1]!.labels, row.labels) >= 0) {
    problems.push(
      problem('The row does not come after the one before it; rows are sorted by labels, each once.'),
    );
  }
  if (!addsUp(row)) problems.push(problem('The change is not the alternative less the baseline.'));
  if (!row.suppressed) {
    const { baseline, alternative, changedClients } = row;
    if (![baseline, alternative].every(canBe))
      problems.push(
        problem('It has more days without a price than days, or a low estimate above a high one.'),
      );
    if (changedClients > baseline.clients + alternative.clients + roundedOff)
      problems.push(problem('More clients differ than there are.'));
  }
  const month = row.labels[question.dimensions.indexOf('month')];
  const { firstDay, lastDay } = question.period;
  if (typeof month === 'string' && !(month >= firstDay.slice(0, 7) && month <= lastDay.slice(0, 7)))
    problems.push(problem(`The month ${month} does not lie in the period.`));
  return problems;
}

/** By as much may rounding to tens have taken from two counts and added to a third. */
const roundedOff = 15;

function canBe({ days, unpricedDays, assumedLow, assumedMid, assumedHigh }: TotalSums): boolean {
  return unpricedDays <= days && assumedLow <= assumedMid && assumedMid <= assumedHigh;
}

function addsUp(row: PublishedRow): boolean {
  if (row.suppressed) return true;
  const { baseline, alternative, change } = row;
  return isDifference([...additiveFigures, 'clients' as const], baseline, alternative, change);
}

function isDifference<Name extends string>(
  names: readonly Name[],
  before: Record<Name, number>,
  after: Record<Name, number>,
  change: Record<Name, number>,
): boolean {
  return names.every((name) => change[name] === after[name] - before[name]);
}

/** Totals are told of both sides and the change, or of none; they are the sum of what is shown and what is hidden. */
function totalsProblems(file: string, { rows, totals }: SealedReplay): SealedProblem[] {
  const { baseline, alternative, change } = totals;
  const shown = rows.flatMap((row) => (row.suppressed ? [] : [row]));
  const hiddenRows = rows.length - shown.length;
  const problems: string[] = [];
  if (totals.rows !== rows.length || totals.suppressedRows !== hiddenRows)
    problems.push(
      `The totals tell of ${totals.rows} rows, ${totals.suppressedRows} suppressed; there are ${rows.length}, ${hiddenRows} suppressed.`,
    );
  if (baseline && alternative && change) {
    if (!isDifference(additiveFigures, baseline, alternative, change))
      problems.push('The change of the totals is not their alternative less their baseline.');
    for (const [side, total] of Object.entries({ baseline, alternative })) {
      const sum = addUp(shown.map((row) => row[side as 'baseline' | 'alternative']));
      const holds = additiveFigures.every((name) =>
        hiddenRows === 0 ? total[name] === sum[name] : total[name] >= sum[name],
      );
      if (!holds || !canBe(total)) problems.push(`The total of the ${side} is not what the rows come to.`);
    }
  } else if (baseline ?? alternative ?? change)
    problems.push('Totals are told of one side and not of another.');
  return problems.map((message) => ({ where: `${file}/totals`, message }));
}

function sweepProblems(file: string, { question: { vary }, sweep }: SealedReplay): SealedProblem[] {
  const problem = (message: string): SealedProblem[] => [{ where: `${file}/sweep`, message }];
  const asked = vary && [vary.parameter, ...vary.values].join(' ');
  const named = sweep && [sweep.parameter, ...sweep.points.flatMap(({ values }) => values)].join(' ');
  if (asked !== named)
    return problem(`The sweep is of ${named ?? 'nothing'}; what was asked is ${asked ?? 'nothing'}.`);
  if (!sweep) return [];
  const { points, complete, ...told } = sweep;
  const figures = points.flatMap(({ figures: each }) => each ?? []);
  const values = points.flatMap(({ values: each }) => each);
  if (values.some((value, at) => at > 0 && value <= values[at - 1]!))
    return problem('The values of the sweep do not rise.');
  if (points.some(({ figures: each, values: own }) => each && each.value !== own.at(-1)))
    return problem('The figures of a point of the sweep are not those of its last value.');
  if (figures.some((each) => each.days !== each.wmo + each.zvw + each.wlz + each.joint))
    return problem('The days of a point of the sweep are not those of the laws and pools together.');
  if (complete !== points.every(({ figures: each, values: own }) => each && own.length === 1))
    return problem('Whether each value has figures is not what the sweep says.');
  const { points: recomputed, ...curve } = curveOf(sweep, figures);
  const same = canonicalize({ figures, ...told }) === canonicalize({ figures: recomputed, ...curve });
  return same ? [] : problem('What the steps of the sweep add is not what lies between its points.');
}

import { tryParseDay } from '@domeinbrug/calendar';
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import canonicalize from 'canonicalize';
import { privacyRule } from '../privacy/privacy-rule.js';
import { additiveFigures, type PublishedRow } from '../privacy/publish-cells.js';
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
  const problems = read.rows.flatMap((_, at) => rowProblems(file, read, at));
  problems.push(...privacyProblems(file, read), ...totalsProblems(file, read), ...sweepProblems(file, read));
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

function privacyProblems(file: string, { question: { privacy } }: SealedReplay): SealedProblem[] {
  if (privacyRule(privacy)) return [];
  return [{ where: `${file}/question/privacy`, message: `There is no privacy profile ${privacy}.` }];
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
  return problems;
}

function addsUp(row: PublishedRow): boolean {
  if (row.suppressed) return true;
  const { baseline, alternative, change } = row;
  return [...additiveFigures, 'clients' as const].every(
    (figure) => change[figure] === alternative[figure] - baseline[figure],
  );
}

function totalsProblems(file: string, { rows, totals }: SealedReplay): SealedProblem[] {
  const suppressedRows = rows.filter(({ suppressed }) => suppressed).length;
  if (totals.rows === rows.length && totals.suppressedRows === suppressedRows) return [];
  const message = `The totals tell of ${totals.rows} rows, ${totals.suppressedRows} suppressed; there are ${rows.length}, ${suppressedRows} suppressed.`;
  return [{ where: `${file}/totals`, message }];
}

function sweepProblems(file: string, { question: { vary }, sweep }: SealedReplay): SealedProblem[] {
  const problem = (message: string): SealedProblem[] => [{ where: `${file}/sweep`, message }];
  const asked = vary && [vary.parameter, ...vary.values].join(' ');
  const named = sweep && [sweep.parameter, ...sweep.points.flatMap(({ values }) => values)].join(' ');
  if (asked !== named)
    return problem(`The sweep is of ${named ?? 'nothing'}; what was asked is ${asked ?? 'nothing'}.`);
  if (!sweep) return [];
  const { points, ...told } = sweep;
  const figures = points.flatMap(({ figures: each }) => each ?? []);
  const values = points.flatMap(({ values: each }) => each);
  if (values.some((value, at) => at > 0 && value <= values[at - 1]!))
    return problem('The values of the sweep do not rise.');
  if (points.some(({ figures: each, values: own }) => each && each.value !== own.at(-1)))
    return problem('The figures of a point of the sweep are not those of its last value.');
  if (figures.some((each) => each.days !== each.wmo + each.zvw + each.wlz + each.joint))
    return problem('The days of a point of the sweep are not those of the laws and pools together.');
  const { points: recomputed, ...curve } = curveOf(sweep, figures);
  const same = canonicalize({ figures, ...told }) === canonicalize({ figures: recomputed, ...curve });
  return same ? [] : problem('What the steps of the sweep add is not what lies between its points.');
}

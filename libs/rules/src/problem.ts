import { own } from './names.js';

/** What a text was refused for. Stable: programs may act on it. */
export const ruleSetProblemCodes = [
  'yaml-syntax',
  'duplicate-key',
  'two-values-on-one-day',
  'unknown-key',
  'unknown-service',
  'unknown-trigger',
  'unknown-parameter',
  'unknown-window',
  'missing-key',
  'wrong-value',
  'reserved-id',
  'national-null',
  'national-missing',
  'value-not-allowed',
  'not-a-cell-value',
  'wlz-outside',
  'undelivered-outside',
  'unit-not-a-length',
  'shares-not-100',
  'phase-without-days',
  'pays-and-phases',
  'duplicate-window',
  'after-death-service',
  'before-needs-at-trigger',
  'continue-refused',
  'unknown-base',
  'base-refused',
  'base-cycle',
  'version-exists',
] as const;
export type RuleSetProblemCode = (typeof ruleSetProblemCodes)[number];

/** One reason why a rule set is refused. */
export interface RuleSetProblem {
  /** Where, as read aloud: `parameters.handoverLength.insurer["3311"]`; empty for the whole. */
  path: string;
  /** The same place as a JSON pointer (RFC 6901). */
  pointer: string;
  /** From 1; `null` when the rule set did not come as text. */
  line: number | null;
  column: number | null;
  code: RuleSetProblemCode;
  /** What is wrong and what to write instead. */
  message: string;
  /** The file it stands in, where several were read at once. */
  file?: string;
}

/** A result, or every reason why there is none. */
export type Checked<T> = { ok: true; value: T } | { ok: false; problems: RuleSetProblem[] };

/** Keys and list positions from the top of a rule set down to one of its parts. */
export type Path = readonly (string | number)[];

export interface Position {
  line: number;
  column: number;
}
/** Where each part stands in its text, by JSON pointer. Empty when there is no text. */
export type Positions = Readonly<Record<string, Position>>;

/** A text can be wrong in as many places as it has; what comes after so many is not told. */
export const mostProblems = 100;

/** Collects problems against the places of one text. */
export interface ProblemReport {
  readonly problems: RuleSetProblem[];
  add(path: Path, code: RuleSetProblemCode, message: string): void;
}

export function reportAt(positions: Positions): ProblemReport {
  const problems: RuleSetProblem[] = [];
  return {
    problems,
    add: (path, code, message) => {
      if (problems.length > mostProblems) return;
      if (problems.length === mostProblems) {
        problems.push({
          ...nowhere,
          code,
          message: `There is more than ${mostProblems}; put these right first.`,
        });
        return;
      }
      const position = nearestPosition(positions, path);
      problems.push({
        path: formatPath(path),
        pointer: formatPointer(path),
        line: position?.line ?? null,
        column: position?.column ?? null,
        code,
        message,
      });
    },
  };
}

const nowhere = { path: '', pointer: '', line: null, column: null };

/** The place of a part, or of the closest part around it: what a base brought in stands nowhere in this text. */
function nearestPosition(positions: Positions, path: Path): Position | undefined {
  for (let length = path.length; length >= 0; length--) {
    const position = own(positions, formatPointer(path.slice(0, length)));
    if (position) return position;
  }
  return undefined;
}

/** Problems in reading order: by line, then column, then path. */
export function inReadingOrder(problems: readonly RuleSetProblem[]): RuleSetProblem[] {
  return [...problems].sort(
    (a, b) =>
      (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0) || (a.path < b.path ? -1 : 1),
  );
}

/** `windows[0].services[1]`, `parameters.handoverLength.insurer["3311"]`. */
export function formatPath(path: Path): string {
  return path
    .map((step) => {
      if (typeof step === 'number') return `[${step}]`;
      return /^[A-Za-z_$][\w$-]*$/.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`;
    })
    .join('')
    .replace(/^\./, '');
}

/** RFC 6901: `/parameters/handoverLength/insurer/3311`. */
export function formatPointer(path: Path): string {
  return path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

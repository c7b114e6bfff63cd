import { columns, type Level } from '@domeinbrug/terms';
import { fixedParameters } from './fixed-parameters.js';
import { formatPath, formatPointer, type Path } from './problem.js';
import { localLevels } from './read-dated-values.js';
import type { Cell, Parameter, RuleSet } from './rule-set.js';

/**
 * Things that are allowed and probably not meant. The last two take the determination of cover, so another lib adds
 * them: whether the table leaves a window a day cannot be read off the rules (a window pays without need, the table
 * does not).
 */
export type RuleSetWarningCode =
  | 'parameter-unread'
  | 'window-pays-no-day'
  | 'code-matches-nobody'
  | 'window-covered-by-table'
  | 'window-without-example';

export interface RuleSetWarning {
  path: string;
  /** RFC 6901. */
  pointer: string;
  code: RuleSetWarningCode;
  message: string;
}

/** The warnings that the rules alone give rise to. */
export function lintRuleSet(ruleSet: RuleSet): RuleSetWarning[] {
  return [...unreadParameters(ruleSet), ...windowsWithoutDays(ruleSet), ...strangeCodes(ruleSet)];
}

export function warningAt(path: Path, code: RuleSetWarningCode, message: string): RuleSetWarning {
  return { path: formatPath(path), pointer: formatPointer(path), code, message };
}

function unreadParameters(ruleSet: RuleSet): RuleSetWarning[] {
  const read = parametersRead(ruleSet);
  return Object.keys(ruleSet.parameters)
    .filter((name) => !read.has(name))
    .map((name) =>
      warningAt(
        ['parameters', name],
        'parameter-unread',
        `No rule reads ${name}; its values change nothing. Name it as $${name} in a row or a window, or take it out.`,
      ),
    );
}

/** Every parameter that a determination of cover can read under these rules. */
export function parametersRead(ruleSet: RuleSet): Set<string> {
  const rows = Object.values(ruleSet.cover);
  const read = new Set(
    rows
      .flat()
      .filter(isReference)
      .map((cell) => cell.slice(1)),
  );
  for (const { length, requires } of ruleSet.windows) {
    if ('parameter' in length) read.add(length.parameter);
    const days = requires.claimWithin?.days;
    if (typeof days === 'object') read.add(days.parameter);
  }
  for (const name of Object.keys(fixedParameters)) read.add(name);
  const undelivered = rows.filter((row) => row.some((cell) => canBe(ruleSet, cell, 'undelivered')));
  if (undelivered.length === 0) read.delete('undelivered');
  if (!undelivered.some((row) => canBe(ruleSet, row[columns.indexOf('outside')]!, 'wmo')))
    read.delete('wmoStops');
  return read;
}

function isReference(cell: Cell): boolean {
  return cell.startsWith('$');
}

function canBe({ parameters }: RuleSet, cell: Cell, value: string): boolean {
  if (!isReference(cell)) return cell === value;
  const parameter = parameters[cell.slice(1)]!;
  const local = localLevels.flatMap((level) => Object.values(parameter.local[level]).flat());
  return [...parameter.national, ...local].some((dated) => dated.value === value);
}

function windowsWithoutDays({ windows }: RuleSet): RuleSetWarning[] {
  return windows
    .filter(({ trigger, payer }) => trigger === 'death' && payer === 'per-day')
    .map(({ id }) =>
      warningAt(
        ['windows', id],
        'window-pays-no-day',
        `The window ${id} pays no day, whatever its length: from the day after death nobody is insured or lives anywhere. Write payer: at-trigger.`,
      ),
    );
}

const codePatterns: Record<Exclude<Level, 'national'>, { pattern: RegExp; words: string }> = {
  provider: { pattern: /^\d{8}$/, words: 'AGB code of 8 digits' },
  insurer: { pattern: /^\d{4}$/, words: 'UZOVI code of 4 digits' },
  municipality: { pattern: /^\d{4}$/, words: 'CBS code of 4 digits' },
  'care-office': { pattern: /^\d{4}$/, words: 'code of 4 digits' },
};

function strangeCodes({ parameters, prices }: RuleSet): RuleSetWarning[] {
  return [...strangeCodesIn('parameters', parameters), ...strangeCodesIn('prices', prices)];
}

function strangeCodesIn(section: string, values: Record<string, Pick<Parameter, 'local'>>): RuleSetWarning[] {
  return Object.entries(values).flatMap(([name, { local }]) =>
    localLevels.flatMap((level) =>
      Object.keys(local[level])
        .filter((code) => !codePatterns[level].pattern.test(code))
        .map((code) =>
          warningAt(
            [section, name, level, code],
            'code-matches-nobody',
            `No ${level} has the code "${code}". Write a ${codePatterns[level].words}, in quotes so that a first zero stays.`,
          ),
        ),
    ),
  );
}

import { readCases, runExamples, type Case } from '@domeinbrug/cases';
import {
  findRuleSet,
  loadRuleSets,
  readRuleSet,
  warningAt,
  type RuleSet,
  type RuleSetCatalogue,
} from '@domeinbrug/rules';
import type { RuleSetProblem, RuleSetWarning, Window } from '@domeinbrug/rules';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { exitCodes, WrongUse, type ExitCode } from '../refusal.js';
import { settingsFor } from '../settings.js';
import type { Terminal } from '../terminal.js';
import { counted } from '../text/columns.js';
import { harmless } from '../text/harmless.js';

/** What was found in one rule set. */
interface CheckedFile {
  file: string;
  ruleSet: { id: string; version: string; hash: string } | null;
  problems: RuleSetProblem[];
  warnings: RuleSetWarning[];
  /** How many examples hold, and of each other one what came out instead. */
  examples: { held: number; failures: { id: string; failures: string[] }[] };
}

/** Checks rule sets and runs their examples. Exit code 1 when one has a problem or an example that does not hold. */
export function checkRules(terminal: Terminal, options: { json?: boolean }, files: string[]): ExitCode {
  for (const file of files) {
    if (!existsSync(file) || statSync(file).isDirectory()) throw new WrongUse(`There is no file ${file}.`);
  }
  const checked = checkFiles(files, settingsFor().rulesDir);
  if (options.json) terminal.out(JSON.stringify(checked, null, 2));
  else terminal.out(checked.flatMap(linesOf).map(harmless).join('\n'));
  const sound = checked.every(({ problems, examples }) => problems.length + examples.failures.length === 0);
  return sound ? exitCodes.done : exitCodes.problems;
}

/** The files over each other and over the rule sets of the folder; a file of that folder itself counts once. */
function checkFiles(files: readonly string[], rulesDir: string): CheckedFile[] {
  const asked = files.map((file) => ({ name: file, text: readFileSync(file, 'utf8') }));
  const paths = new Set(files.map((file) => resolve(file)));
  const others = readdirSync(rulesDir)
    .map((name) => join(rulesDir, name))
    .filter((path) => /\.(ya?ml|json)$/.test(path) && !paths.has(resolve(path)))
    .map((path) => ({ name: path, text: readFileSync(path, 'utf8') }));
  const loaded = loadRuleSets([...others, ...asked]);
  if (!loaded.ok) {
    return files.map((file) =>
      problemsOnly(
        file,
        loaded.problems.filter((problem) => problem.file === file),
      ),
    );
  }
  return asked.map(({ name, text }) => checkOne(name, text, loaded.value));
}

function problemsOnly(file: string, problems: RuleSetProblem[]): CheckedFile {
  return { file, ruleSet: null, problems, warnings: [], examples: { held: 0, failures: [] } };
}

function checkOne(file: string, text: string, catalogue: RuleSetCatalogue): CheckedFile {
  const { ruleSet, problems, warnings } = readRuleSet(text, catalogue);
  if (!ruleSet) return problemsOnly(file, problems);
  const { id, version, hash } = ruleSet;
  const { results, problems: unreadable } = runExamples(ruleSet, catalogue);
  const failures = [
    ...unreadable.map(({ where, message }) => ({ id: where, failures: [message] })),
    ...results.filter((result) => result.failures.length > 0),
  ].map(({ id: example, failures: found }) => ({ id: example, failures: found }));
  return {
    file,
    ruleSet: { id, version, hash },
    problems,
    warnings: [...warnings, ...windowsWithoutExample(ruleSet, catalogue)],
    examples: { held: results.length - results.filter((one) => one.failures.length > 0).length, failures },
  };
}

/** A published window that no example expects a row of: nobody has written down what it is meant to do. */
function windowsWithoutExample(ruleSet: RuleSet, catalogue: RuleSetCatalogue): RuleSetWarning[] {
  if (ruleSet.publishedOn === null) return [];
  const base = ruleSet.base && findRuleSet(catalogue, ruleSet.base);
  const { cases } = readCases('examples.json', JSON.stringify(ruleSet.examples));
  const reached = new Set(cases.flatMap((one) => rulesExpected(one.case, ruleSet)));
  return ruleSet.windows
    .filter(
      (window) => !reached.has(window.id) && canPay(window, ruleSet) && !isInherited(window, ruleSet, base),
    )
    .map(({ id }) =>
      warningAt(
        ['windows', id],
        'window-without-example',
        `No example expects a row of the window ${id}. Add one that opens it, so that what it means is written down.`,
      ),
    );
}

/** The rules of the rows that an example expects under the rule set that carries it. */
function rulesExpected({ ruleSet, expect, knownAt }: Case, carrier: RuleSet): string[] {
  const own = [undefined, carrier.id, `${carrier.id}@${carrier.version}`];
  if (typeof ruleSet === 'object' || !own.includes(ruleSet)) return [];
  return [expect, ...Object.values(knownAt ?? {})].flatMap((each) =>
    (each?.cover ?? []).map((row) => String(row['rule'])),
  );
}

/** What an overlay leaves as it was is for its base to explain. */
function isInherited(window: Window, ruleSet: RuleSet, base: RuleSet | null | undefined): boolean {
  const inBase = base?.windows.find(({ id }) => id === window.id);
  if (!base || !inBase) return false;
  const meaning = (one: Window, { parameters }: RuleSet): string =>
    JSON.stringify([one, 'parameter' in one.length ? parameters[one.length.parameter] : null]);
  return meaning(window, ruleSet) === meaning(inBase, base);
}

/** A window whose length is zero on every day is there to be turned on by another rule set. */
function canPay({ length }: Window, { parameters }: RuleSet): boolean {
  if (!('parameter' in length)) return true;
  const { national, local } = parameters[length.parameter]!;
  const values = [...national, ...Object.values(local).flatMap((codes) => Object.values(codes).flat())];
  return values.some(({ value }) => value !== 0 && value !== null);
}

function linesOf({ file, ruleSet, problems, warnings, examples }: CheckedFile): string[] {
  const failed = examples.failures.length;
  return [
    ...problems.map(
      ({ line, path, message }) => `${file}${line === null ? '' : `:${line}`}: ${path}: ${message}`,
    ),
    ...warnings.map(({ path, message }) => `${file}: warning: ${path}: ${message}`),
    ...examples.failures.flatMap(({ id, failures }) => [
      `${file}: example ${id}`,
      ...failures.flatMap((failure) => failure.split('\n')).map((line) => `  ${line}`),
    ]),
    ruleSet
      ? `${file}: ${ruleSet.id}@${ruleSet.version} ${ruleSet.hash.slice(0, 12)}: ${counted(warnings.length, 'warning')}, ` +
        `${counted(examples.held, 'example holds', 'examples hold')}${failed > 0 ? `, ${failed} not` : ''}`
      : `${file}: ${counted(problems.length, 'problem')}`,
  ];
}

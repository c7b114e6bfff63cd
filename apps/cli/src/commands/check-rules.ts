import { checkRuleSet, type CheckedRuleSet } from '@domeinbrug/cases';
import { loadRuleSets, type RuleSetCatalogue, type RuleSetProblem } from '@domeinbrug/rules';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { exitCodes, WrongUse, type ExitCode } from '../refusal.js';
import { settingsFor } from '../settings.js';
import type { Terminal } from '../terminal.js';
import { counted } from '../text/columns.js';
import { harmless } from '../text/harmless.js';

/** What was found in one rule set. */
interface CheckedFile extends Pick<CheckedRuleSet, 'problems' | 'warnings'> {
  file: string;
  ruleSet: { id: string; version: string; hash: string } | null;
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
  const { ruleSet, problems, warnings, examples } = checkRuleSet(text, catalogue);
  if (!ruleSet) return problemsOnly(file, problems);
  const { id, version, hash } = ruleSet;
  const failed = examples.filter((example) => example.failures.length > 0);
  return {
    file,
    ruleSet: { id, version, hash },
    problems,
    warnings,
    examples: {
      held: examples.length - failed.length,
      failures: failed.map(({ id: example, failures }) => ({ id: example, failures })),
    },
  };
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

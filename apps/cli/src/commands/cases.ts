import { caseRunner, readCases, type CaseProblem, type CaseResult, type CaseRunner } from '@domeinbrug/cases';
import { createReadStream, existsSync, readdirSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { exitCodes, WrongUse, type ExitCode } from '../refusal.js';
import { rulesOf } from '../rules-folder.js';
import { settingsFor } from '../settings.js';
import type { Terminal } from '../terminal.js';
import { counted } from '../text/columns.js';
import { harmless } from '../text/harmless.js';

const extensions = ['.yaml', '.yml', '.json', '.ndjson'];

type Outcome = { where: string; result: CaseResult } | CaseProblem;

interface Tally {
  held: number;
  failed: number;
  unreadable: number;
}

/**
 * Runs the cases of files and folders, each told of as soon as it has run. A file of NDJSON is never held whole.
 * Exit code 0 when all hold.
 */
export async function cases(
  terminal: Terminal,
  options: { json?: boolean },
  paths: string[],
): Promise<ExitCode> {
  const files = paths.flatMap(filesOf);
  const runner = caseRunner({ ruleSets: (await rulesOf(settingsFor())).all });
  const tally: Tally = { held: 0, failed: 0, unreadable: 0 };
  const told: object[] = [];
  for (const file of files) {
    for await (const outcome of outcomesOf(file, runner)) {
      count(outcome, tally);
      if (options.json) told.push(asJson(outcome));
      else failureLines(outcome).forEach((line) => terminal.out(line));
    }
  }
  const all = tally.held + tally.failed + tally.unreadable;
  if (all === 0) throw new WrongUse(`There is no case in ${paths.join(', ')}.`);
  terminal.out(
    options.json ? JSON.stringify({ ...tally, results: told }, null, 2) : summary(tally, files.length),
  );
  return tally.held === all ? exitCodes.done : exitCodes.problems;
}

/** @throws WrongUse when there is no such file or folder, or nothing in it that could be a case */
function filesOf(path: string): string[] {
  if (!existsSync(path)) throw new WrongUse(`There is no file or folder ${path}.`);
  if (!statSync(path).isDirectory()) return [path];
  const files = readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isFile() && extensions.includes(extname(entry.name)))
    .map((entry) => join(path, entry.name))
    .sort();
  if (files.length > 0) return files;
  throw new WrongUse(`The folder ${path} holds no file that can be cases (${extensions.join(', ')}).`);
}

async function* outcomesOf(file: string, runner: CaseRunner): AsyncGenerator<Outcome> {
  if (!file.endsWith('.ndjson')) {
    yield* run(readCases(file, await readFile(file, 'utf8')), runner);
    return;
  }
  let number = 0;
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    number += 1;
    const where = `${file}:${number}`;
    for (const outcome of run(readCases(file, line), runner)) yield { ...outcome, where };
  }
}

function* run(
  { cases: read, problems }: ReturnType<typeof readCases>,
  runner: CaseRunner,
): Generator<Outcome> {
  yield* problems;
  for (const { where, case: written } of read) yield { where, result: runner.run(written) };
}

function count(outcome: Outcome, tally: Tally): void {
  if (!('result' in outcome)) tally.unreadable += 1;
  else if (outcome.result.failures.length > 0) tally.failed += 1;
  else tally.held += 1;
}

function asJson(outcome: Outcome): object {
  if (!('result' in outcome)) return { ...outcome, holds: false };
  const { where, result } = outcome;
  return { where, ...result, holds: result.failures.length === 0 };
}

function failureLines(outcome: Outcome): string[] {
  if (!('result' in outcome)) return [harmless(`${outcome.where}: ${outcome.message}`)];
  const { where, result } = outcome;
  if (result.failures.length === 0) return [];
  const title = result.title === '' ? '' : `, ${result.title}`;
  const failures = result.failures.flatMap((failure) => failure.split('\n'));
  return [`${where}: ${result.id}${title}`, ...failures.map((line) => `  ${line}`)].map(harmless);
}

function summary({ held, failed, unreadable }: Tally, files: number): string {
  const parts = [
    `${counted(held, 'case holds', 'cases hold')}`,
    ...(failed > 0 ? [`${counted(failed, 'does', 'do')} not`] : []),
    ...(unreadable > 0 ? [`${counted(unreadable, 'problem')} in what could not be read`] : []),
  ];
  return `${parts.join(', ')} (${counted(files, 'file')}).`;
}

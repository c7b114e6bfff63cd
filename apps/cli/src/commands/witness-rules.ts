import { caseText, findWitness, witnessCase, type WitnessSearch } from '@domeinbrug/histories';
import { writeFileSync } from 'node:fs';
import { exitCodes, ProblemFound, WrongUse, type ExitCode } from '../refusal.js';
import { ruleSetToCompare, rulesOf, type ComparedRules } from '../rules-folder.js';
import { settingsFor, type FolderOptions } from '../settings.js';
import type { Terminal } from '../terminal.js';
import { harmless } from '../text/harmless.js';

type Options = FolderOptions & { seed: string; tries: string; out?: string; json?: boolean };

/** However many tries: after a minute what was found counts. */
const patience = 60_000;

/**
 * A shortest history on which two rule sets differ, as a case that holds. Exit code 0 when there is one and when there
 * can be none, 1 when none was found.
 */
export async function witnessRules(
  terminal: Terminal,
  options: Options,
  first: string,
  second: string,
): Promise<ExitCode> {
  const [seed, tries] = [countArgument('--seed', options.seed), countArgument('--tries', options.tries)];
  const rules = await rulesOf(settingsFor(options));
  const [one, other] = [
    ruleSetToCompare(rules, first, 'rules witness'),
    ruleSetToCompare(rules, second, 'rules witness'),
  ];
  const search = findWitness(one.ruleSet, other.ruleSet, { seed, tries, patience });
  const written = search.outcome === 'found' ? caseOf(search, one, other) : null;
  if (written && options.out !== undefined) write(options.out, `${written.text}`);
  if (options.json)
    terminal.out(JSON.stringify(asJson(search, one, other, seed, written?.case ?? null), null, 2));
  else if (written && options.out === undefined) terminal.out(harmlessLines(written.text));
  else terminal.out(harmless(sentence(search, one, other, options.out)));
  return search.outcome === 'not-found' ? exitCodes.problems : exitCodes.done;
}

/** @throws WrongUse */
function countArgument(option: string, text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new WrongUse(`${option}: "${text}" is no number; write a whole number below 1,000,000,000.`);
}

type Found = Extract<WitnessSearch, { outcome: 'found' }>;

function caseOf(
  { witness }: Found,
  one: ComparedRules,
  other: ComparedRules,
): { case: object; text: string } {
  const named = witnessCase(
    witness,
    { name: nameOf(one), choice: one.choice },
    { name: nameOf(other), choice: other.choice },
  );
  return { case: named, text: caseText(named) };
}

function nameOf({ ruleSet: { id, version } }: ComparedRules): string {
  return `${id}@${version}`;
}

/** @throws ProblemFound */
function write(file: string, text: string): void {
  try {
    writeFileSync(file, text, { flag: 'wx' });
  } catch (error) {
    throw new ProblemFound(
      `--out: ${file} cannot be written (${(error as NodeJS.ErrnoException).code}); name a file that is not there yet, in a folder that is.`,
    );
  }
}

function sentence(search: WitnessSearch, one: ComparedRules, other: ComparedRules, file?: string): string {
  const names = `${nameOf(one)} and ${nameOf(other)}`;
  switch (search.outcome) {
    case 'same-meaning':
      return `${names} mean the same (${one.ruleSet.hash.slice(0, 12)}): no history can tell them apart.`;
    case 'same-cover':
      return `${names} differ in nothing that decides who pays, only in amounts or in what no rule reads: no history can tell them apart. rules diff says in what.`;
    case 'found':
      return `${names} differ on a history of ${search.witness.events.length} events, now in ${file}; domeinbrug cases ${file} runs it.`;
    case 'not-found':
      return `None of ${search.tried} invented histories tells ${names} apart. That is no proof that none does: try more with --tries, or others with --seed.`;
  }
}

function asJson(
  search: WitnessSearch,
  one: ComparedRules,
  other: ComparedRules,
  seed: number,
  found: object | null,
): object {
  const [before, after] = [one, other].map(({ ruleSet: { id, version, hash } }) => ({ id, version, hash }));
  const tried = 'tried' in search ? search.tried : 0;
  return { before, after, outcome: search.outcome, seed, tried, case: found };
}

function harmlessLines(text: string): string {
  return text.trimEnd().split('\n').map(harmless).join('\n');
}

import { identityOf, type ReplayQuestion } from '@domeinbrug/replay';
import { sameMeaning } from '@domeinbrug/rules';
import { nameOf } from '../../../api/src/stores/rules.js';
import { knownAtArgument } from '../arguments.js';
import { exitCodes, WrongUse, type ExitCode } from '../refusal.js';
import {
  askedReplay,
  dimensionsArgument,
  threadsArgument,
  type AskedReplay,
  type ReplayArguments,
} from '../replay/asked-replay.js';
import { describeReplay, tableBy } from '../replay/describe-replay.js';
import { repeatReplay } from '../replay/repeat-replay.js';
import { archiveSource } from '../replay/archive-source.js';
import { folderSource, type ReplaySource } from '../replay/replay-source.js';
import { ReplayRunner } from '../replay/run-replay.js';
import { replayAsJson, resultsOf, toldOf, writeResults } from '../replay/told-replay.js';
import { resultsFile, type ResultsFile } from '../replay/write-results.js';
import { mergeSealedFiles, sealedArgument, writeSealed } from '../replay/sealed.js';
import { splitReplays } from '../replay/split-replays.js';
import { settingsFor, type FolderOptions } from '../settings.js';
import type { Terminal } from '../terminal.js';
import { WrongUses } from '../wrong-uses.js';

export interface ReplayOptions extends FolderOptions, ReplayArguments {
  knownAt?: string;
  by?: string;
  threads?: string;
  out?: string;
  archive?: string;
  repeat?: string;
  sealed?: string;
  merge?: string[];
  split?: string[];
  json?: boolean;
}

/** What another rule set would have changed. Reads only, but for the answer that it keeps; a service may run beside it. */
export async function replay(
  terminal: Terminal,
  options: ReplayOptions,
  baseline: string | undefined,
  alternative: string | undefined,
): Promise<ExitCode> {
  refuseTogether(options, baseline);
  if (options.merge !== undefined) return mergeSealedFiles(terminal, options.merge, options);
  const wrong = new WrongUses();
  const file = wrong.read(() => resultsFile(options.out));
  const sealed = wrong.read(() => sealedArgument(options));
  const threads = wrong.read(() => threadsArgument(options.threads));
  const moment = wrong.read(() => knownAtArgument(options.knownAt));
  const by = wrong.read(() => dimensionsArgument(options.by));
  const source = await sourceOf(options);
  try {
    const { repeat: id, split: ids, json } = options;
    if (ids !== undefined) {
      wrong.throwIfAny();
      return await splitReplays(terminal, source, { ids, threads, json });
    }
    if (id !== undefined) {
      wrong.throwIfAny();
      return await repeatReplay(terminal, source, { id, by: by!, file, threads, json });
    }
    const asked = askedReplay(source.rules, [baseline, alternative], options, wrong);
    const knownAt = await wrong.readLater(() => source.knownAt(moment));
    wrong.throwIfAny();
    const question = await questionOf(source, asked!, knownAt!);
    const runner = await ReplayRunner.over(terminal, source, { keeps: true, threads });
    return await answer(terminal, runner, question, { by: by!, file, sealed, options }).finally(() =>
      runner.close(),
    );
  } finally {
    await source.close();
  }
}

/** One of these says all that is to be done. */
function refuseTogether(options: ReplayOptions, baseline: string | undefined): void {
  const alone = (['merge', 'split', 'repeat'] as const).filter((name) => options[name] !== undefined);
  const [first] = alone;
  if (first === undefined) return;
  const asked = ['firstDay', 'lastDay', 'knownAt', 'vary', 'privacy', 'sealed'] as const;
  const others = [
    ...(baseline === undefined ? [] : ['a rule set']),
    ...alone.slice(1).map((name) => `--${name}`),
    ...asked.filter((name) => options[name] !== undefined).map(optionName),
  ];
  if (others.length > 0) throw new WrongUse(`--${first} asks nothing else: leave out ${others.join(', ')}.`);
  if (first === 'merge' && options.out !== undefined && !options.out.endsWith('.json'))
    throw new WrongUse('--merge: what is written is JSON; name it --out <file>.json.');
}

function optionName(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

function sourceOf(options: ReplayOptions): Promise<ReplaySource> {
  const config = settingsFor(options);
  return options.archive === undefined ? folderSource(config) : archiveSource(options.archive, config);
}

async function questionOf(
  source: ReplaySource,
  asked: AskedReplay,
  knownAt: ReplayQuestion['knownAt'],
): Promise<ReplayQuestion> {
  return { ...asked, knownAt, digest: (await source.digest(knownAt.position))! };
}

interface Asked {
  by: ReturnType<typeof dimensionsArgument>;
  file: ResultsFile | undefined;
  sealed: { place: string; path: string } | undefined;
  options: ReplayOptions;
}

async function answer(
  terminal: Terminal,
  runner: ReplayRunner,
  question: ReplayQuestion,
  { by, file, sealed, options }: Asked,
): Promise<ExitCode> {
  sayWhenSame(terminal, question);
  const answered = await runner.run(identityOf(question), question);
  const results = resultsOf(answered, await runner.cells(answered, by));
  if (sealed) writeSealed(sealed, answered, results);
  else if (file) writeResults(file, answered, results);
  const told = toldOf(answered);
  if (options.json) terminal.out(JSON.stringify(replayAsJson(told, results), null, 2));
  else {
    const table = options.by === undefined || file ? [] : tableBy(results);
    const where = file
      ? ['', `${results.rows.length.toLocaleString('en-GB')} rows are in ${file.path}.`]
      : [];
    terminal.out([...describeReplay(told), ...table, ...where].join('\n'));
  }
  return exitCodes.done;
}

/** Before anything runs: whoever compares a rule set with itself under another name need not wait to learn it. */
function sayWhenSame(terminal: Terminal, { baseline, alternative, vary }: ReplayQuestion): void {
  if (vary !== null || !sameMeaning(baseline, alternative)) return;
  terminal.err(
    `${nameOf(baseline)} and ${nameOf(alternative)} mean the same: no history can tell them apart, and nothing will differ.`,
  );
}

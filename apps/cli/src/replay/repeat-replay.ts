import { answerDigest, identityOf, type AnsweredReplay, type Dimension } from '@domeinbrug/replay';
import { exitCodes, ProblemFound, type ExitCode } from '../refusal.js';
import type { Terminal } from '../terminal.js';
import { keptAnswer } from './kept-answer.js';
import type { ReplaySource } from './replay-source.js';
import { ReplayRunner } from './run-replay.js';
import { resultsOf, writeResults } from './told-replay.js';
import type { ResultsFile } from './write-results.js';

export interface RepeatAsked {
  id: string;
  by: readonly Dimension[];
  file: ResultsFile | undefined;
  threads: number | undefined;
  json: boolean | undefined;
}

/** Runs a kept question anew and compares the whole answer with the one that was kept; exit code 1 when they differ. */
export async function repeatReplay(
  terminal: Terminal,
  source: ReplaySource,
  { id, by, file, threads, json }: RepeatAsked,
): Promise<ExitCode> {
  const before = await answerBefore(terminal, source, id);
  await refuseOtherLog(source, before);
  const runner = await ReplayRunner.over(terminal, source, { keeps: false, threads });
  try {
    const anew = await runner.run(id, before.question);
    const digests = { before: answerDigest(before), anew: answerDigest(anew) };
    if (file) writeResults(file, anew, resultsOf(anew, await runner.cells(anew, by)));
    const same = digests.before === digests.anew;
    terminal.out(json ? JSON.stringify({ id, same, ...digests }, null, 2) : inWords(digests));
    return same ? exitCodes.done : exitCodes.problems;
  } finally {
    await runner.close();
  }
}

function inWords({ before, anew }: { before: string; anew: string }): string {
  if (before === anew) return `The same answer, byte for byte (SHA-256 ${anew}).`;
  return (
    `Another answer: it was SHA-256 ${before} and is ${anew}. The kept answer or the archive of facts was changed: ` +
    'domeinbrug verify compares the log, domeinbrug projections rebuild makes the rest anew.'
  );
}

async function answerBefore(terminal: Terminal, source: ReplaySource, id: string): Promise<AnsweredReplay> {
  const runner = await ReplayRunner.over(terminal, source, { keeps: true, threads: undefined });
  try {
    return keptAnswer(runner, source, id, '--repeat');
  } finally {
    await runner.close();
  }
}

/** @throws ProblemFound when the question was of another engine or another history */
async function refuseOtherLog(source: ReplaySource, { id, question }: AnsweredReplay): Promise<void> {
  if (identityOf(question) !== id)
    throw new ProblemFound(
      `Another version of Domeinbrug gave the answer ${id}; only that version can repeat it.`,
    );
  const { position } = question.knownAt;
  if ((await source.digest(position)) === question.digest) return;
  throw new ProblemFound(
    `The log is not the one that ${id} was answered over: at position ${position} it has another history. Restore the ` +
      'log of then (domeinbrug restore), or ask the question anew.',
  );
}

import { isDeepStrictEqual } from 'node:util';
import type { AnsweredReplay, Split, StationSums } from '@domeinbrug/replay';
import { exitCodes, WrongUse, type ExitCode } from '../refusal.js';
import type { Terminal } from '../terminal.js';
import { told } from '../text/told.js';
import { keptAnswer } from './kept-answer.js';
import type { ReplaySource } from './replay-source.js';
import { ReplayRunner } from './run-replay.js';
import { euros, rightAligned } from './totals.js';

const parts = ['corrections', 'rules', 'prices', 'total'] as const;
const amounts = ['recorded', 'agreed', 'assumedLow', 'assumedMid', 'assumedHigh'] as const;

/**
 * Why the alternatives of two kept answers differ: what became known in between, the rules, the prices.
 *
 * @throws WrongUse when they are not of the same days, people and privacy
 */
export async function splitReplays(
  terminal: Terminal,
  source: ReplaySource,
  { ids, threads, json }: { ids: readonly string[]; threads: number | undefined; json: boolean | undefined },
): Promise<ExitCode> {
  const [from, to] = ids;
  if (from === undefined || to === undefined || ids.length > 2)
    throw new WrongUse('--split: name two kept answers: --split <id> <id>.');
  const runner = await ReplayRunner.over(terminal, source, { keeps: true, threads });
  try {
    const answers = [from, to].map((id) => keptAnswer(runner, source, id, '--split')) as [
      AnsweredReplay,
      AnsweredReplay,
    ];
    refuseOthers(answers);
    const split = await runner.split(...answers);
    terminal.out(json ? JSON.stringify({ from, to, split }, null, 2) : describeSplit(split).join('\n'));
    return exitCodes.done;
  } finally {
    await runner.close();
  }
}

function refuseOthers([{ question: a }, { question: b }]: readonly [AnsweredReplay, AnsweredReplay]): void {
  const scopeOf = ({ period, population, privacy }: typeof a): object => ({ period, population, privacy });
  if (!isDeepStrictEqual(scopeOf(a), scopeOf(b)))
    throw new WrongUse(
      '--split: the two answers are not of the same days, people and privacy; ask one of them anew.',
    );
}

function describeSplit(split: Split | null): string[] {
  if (split === null) return ['Too few people stand behind a part of the difference to tell it.'];
  const used = amounts.filter((name) => parts.some((part) => split[part][name] !== 0));
  const line = (name: string, sums: StationSums, isChange: boolean): string[] => [
    name,
    told(sums.days, isChange),
    ...used.map((amount) => euros(sums[amount])),
  ];
  return rightAligned(1, [
    ['', 'days', ...used.map((name) => `${name} (euros)`)],
    line('first', split.from, false),
    line('what became known', split.corrections, true),
    line('rules', split.rules, true),
    line('prices and assumed use', split.prices, true),
    line('second', split.to, false),
    line('difference', split.total, true),
  ]);
}

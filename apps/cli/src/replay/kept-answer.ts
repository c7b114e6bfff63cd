import type { AnsweredReplay } from '@domeinbrug/replay';
import { WrongUse } from '../refusal.js';
import type { ReplaySource } from './replay-source.js';
import type { ReplayRunner } from './run-replay.js';

/** @throws WrongUse when no answer with this id is kept */
export function keptAnswer(
  runner: ReplayRunner,
  { answers }: ReplaySource,
  id: string,
  option: string,
): AnsweredReplay {
  const found = /^[0-9a-f]{64}$/.test(id) ? runner.answered(id) : undefined;
  if (found) return found;
  throw new WrongUse(
    `${option}: no answer with the id "${id}" is kept in ${answers.folder}; an id has 64 digits and letters, and each ` +
      'replay says its own.',
  );
}

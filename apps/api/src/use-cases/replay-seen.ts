import type { Asker } from '@domeinbrug/access';
import { Problem } from '@domeinbrug/problems';
import {
  ReplayFailed,
  ReplayStopped,
  type AnsweredReplay,
  type ReplayQuestion,
  type Replays,
  type ReplayStatus,
} from '@domeinbrug/replay';
import { progressOf } from './replay-told.js';

export interface SeenReplay {
  status: ReplayStatus;
  question: ReplayQuestion;
}

/**
 * A replay that the asker may see: an auditor each, others those whose answers hide the few.
 *
 * @throws Problem 404, the same for one that is not there and one that is not the asker's to see
 */
export function replaySeen(replays: Replays, id: string, asker: Asker): SeenReplay {
  const isId = /^[0-9a-f]{64}$/.test(id);
  const [status, question] = isId ? [replays.status(id), replays.question(id)] : [];
  if (status && question && (question.privacy !== 'none' || asker.kind === 'auditor'))
    return { status, question };
  throw new Problem(
    'replay-unknown',
    'No replay that you may see has this id. Ask for it (POST /v1/replays): the same question has the same id.',
  );
}

/**
 * The answer of a replay that the asker may see, whole: what may leave of it is for the caller to decide.
 *
 * @throws Problem 404 as {@link replaySeen}; 409 before its end and when it failed; 410 when it was cancelled
 */
export function answeredReplay(replays: Replays, id: string, asker: Asker): AnsweredReplay {
  const { status } = replaySeen(replays, id, asker);
  const answered = status.state === 'done' ? replays.answered(id) : undefined;
  if (answered) return answered;
  if (status.state === 'failed')
    throw new Problem(
      'replay-failed',
      `${status.failure} Asking for it again (POST /v1/replays) tries again.`,
    );
  if (status.state === 'cancelled')
    throw new Problem('replay-cancelled', 'Somebody cancelled it. Ask for it again: POST /v1/replays.');
  throw new Problem(
    'not-finished',
    `${Math.round(100 * progressOf(status).progress)} % is done; GET /v1/replays/${id}/progress tells when it has ended.`,
  );
}

/** What is computed of a replay while its asker waits. @throws Problem 409 when it fails, or was ended */
export async function computed<T>(computing: Promise<T>): Promise<T> {
  try {
    return await computing;
  } catch (error) {
    if (error instanceof ReplayFailed || error instanceof ReplayStopped)
      throw new Problem('replay-failed', error.message);
    throw error;
  }
}

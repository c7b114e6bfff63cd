import type { Replays, ReplayStatus } from '@domeinbrug/replay';
import { progressOf } from './replay-told.js';

/** `quiet`: nothing has changed for a while. */
export type ReplayFollowed = { kind: 'status'; status: ReplayStatus; mark: string } | { kind: 'quiet' };

/** How a reader who comes back says where it was: so many percent, or how it ended. */
export const markForm = /^(running-\d{1,3}|done|failed|cancelled)$/;

function markOf(status: ReplayStatus): string {
  const { state, progress } = progressOf(status);
  return state === 'running' ? `running-${Math.round(100 * progress)}` : state;
}

export interface FollowingReplay {
  /** What was told last; left out when nothing was. */
  after?: string;
  /** How long nothing may change before `quiet` is given, in milliseconds. */
  quietMs: number;
  /** Ends the sequence. */
  signal: AbortSignal;
}

/** How far a replay is, whenever that changes, and at last how it ended; ends with it, or with `signal`. */
export async function* followReplay(
  replays: Replays,
  id: string,
  { after, quietMs, signal }: FollowingReplay,
): AsyncGenerator<ReplayFollowed> {
  const statuses = replays.follow(id, signal);
  let told = after;
  for (let next = statuses.next(); ;) {
    const heard = await within(next, quietMs);
    if (heard === 'quiet') {
      yield { kind: 'quiet' };
      continue;
    }
    if (heard.done) return;
    const mark = markOf(heard.value);
    if (mark !== told) yield { kind: 'status', status: heard.value, mark };
    told = mark;
    next = statuses.next();
  }
}

async function within<T>(promise: Promise<T>, ms: number): Promise<T | 'quiet'> {
  let timer: NodeJS.Timeout | undefined;
  const quiet = new Promise<'quiet'>((resolve) => (timer = setTimeout(() => resolve('quiet'), ms)));
  try {
    return await Promise.race([promise, quiet]);
  } finally {
    clearTimeout(timer);
  }
}

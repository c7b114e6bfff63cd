import type { Append, AppendResult, EventLog } from '@domeinbrug/event-store';
import { setTimeout as pause } from 'node:timers/promises';

/** Sends an append until it is answered, as a caller does who must not lose it. */
export async function persist(log: EventLog, append: Append): Promise<AppendResult> {
  for (;;) {
    try {
      return await log.append(append);
    } catch (error) {
      if ((error as Error).name !== 'AppendFailed') throw error;
      await pause(5);
    }
  }
}

/** Numbers from 0 to 1 that are the same in every run. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Waits for what has to come about within ten seconds. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error('It did not come about within 10 seconds.');
    await pause(10);
  }
}

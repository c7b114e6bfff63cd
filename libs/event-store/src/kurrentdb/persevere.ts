import { ServerTrouble } from './log-server.js';
import { pause, pauseBefore, type KurrentdbTiming } from './timing.js';

/**
 * Tries again what failed for a reason that passes by itself: a lost connection, a server that is starting, another
 * leader. Only for what may be done twice.
 * @throws what the last try rejected with
 */
export async function persevere<T>(timing: KurrentdbTiming, work: () => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried++) {
    try {
      return await work();
    } catch (error) {
      const passing = error instanceof ServerTrouble && error.passes;
      if (!passing || tried >= timing.tries) throw error;
    }
    await pause(pauseBefore(tried - 1, timing));
  }
}

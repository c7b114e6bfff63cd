import type { KnownAt } from '@domeinbrug/coverage';
import { comparePositions, START, type EventLogReader } from '@domeinbrug/event-store';
import type { KnowledgeArgument } from './arguments.js';
import { WrongUse } from './refusal.js';

/**
 * The moment and position that was asked for; all there is when nothing was. A moment still to come means now.
 * @throws WrongUse when the position is not in the log
 */
export async function knowledgeOf(
  log: EventLogReader,
  asked: KnowledgeArgument | undefined,
  now: () => number = Date.now,
): Promise<KnownAt> {
  const head = await log.head();
  if (asked === undefined) return { instant: head.recordedAt, position: head.position };
  if ('position' in asked) return atPosition(log, asked.position, head.position);
  const instant = Math.min(asked.instant, now());
  return instant >= head.recordedAt
    ? { instant, position: head.position }
    : { instant, position: await log.positionAt(instant) };
}

async function atPosition(log: EventLogReader, position: string, head: string): Promise<KnownAt> {
  if (position === START) return { instant: 0, position };
  if (comparePositions(position, head) <= 0) {
    const [event] = await log.readAll(String(BigInt(position) - 1n), 1);
    if (event?.position === position) return { instant: event.recordedAt, position };
  }
  throw new WrongUse(`--known-at: no event has position ${position}; the last one is ${head}.`);
}

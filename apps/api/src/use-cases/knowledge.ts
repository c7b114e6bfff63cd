import { tryParseInstant } from '@domeinbrug/calendar';
import type { KnownAt } from '@domeinbrug/coverage';
import { comparePositions, START, type EventLog, type Position } from '@domeinbrug/event-store';
import { invalidRequest, Problem, type ProblemError } from '@domeinbrug/platform';

/** Which knowledge a question is about: as of a moment, as of a position, or (neither) all there is. */
export interface KnowledgeAsked {
  /** RFC 3339 with offset. */
  knownAt?: string;
  knownAtPosition?: string;
  /** Wait until at least this position is there: what the asker has just written. */
  atLeast?: string;
}

const waitMs = 2_000;
const pollMs = 10;

/**
 * The moment and position that a question without {@link knowledgeErrors} means. A moment still to come means now.
 *
 * @throws Problem 400 when the position is not in the log; 503 when `atLeast` is not reached in time
 */
export async function knowledgeOf(log: EventLog, asked: KnowledgeAsked): Promise<KnownAt> {
  if (asked.atLeast !== undefined) await untilReached(log, asked.atLeast);
  const head = await log.head();
  if (asked.knownAtPosition !== undefined) return atPosition(log, asked.knownAtPosition, head.position);
  if (asked.knownAt === undefined) return { instant: head.recordedAt, position: head.position };
  const instant = Math.min(tryParseInstant(asked.knownAt)!, Date.now());
  return instant >= head.recordedAt
    ? { instant, position: head.position }
    : { instant, position: await log.positionAt(instant) };
}

/** What is wrong with asking for a moment and a position at once. */
export function knowledgeErrors(asked: KnowledgeAsked): ProblemError[] {
  if (asked.knownAt === undefined || asked.knownAtPosition === undefined) return [];
  return [
    {
      pointer: '/knownAtPosition',
      code: 'knowledge-twice',
      detail: 'Give either knownAt or knownAtPosition, not both.',
    },
  ];
}

async function atPosition(log: EventLog, position: Position, head: Position): Promise<KnownAt> {
  if (comparePositions(position, START) === 0) return { instant: 0, position };
  const [event] =
    comparePositions(position, head) > 0 ? [] : await log.readAll(String(BigInt(position) - 1n), 1);
  if (event?.position === position) return { instant: event.recordedAt, position };
  throw invalidRequest([
    {
      pointer: '/knownAtPosition',
      code: 'position-unknown',
      detail: `No event has this position; the last one is ${head}.`,
    },
  ]);
}

async function untilReached(log: EventLog, position: Position): Promise<void> {
  const deadline = Date.now() + waitMs;
  while (comparePositions((await log.head()).position, position) < 0) {
    if (Date.now() >= deadline) throw notReached(position);
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
}

export function notReached(position: Position): Problem {
  return new Problem(
    'position-not-reached',
    `Position ${position} is not there yet; ask again in a moment.`,
    {
      headers: { 'retry-after': '1' },
    },
  );
}

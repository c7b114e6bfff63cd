import { tryParseInstant } from '@domeinbrug/calendar';
import type { KnownAt } from '@domeinbrug/coverage';
import {
  comparePositions,
  START,
  type EventLog,
  type EventLogReader,
  type Position,
} from '@domeinbrug/event-store';
import { Problem, type ProblemError } from '@domeinbrug/problems';
import { sound } from './sound.js';

/** Which knowledge a question is about: as of a moment, as of a position, or (neither) all there is. */
export interface KnowledgeAsked {
  /** RFC 3339 with offset. */
  knownAt?: string;
  knownAtPosition?: string;
  /** Wait until at least this position is there: what the asker has just written. */
  atLeast?: string;
}

/** A moment of knowledge, read: an instant (ms since 1970) or a position in the log. */
export type KnowledgePoint = { instant: number } | { position: Position };

/** No event has the position that was asked for. */
export class PositionUnknown extends Error {
  override readonly name = 'PositionUnknown';

  constructor(position: Position, last: Position) {
    super(`No event has position ${position}; the last one is ${last}.`);
  }
}

const waitMs = 2_000;
const pollMs = 10;

/**
 * The moment and position of a point, or of all there is. Events of one append share a moment, so an answer is
 * always made of the events up to the position. A moment still to come means now; the log's last moment counts as
 * now also where the clock has been set back.
 *
 * @throws PositionUnknown
 */
export async function knowledgeOf(log: EventLogReader, point?: KnowledgePoint): Promise<KnownAt> {
  const head = await log.head();
  if (point === undefined) return { instant: head.recordedAt, position: head.position };
  if ('position' in point) return atPosition(log, point.position, head.position);
  const instant = Math.min(point.instant, Math.max(Date.now(), head.recordedAt));
  return instant >= head.recordedAt
    ? { instant, position: head.position }
    : { instant, position: await log.positionAt(instant) };
}

/**
 * {@link knowledgeOf} a question without {@link knowledgeErrors}.
 *
 * @throws Problem 400 when the position is not in the log; 503 when `atLeast` is not reached in time
 */
export async function knowledgeAsked(log: EventLog, asked: KnowledgeAsked): Promise<KnownAt> {
  if (asked.atLeast !== undefined) await untilReached(log, asked.atLeast);
  return sound(await readKnowledge(log, asked));
}

/** {@link knowledgeOf} a question, or what is wrong with it, to be told with all else. */
export async function readKnowledge(
  log: EventLogReader,
  asked: KnowledgeAsked,
): Promise<KnownAt | { error: ProblemError }> {
  try {
    return await knowledgeOf(log, pointOf(asked));
  } catch (error) {
    if (!(error instanceof PositionUnknown)) throw error;
    return { error: { pointer: '/knownAtPosition', code: 'position-unknown', detail: error.message } };
  }
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

function pointOf({ knownAt, knownAtPosition }: KnowledgeAsked): KnowledgePoint | undefined {
  if (knownAtPosition !== undefined) return { position: knownAtPosition };
  return knownAt === undefined ? undefined : { instant: tryParseInstant(knownAt)! };
}

async function atPosition(log: EventLogReader, position: Position, head: Position): Promise<KnownAt> {
  if (comparePositions(position, START) === 0) return { instant: 0, position };
  const [event] =
    comparePositions(position, head) > 0 ? [] : await log.readAll(String(BigInt(position) - 1n), 1);
  if (event?.position === position) return { instant: event.recordedAt, position };
  throw new PositionUnknown(position, head);
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

import {
  comparePositions,
  START,
  type EventLogReader,
  type Position,
  type RecordedEvent,
} from '@domeinbrug/event-store';
import type { FeedStart } from './fold-client.js';

/** The stream that holds which rule set was in force from where on. */
const activations = 'ruleset-active';

/** The source of what the service itself records. */
const ownSource = 'urn:domeinbrug';

type LogToRead = Pick<EventLogReader, 'readStream'>;

/** What started the feed at `since`; `null` when it begins with the log. @throws RangeError when the log has no such event */
export async function feedStartAt(log: LogToRead, since: Position): Promise<FeedStart | null> {
  if (since === START) return null;
  const event = (await log.readStream(activations, since)).at(-1);
  if (event?.position !== since) {
    throw new RangeError(`No rule set was activated at position ${since} of the log.`);
  }
  const { position, recordedAt, id } = event;
  return { position, recordedAt, causedBy: { source: ownSource, id, type: 'rule-set-activated' } };
}

/** Where in the log the last rule set took over from another; START while none has. */
export async function lastFeedStart(log: LogToRead): Promise<Position> {
  const last = (await log.readStream(activations)).at(-1);
  return last && endsFeed(last, START) ? last.position : START;
}

/** Where, up to a position, a feed that began at `since` ended; `null` while it goes on. */
export async function feedEndBefore(
  log: LogToRead,
  since: Position,
  upTo: Position,
): Promise<Position | null> {
  const end = (await log.readStream(activations, upTo)).find((event) => endsFeed(event, since));
  return end?.position ?? null;
}

/**
 * Whether a feed that began at `since` ends with this event, because another rule set took over. The first
 * activation only says what was in force already.
 */
export function endsFeed({ stream, revision, position }: RecordedEvent, since: Position): boolean {
  return stream === activations && revision > 0 && comparePositions(position, since) > 0;
}

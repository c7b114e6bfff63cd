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

/** What started the feed at `since`; `null` when it begins with the log. @throws RangeError when the log has no such event */
export async function feedStartAt(
  log: Pick<EventLogReader, 'readStream'>,
  since: Position,
): Promise<FeedStart | null> {
  if (since === START) return null;
  const event = (await log.readStream(activations, since)).at(-1);
  if (event?.position !== since) {
    throw new RangeError(`No rule set was activated at position ${since} of the log.`);
  }
  const { position, recordedAt, id, type } = event;
  return { position, recordedAt, causedBy: { source: ownSource, id, type } };
}

/**
 * Whether a feed that began at `since` ends with this event, because another rule set took over. The first
 * activation only says what was in force already.
 */
export function endsFeed({ stream, revision, position }: RecordedEvent, since: Position): boolean {
  return stream === activations && revision > 0 && comparePositions(position, since) > 0;
}

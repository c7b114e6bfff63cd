import { START, type EventLogReader, type RecordedEvent } from './event-log.js';
import { EMPTY_LOG_DIGEST, nextDigest } from './log-digest.js';

const eventsAPage = 2_000;
const namedPositions = 100;

/** What a log says of itself. */
export interface ChainVerification {
  events: number;
  /** Digest of the last event: two logs with the same one hold the same events in the same order. */
  digest: string;
  /** Positions whose digest is not the one that the events up to there give; at most the first hundred. */
  broken: string[];
  /** Positions of events whose content or id is not the one that was stored; at most the first hundred. */
  changed: string[];
  /** Positions of events recorded before the event in front of them; at most the first hundred. */
  backInTime: string[];
}

/**
 * Reads a whole log and compares each event with its digest and the moment of the one before.
 *
 * @param isAsStored whether an event still says what it said when it was stored, which a log does not know
 */
export async function verifyChain(
  log: Pick<EventLogReader, 'readAll'>,
  isAsStored: (event: RecordedEvent) => boolean,
): Promise<ChainVerification> {
  const result: ChainVerification = {
    events: 0,
    digest: EMPTY_LOG_DIGEST,
    broken: [],
    changed: [],
    backInTime: [],
  };
  let [after, latest] = [START, 0];
  for (;;) {
    const page = await log.readAll(after, eventsAPage);
    for (const event of page) {
      const { position, contentHash, digest, recordedAt } = event;
      if (digest !== nextDigest(result.digest, contentHash)) note(result.broken, position);
      if (!isAsStored(event)) note(result.changed, position);
      if (recordedAt < latest) note(result.backInTime, position);
      // From what is stored, so that one broken link is one difference.
      result.digest = digest;
      result.events += 1;
      [after, latest] = [position, recordedAt];
    }
    if (page.length < eventsAPage) return result;
  }
}

function note(positions: string[], position: string): void {
  if (positions.length < namedPositions) positions.push(position);
}

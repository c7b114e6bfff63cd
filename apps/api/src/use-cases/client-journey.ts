import { comparePositions, type EventLog, type Position, type RecordedEvent } from '@domeinbrug/event-store';
import { streamOf } from '@domeinbrug/intake';
import { journeyEventOf, type Journey } from '@domeinbrug/journey';
import { Problem } from '@domeinbrug/platform';

/** One client's events as they lie in the log, oldest first; none for a client nobody ever told of. */
export async function storedEvents(
  log: EventLog,
  clientId: string,
  upTo?: Position,
): Promise<RecordedEvent[]> {
  return log.readStream(streamOf(clientId), upTo);
}

/** The journey that the stored events up to and including a position tell of. */
export function journeyUpTo(
  { clientId, stored }: { clientId: string; stored: readonly RecordedEvent[] },
  upTo: Position,
): Journey {
  return journeyOf(
    clientId,
    stored.filter(({ position }) => comparePositions(position, upTo) <= 0),
  );
}

/** The journey that stored events tell of. */
export function journeyOf(clientId: string, stored: readonly RecordedEvent[]): Journey {
  return { clientId, events: stored.map(journeyEventOf) };
}

/** The same answer for a client that is not there and one that is not the asker's: existence is sensitive. */
export function unknownClient(): Problem {
  return new Problem('client-unknown', 'Nothing that you may see is known of this client.');
}

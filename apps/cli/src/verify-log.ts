import {
  comparePositions,
  EMPTY_LOG_DIGEST,
  nextDigest,
  START,
  type EventLogReader,
  type RecordedEvent,
} from '@domeinbrug/event-store';
import { contentHashOf, isServiceEventAsStored, serviceSource, storedIdOf } from '@domeinbrug/intake';
import { clientsStream, codesStream, isEventType, journeyEventOf } from '@domeinbrug/journey';
import { clientOfStream } from '@domeinbrug/projections';
import { counted } from './text/columns.js';

const eventsAPage = 2_000;

/** What the log says of itself. */
export interface LogVerification {
  events: number;
  /** Digest of the last event: two logs with the same one hold the same events in the same order. */
  digest: string;
  /** Positions whose digest is not the one that the events up to there give; at most the first hundred. */
  broken: string[];
  /** Positions of journey events whose content or id is not the one that was stored; at most the first hundred. */
  changed: string[];
  /** Positions of events recorded before the event in front of them; at most the first hundred. */
  backInTime: string[];
  /** The position that the read models have seen and the log no longer has; `null` when it has it. */
  lostUpTo: string | null;
}

const namedPositions = 100;

/**
 * Reads the whole log and compares each event with its digest, its id and the moment of the one before. Who brought
 * an event in is kept beside it and hashed nowhere, so a change of that is not seen.
 */
export async function verifyLog(log: EventLogReader): Promise<LogVerification> {
  const result: LogVerification = {
    events: 0,
    digest: EMPTY_LOG_DIGEST,
    broken: [],
    changed: [],
    backInTime: [],
    lostUpTo: null,
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

/**
 * The position that read models are at when the log ends before it, else `null`: then its last events were taken
 * away. Ask after the read models were read, since a service may go on beside us.
 */
export async function lostEvents(log: EventLogReader, seen: string): Promise<string | null> {
  const { position } = await log.head();
  return comparePositions(seen, position) > 0 ? seen : null;
}

function note(positions: string[], position: string): void {
  if (positions.length < namedPositions) positions.push(position);
}

const referenceStreams = [codesStream, clientsStream];

/** Whether an event of a journey, or of the service itself, still says what it said when it was stored. */
function isAsStored(stored: RecordedEvent): boolean {
  const { source: speaker } = stored.content as { source?: string };
  if (speaker === serviceSource || referenceStreams.includes(stored.stream))
    return isServiceEventAsStored(stored);
  const clientId = clientOfStream(stored.stream);
  if (clientId === null || !isEventType(stored.type)) return true;
  const { source, id, type, data } = journeyEventOf(stored);
  const { time } = stored.content as { time: string };
  const event = { source, id, type, time, clientId, extensions: {}, data: { ...data } };
  return stored.contentHash === contentHashOf(event) && stored.id === storedIdOf(event);
}

/** Whether nothing was found. */
export function isWhole({ broken, changed, backInTime, lostUpTo }: LogVerification): boolean {
  return broken.length + changed.length + backInTime.length === 0 && lostUpTo === null;
}

/** What was found, for a reader. */
export function describeLog(found: LogVerification): string[] {
  const { events, digest, broken, changed, backInTime, lostUpTo } = found;
  if (isWhole(found)) return [`The log is whole: ${counted(events, 'event')}, digest ${digest}.`];
  const sentences: [boolean, string][] = [
    [
      broken.length > 0,
      `The digests at positions ${broken.join(', ')} do not follow from the events before them.`,
    ],
    [changed.length > 0, `The events at positions ${changed.join(', ')} are not what was stored.`],
    [
      backInTime.length > 0,
      `The events at positions ${backInTime.join(', ')} are said to be recorded before the event in front of them.`,
    ],
    [
      lostUpTo !== null,
      `The read models have seen position ${lostUpTo}, and the log ends before it: its last events are gone.`,
    ],
  ];
  return [
    ...sentences.filter(([isSo]) => isSo).map(([, sentence]) => sentence),
    'The log was changed. Put it back from a backup.',
  ];
}

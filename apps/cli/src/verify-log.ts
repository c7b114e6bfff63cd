import {
  comparePositions,
  verifyChain,
  type ChainVerification,
  type EventLogReader,
} from '@domeinbrug/event-store';
import { contentHashOf, isServiceEventAsStored, serviceSource, storedIdOf } from '@domeinbrug/intake';
import { clientsStream, codesStream, isEventType, isSealedPart, journeyEventOf } from '@domeinbrug/journey';
import type { OpenedEvent } from '@domeinbrug/privacy';
import { clientOfStream } from '@domeinbrug/projections';
import { counted } from './text/columns.js';

/** What the log says of itself, and what read models say of it. */
export interface LogVerification extends ChainVerification {
  /** The position that the read models have seen and the log no longer has; `null` when it has it. */
  lostUpTo: string | null;
}

/**
 * Reads the whole log and compares each event with its digest, its id and the moment of the one before. Who brought
 * an event in is kept beside it and hashed nowhere, so a change of that is not seen.
 */
export async function verifyLog(log: EventLogReader): Promise<LogVerification> {
  return { ...(await verifyChain(log, isAsStored)), lostUpTo: null };
}

/**
 * The position that read models are at when the log ends before it, else `null`: then its last events were taken
 * away. Ask after the read models were read, since a service may go on beside us.
 */
export async function lostEvents(log: EventLogReader, seen: string): Promise<string | null> {
  const { position } = await log.head();
  return comparePositions(seen, position) > 0 ? seen : null;
}

const referenceStreams = [codesStream, clientsStream];

/** Whether an event of a journey, or of the service itself, still says what it said when it was stored. */
function isAsStored(stored: OpenedEvent): boolean {
  const { source: speaker } = stored.content as { source?: string };
  if (speaker === serviceSource || referenceStreams.includes(stored.stream))
    return isServiceEventAsStored(stored);
  const clientId = clientOfStream(stored.stream);
  if (clientId === null || !isEventType(stored.type)) return true;
  if (isSealedPart(stored.personal)) return false;
  const { source, id, type, data } = journeyEventOf(stored);
  const { time } = stored.content as { time: string };
  const event = { source, id, type, time, clientId, extensions: {}, data: { ...data } };
  // Where fields are under a key the hash in the log is too; where their key was destroyed nobody can tell any more.
  const { toldHash = stored.contentHash } = stored;
  const saysWhatItSaid = toldHash === null || toldHash === contentHashOf(event);
  return saysWhatItSaid && stored.id === storedIdOf(event);
}

/** Whether nothing was found. */
export function isWhole(found: LogVerification): boolean {
  return isSound(found) && found.lostUpTo === null;
}

/** Whether nothing was found in the chain itself. */
export function isSound({ broken, changed, backInTime }: ChainVerification): boolean {
  return broken.length + changed.length + backInTime.length === 0;
}

/** What was found, for a reader. */
export function describeLog(found: LogVerification): string[] {
  const { lostUpTo } = found;
  const lost = `The read models have seen position ${lostUpTo}, and the log ends before it: its last events are gone.`;
  return describeChain('log', found, lostUpTo === null ? [] : [lost]);
}

/**
 * @param what it is the chain of
 * @param more sentences on what else was found
 */
export function describeChain(what: string, found: ChainVerification, more: string[] = []): string[] {
  const { events, digest, broken, changed, backInTime } = found;
  if (isSound(found) && more.length === 0)
    return [`The ${what} is whole: ${counted(events, 'event')}, digest ${digest}.`];
  const said: [string[], string, string][] = [
    [broken, 'digests', 'do not follow from the events before them'],
    [changed, 'events', 'are not what was stored'],
    [backInTime, 'events', 'are said to be recorded before the event in front of them'],
  ];
  const sentences = said
    .filter(([positions]) => positions.length > 0)
    .map(([positions, subject, say]) => `The ${subject} at positions ${positions.join(', ')} ${say}.`);
  return [...sentences, ...more, `The ${what} was changed. Put it back from a backup.`];
}

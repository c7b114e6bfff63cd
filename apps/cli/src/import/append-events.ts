import { formatInstant, type Instant } from '@domeinbrug/calendar';
import {
  comparePositions,
  RecordedTooLate,
  START,
  type EventLog,
  type NewEvent,
} from '@domeinbrug/event-store';
import { toNewEvent, type IdentifiedEvent, type Reject } from '@domeinbrug/intake';
import { streamOfClient } from '@domeinbrug/journey';
import { appendTold, type ToldOutcome } from '@domeinbrug/privacy';
import { ProblemFound } from '../refusal.js';

/** An event to store and where it was read. */
export interface ReadEvent {
  event: IdentifiedEvent;
  /** `line 12`, or a place in a message. */
  where: string;
  /** When it became known, in a file of history; ms since 1970. */
  recordedAt?: Instant;
}

export interface Appended {
  recorded: number;
  known: number;
  rejects: Reject[];
  /** The last position at which any of them lies; START when none was stored. */
  position: string;
}

/** Files are taken in by hand; each event names its own source. */
const sender = { organisation: 'import' };

/**
 * Stores what is new of a part of a file, and resolves once all of it is durable. What is stored already with the
 * same content is known; with other content it is rejected.
 */
export async function appendEvents(log: EventLog, part: readonly ReadEvent[]): Promise<Appended> {
  const streams = new Map<string, { where: string[]; events: NewEvent[] }>();
  for (const { event, where } of part) {
    const stream = streamOfClient(event.clientId);
    const append = streams.get(stream) ?? { where: [], events: [] };
    append.where.push(where);
    append.events.push(toNewEvent(event, sender));
    streams.set(stream, append);
  }
  // All at once: the log keeps their order, and stores as many as wait in one commit.
  const outcomes = await Promise.all(
    [...streams].map(async ([stream, { where, events }]) => {
      const told = await appendTold(log, { stream, events });
      return told.map((outcome, index) => ({ outcome, where: where[index]! }));
    }),
  );
  return summed(outcomes.flat());
}

/**
 * The same for history, in the order in which it became known. What was recorded before the log's last event can
 * only be known already; nothing later is stored until that is certain.
 * @param head the moment of the log's last event before the file
 * @throws ProblemFound when history lies before the log's last event
 */
export async function appendHistory(
  log: EventLog,
  part: readonly ReadEvent[],
  head: Instant,
): Promise<Appended> {
  const past = part.filter(({ recordedAt }) => recordedAt! < head);
  const onward = part.filter(({ recordedAt }) => recordedAt! >= head);
  try {
    return summed([...(await appendInOrder(log, past)), ...(await appendInOrder(log, onward))]);
  } catch (error) {
    throw error instanceof RecordedTooLate ? pastRefused(error, past) : error;
  }
}

function appendInOrder(log: EventLog, part: readonly ReadEvent[]): Promise<PlacedOutcome[]> {
  return Promise.all(
    part.map(async ({ event, where, recordedAt }) => {
      const append = { stream: streamOfClient(event.clientId), events: [toNewEvent(event, sender)] };
      const [outcome] = await appendTold(log, { ...append, recordedAt: [recordedAt!] });
      return { outcome: outcome!, where };
    }),
  );
}

interface PlacedOutcome {
  outcome: ToldOutcome;
  where: string;
}

function summed(outcomes: readonly PlacedOutcome[]): Appended {
  const appended: Appended = { recorded: 0, known: 0, rejects: [], position: START };
  for (const { outcome, where } of outcomes) {
    if (outcome.status === 'differs') {
      appended.rejects.push({ where, ...differs });
      continue;
    }
    if (outcome.status === 'erased') {
      appended.rejects.push({
        where,
        pointer: '/data/clientId',
        code: 'client-erased',
        detail: outcome.detail,
      });
      continue;
    }
    appended[outcome.status] += 1;
    if (comparePositions(outcome.position, appended.position) > 0) appended.position = outcome.position;
  }
  return appended;
}

const differs = {
  pointer: '/id',
  code: 'content-differs',
  detail:
    'This source has sent an event with this id and other content, and what is recorded stays. ' +
    'Send an event-corrected about it, or give the new event an id of its own.',
};

function pastRefused({ lastRecordedAt }: RecordedTooLate, past: readonly ReadEvent[]): ProblemFound {
  const [first] = past;
  const tells = first ? `, and this file tells of ${formatInstant(first.recordedAt!)}` : '';
  return new ProblemFound(
    `The log's last event was recorded at ${formatInstant(lastRecordedAt)}${tells}. History goes into an empty ` +
      'data folder, or one whose last event is not later; without --history the events are recorded now.',
  );
}

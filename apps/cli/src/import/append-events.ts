import { formatInstant } from '@domeinbrug/calendar';
import type { EventLog, NewEvent } from '@domeinbrug/event-store';
import { streamOf, toNewEvent, type IdentifiedEvent, type Reject } from '@domeinbrug/intake';
import { ProblemFound } from '../refusal.js';

/** An event to store and where it was read. */
export interface ReadEvent {
  event: IdentifiedEvent;
  /** `line 12`, or a place in a message. */
  where: string;
  /** When it became known, in a file of history; ms since 1970. */
  recordedAt?: number;
}

export interface Appended {
  recorded: number;
  known: number;
  rejects: Reject[];
}

/** Files are taken in by hand; each event names its own source. */
const sender = { organisation: 'import' };

/** A client's stream as far as planning needs it; kept up while a part is planned. */
interface StreamState {
  revision: number | 'no-stream';
  /** Content hash by stored id. */
  hashes: Map<string, string>;
}

interface PlannedAppend {
  stream: string;
  expectedRevision: number | 'no-stream';
  events: NewEvent[];
  /** Only for history: one per event. */
  recordedAt: number[];
}

/**
 * Stores what is new of a part of a file, and resolves once all of it is durable. What is stored already with the
 * same content is known; with other content it is rejected. The log must be this process's own to write to: then
 * nobody comes in between.
 *
 * @throws ProblemFound when history lies before the log's last event
 */
export async function appendEvents(log: EventLog, part: readonly ReadEvent[]): Promise<Appended> {
  const streams = new Map<string, StreamState>();
  for (const { event } of part) {
    if (!streams.has(event.clientId))
      streams.set(event.clientId, await stateOf(log, streamOf(event.clientId)));
  }
  const result: Appended = { recorded: 0, known: 0, rejects: [] };
  const appends = planAppends(part, streams, result);
  await refusePast(log, appends);
  // All at once: the log keeps their order, and stores as many as wait in one commit.
  const outcomes = await Promise.all(
    appends.map(({ recordedAt, ...append }) =>
      log.append(recordedAt.length > 0 ? { ...append, recordedAt } : append),
    ),
  );
  for (const outcome of outcomes) {
    if (outcome.status !== 'appended') {
      throw new Error(`a part of the file was answered with "${outcome.status}"; import the file again.`);
    }
  }
  return result;
}

async function stateOf(log: EventLog, stream: string): Promise<StreamState> {
  const stored = await log.readStream(stream);
  return {
    revision: stored.at(-1)?.revision ?? 'no-stream',
    hashes: new Map(stored.map(({ id, contentHash }) => [id, contentHash])),
  };
}

/** One append per client; in history one per run of lines of a client, so that the file's order is the log's. */
function planAppends(
  part: readonly ReadEvent[],
  streams: ReadonlyMap<string, StreamState>,
  result: Appended,
): PlannedAppend[] {
  const appends: PlannedAppend[] = [];
  const open = new Map<string, PlannedAppend>();
  for (const { event, where, recordedAt } of part) {
    const stream = streamOf(event.clientId);
    const state = streams.get(event.clientId)!;
    const toStore = toNewEvent(event, sender);
    const stored = state.hashes.get(toStore.id);
    if (stored === toStore.contentHash) result.known += 1;
    else if (stored !== undefined) result.rejects.push({ where, ...differs });
    else {
      const last = recordedAt === undefined ? open.get(stream) : appends.at(-1);
      const append =
        last?.stream === stream
          ? last
          : { stream, expectedRevision: state.revision, events: [], recordedAt: [] };
      if (append !== last) appends.push(append);
      open.set(stream, append);
      append.events.push(toStore);
      if (recordedAt !== undefined) append.recordedAt.push(recordedAt);
      state.revision = state.revision === 'no-stream' ? 0 : state.revision + 1;
      state.hashes.set(toStore.id, toStore.contentHash);
      result.recorded += 1;
    }
  }
  return appends;
}

const differs = {
  pointer: '/id',
  code: 'content-differs',
  detail:
    'This source has sent an event with this id and other content, and what is recorded stays. ' +
    'Send an event-corrected about it, or give the new event an id of its own.',
};

async function refusePast(log: EventLog, appends: readonly PlannedAppend[]): Promise<void> {
  const first = appends[0]?.recordedAt[0];
  if (first === undefined) return;
  const { recordedAt } = await log.head();
  if (recordedAt <= first) return;
  throw new ProblemFound(
    `The log's last event was recorded at ${formatInstant(recordedAt)}, and this file tells of ` +
      `${formatInstant(first)}. History goes into an empty data folder, or one whose last event is not later; ` +
      'without --history the events are recorded now.',
  );
}

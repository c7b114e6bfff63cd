import {
  comparePositions,
  type EventLog,
  type EventLogReader,
  type Position,
  type RecordedEvent,
} from '@domeinbrug/event-store';
import { serviceEvent, type Sender, type ServiceEnvelope, type ServiceEvent } from '@domeinbrug/intake';

/** One stream per rule set (`ruleset-six-weeks`), and one that tells which was in force when. */
const category = 'ruleset';
const activationStream = `${category}-active`; // no rule set may have this id

/** What the log keeps of a rule set, so that it can be read again whatever becomes of the files. */
export interface RuleSetPublished {
  id: string;
  version: string;
  /** As it was written. */
  text: string;
  /** Of what the text means over its base. */
  hash: string;
  /** The version of the base that it was read over. */
  base: { id: string; version: string } | null;
  /** Whether it came with the product or was published by policy staff. */
  origin: 'shipped' | 'published';
}

export interface RuleSetActivated {
  id: string;
  version: string;
  hash: string;
}

/** An event of the log about rule sets. */
export interface Recorded<T> {
  position: Position;
  /** RFC 3339. When it was done: the log's own moment of a first activation lies before the history loaded after it. */
  time: string;
  data: T;
}

type LogToRead = Pick<EventLogReader, 'streamsOf' | 'readStream'>;

/** Another process recorded something about rule sets at the same moment; reading the log again tells what. */
export class RulesRaced extends Error {
  override readonly name = 'RulesRaced';
}

/** Every rule set that the log holds, in the order in which they came: a base before what is written over it. */
export async function readPublished(log: LogToRead): Promise<Recorded<RuleSetPublished>[]> {
  const streams = (await log.streamsOf(category)).filter((stream) => stream !== activationStream);
  const events = await Promise.all(streams.map((stream) => log.readStream(stream)));
  return events
    .flat()
    .map((event) => recordedOf<RuleSetPublished>(event))
    .sort((a, b) => comparePositions(a.position, b.position));
}

/** Which rule sets came into force, the first one first. */
export async function readActivations(log: LogToRead): Promise<Recorded<RuleSetActivated>[]> {
  return (await log.readStream(activationStream)).map((event) => recordedOf<RuleSetActivated>(event));
}

/** Puts a rule set into the log. Its base must lie there already. */
export function appendPublished(
  log: EventLog,
  data: RuleSetPublished,
  by: Sender,
  recordedAt?: number,
): Promise<Recorded<RuleSetPublished>> {
  const id = `${data.id}@${data.version}`;
  return append(log, `${category}-${data.id}`, { type: 'rule-set-published', id, data }, by, recordedAt);
}

/** Puts into the log that a rule set comes into force. @param before how many did so before it */
export function appendActivated(
  log: EventLog,
  data: RuleSetActivated,
  before: number,
  by: Sender,
  recordedAt?: number,
): Promise<Recorded<RuleSetActivated>> {
  const id = `activation-${before + 1}`;
  return append(log, activationStream, { type: 'rule-set-activated', id, data }, by, recordedAt);
}

async function append<T extends RuleSetPublished | RuleSetActivated>(
  log: EventLog,
  stream: string,
  happened: Omit<ServiceEvent, 'time' | 'data'> & { data: T },
  by: Sender,
  recordedAt?: number,
): Promise<Recorded<T>> {
  const last = (await log.readStream(stream)).at(-1);
  const event = serviceEvent(stream, { ...happened, time: Date.now(), data: { ...happened.data } }, by);
  const result = await log.append({
    stream,
    expectedRevision: last?.revision ?? 'no-stream',
    events: [event],
    ...(recordedAt === undefined ? {} : { recordedAt: [recordedAt] }),
  });
  if (result.status !== 'appended') {
    // A process records rule sets one at a time; over a database there may be others.
    throw new RulesRaced(`${stream} was written to by another at the same time (${result.status}).`);
  }
  return {
    position: result.positions[0]!,
    time: (event.content as ServiceEnvelope).time,
    data: happened.data,
  };
}

function recordedOf<T>({ position, content }: RecordedEvent): Recorded<T> {
  const { time, data } = content as ServiceEnvelope;
  return { position, time, data: data as T };
}

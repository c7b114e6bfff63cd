import {
  comparePositions,
  type EventLogReader,
  type Position,
  type RecordedEvent,
} from '@domeinbrug/event-store';
import {
  clientsStream,
  codeLevels,
  type ClientMerged,
  type CodeLevel,
  type CodeSucceeded,
  type OnePerson,
} from '@domeinbrug/journey';
import { clientOfStream, streamOfClient } from './client-stream.js';
import { noOneBeside, type HoldersBeside } from './event-keys.js';
import type { Mergers, ReferenceAt } from './reference-book.js';
import { eventsBeside, withSharedKeys } from './shared-keys.js';

/** Everything in the log that one client's rows follow from. */
export interface ClientHistory {
  client: string;
  /** Whoever was ever one person with the client, itself among them. */
  relatives: readonly string[];
  /**
   * In log order: events of the relatives, the mergers that concern the client, and of each key that it shares with
   * others the first event of others.
   */
  events: readonly RecordedEvent[];
  at: (position: Position) => ReferenceAt;
}

type StreamSource = Pick<EventLogReader, 'readStream'>;

/** @param mergers read at least up to the position */
export async function historyOf(
  log: StreamSource,
  mergers: Mergers,
  client: string,
  upTo: Position,
  holdersBeside: HoldersBeside = noOneBeside,
): Promise<ClientHistory> {
  const relatives = mergers.relativesOf(client);
  const own = await eventsOfClients(log, relatives, upTo);
  return historyFrom(mergers, client, own, upTo, await eventsBeside(log, holdersBeside, relatives, upTo));
}

/**
 * @param own the events up to the position of the client and of whoever was ever one person with it, in log order
 * @param beside as `eventsBeside` gives them
 */
export function historyFrom(
  mergers: Mergers,
  client: string,
  own: readonly RecordedEvent[],
  upTo: Position,
  beside: readonly RecordedEvent[] = [],
): ClientHistory {
  const relatives = mergers.relativesOf(client);
  const concerning = [...mergersOfCodes(mergers, own), ...mergersOfClients(mergers, relatives)].filter(
    ({ position }) => comparePositions(position, upTo) <= 0,
  );
  const others = [...concerning, ...beside];
  const events = others.length === 0 ? own : [...own, ...others].sort(inLogOrder);
  const isAlone = relatives.length === 1 && beside.length === 0;
  const at = (position: Position): ReferenceAt => {
    const known = mergers.at(position);
    return isAlone ? known : withSharedKeys(known, client, own, beside, position);
  };
  return { client, relatives, events, at };
}

/** Whether an event tells of the person that is read under this client's id. */
export function isOfPerson(persons: OnePerson, client: string, event: RecordedEvent): boolean {
  const teller = clientOfStream(event.stream);
  if (teller === null || persons.mergedInto(client) !== null) return false;
  return teller === client || persons.membersOf(client).includes(teller);
}

/** The clients that a merge, or its undoing, names; none for other events. */
export function clientsOfMerge({ stream, content }: RecordedEvent): string[] {
  if (stream !== clientsStream) return [];
  const { into, from } = (content as { data: ClientMerged }).data;
  return [into, from];
}

/** The events of some clients together, in log order. */
export async function eventsOfClients(
  log: StreamSource,
  clients: readonly string[],
  upTo: Position,
): Promise<RecordedEvent[]> {
  const streams = await Promise.all(clients.map((client) => log.readStream(streamOfClient(client), upTo)));
  return streams.length === 1 ? streams[0]! : streams.flat().sort(inLogOrder);
}

function inLogOrder(a: RecordedEvent, b: RecordedEvent): number {
  return comparePositions(a.position, b.position);
}

function mergersOfClients({ ofClients }: Mergers, relatives: readonly string[]): RecordedEvent[] {
  if (relatives.length === 1) return [];
  return ofClients.filter((event) => clientsOfMerge(event).some((client) => relatives.includes(client)));
}

/** Those that give a code the client's events name another holder, or make it known. */
function mergersOfCodes(mergers: Mergers, own: readonly RecordedEvent[]): RecordedEvent[] {
  if (mergers.ofCodes.length === 0) return [];
  const named = namesIn(own);
  const reached = Object.fromEntries(
    codeLevels.map((level) => [level, mergers.reachedFrom(level, named[level])]),
  );
  return mergers.ofCodes.filter(({ content }) => {
    const { level, code, by } = (content as { data: CodeSucceeded }).data;
    return reached[level]!.has(Number(code)) || reached[level]!.has(Number(by));
  });
}

type Named = Record<CodeLevel, Set<number>>;

const levelByField = { municipality: 'municipality', insurer: 'insurer', careOffice: 'care-office' } as const;

/** Every code that events name, also in what was corrected since and in what is kept apart. */
function namesIn(events: readonly RecordedEvent[]): Named {
  const named: Named = { municipality: new Set(), insurer: new Set(), 'care-office': new Set() };
  for (const { content, personal } of events) {
    const data = (content as { data?: unknown }).data;
    for (const fields of [data, insideOf(data), personal, insideOf(personal)]) {
      for (const [field, level] of Object.entries(levelByField)) {
        const code = (fields as Record<string, unknown> | null | undefined)?.[field];
        if (typeof code === 'string') named[level].add(Number(code));
      }
    }
  }
  return named;
}

/** The data that a correction holds. */
function insideOf(data: unknown): unknown {
  return (data as { data?: unknown } | null | undefined)?.data;
}

/** The clients of whom some event among these names a code that one of the mergers of codes is about. */
export function clientsNamed(
  events: readonly RecordedEvent[],
  mergers: Mergers,
  ofCodes: readonly RecordedEvent[],
): string[] {
  const sought: Named = { municipality: new Set(), insurer: new Set(), 'care-office': new Set() };
  for (const { content } of ofCodes) {
    const { level, code, by } = (content as { data: CodeSucceeded }).data;
    for (const each of [...mergers.leadingTo(level, Number(code)), ...mergers.leadingTo(level, Number(by))])
      sought[level].add(each);
  }
  return events.flatMap((event) => {
    const client = clientOfStream(event.stream);
    const named = namesIn([event]);
    const concerned = codeLevels.some((level) => [...named[level]].some((code) => sought[level].has(code)));
    return client !== null && concerned ? [client] : [];
  });
}

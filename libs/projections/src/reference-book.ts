import {
  comparePositions,
  START,
  type EventLogReader,
  type Position,
  type RecordedEvent,
} from '@domeinbrug/event-store';
import {
  clientsStream,
  codesStream,
  codeSuccessionOf,
  onePerson,
  publishedCodes,
  type CodeSucceeded,
  type Merge,
  type OnePerson,
  type Reference,
} from '@domeinbrug/journey';
import { streamOfClient } from './client-stream.js';

/** What was known at a position beside the clients' own events. */
export interface ReferenceAt extends OnePerson {
  /** The same for every client, without the keys it shares with others. */
  reference: Reference;
}

type StreamSource = Pick<EventLogReader, 'readStream'>;

/** Which position the book has been read up to, and what it then held. */
interface Edition {
  upTo: Position;
  codes: readonly RecordedEvent[];
  clients: readonly RecordedEvent[];
}

/**
 * The mergers of codes and of clients in the log, as known at any position. What was read once is kept: of a
 * position that lies before the last one read nothing is read again.
 */
export class ReferenceBook {
  private edition: Edition = { upTo: START, codes: [], clients: [] };
  /** By how many events of each stream take part: between two of them every position has the same answer. */
  private readonly answers = new Map<string, ReferenceAt>();

  constructor(private readonly log: StreamSource) {}

  async at(position: Position): Promise<ReferenceAt> {
    const { codes, clients } = await this.editionUpTo(position);
    const [codesKnown, clientsKnown] = [known(codes, position), known(clients, position)];
    const key = `${codesKnown} ${clientsKnown}`;
    const answer =
      this.answers.get(key) ?? answerOf(codes.slice(0, codesKnown), clients.slice(0, clientsKnown));
    this.answers.set(key, answer);
    return answer;
  }

  private async editionUpTo(position: Position): Promise<Edition> {
    if (comparePositions(position, this.edition.upTo) <= 0) return this.edition;
    const [codes, clients] = await Promise.all([
      this.log.readStream(codesStream, position),
      this.log.readStream(clientsStream, position),
    ]);
    // Another question may have read further in the meantime.
    if (comparePositions(position, this.edition.upTo) > 0) this.edition = { upTo: position, codes, clients };
    return this.edition;
  }
}

/**
 * The events of one person up to a position, in log order: of the client and of every client merged into it.
 */
export async function eventsOfPerson(
  log: StreamSource,
  { membersOf }: Pick<OnePerson, 'membersOf'>,
  client: string,
  upTo: Position,
): Promise<RecordedEvent[]> {
  const streams = await Promise.all(
    membersOf(client).map((member) => log.readStream(streamOfClient(member), upTo)),
  );
  return streams.length === 1
    ? streams[0]!
    : streams.flat().sort((a, b) => comparePositions(a.position, b.position));
}

/** How many of the events, which are in log order, lie at or before a position. */
function known(events: readonly RecordedEvent[], position: Position): number {
  let count = events.length;
  while (count > 0 && comparePositions(events[count - 1]!.position, position) > 0) count -= 1;
  return count;
}

function answerOf(codes: readonly RecordedEvent[], clients: readonly RecordedEvent[]): ReferenceAt {
  const successions = codes.map((event) =>
    codeSuccessionOf({
      ...keyOf(event),
      type: 'code-succeeded',
      recordedAt: event.recordedAt,
      data: dataOf<CodeSucceeded>(event),
    }),
  );
  const merges = clients.map((event) => ({ ...dataOf<Merge>(event), type: event.type as Merge['type'] }));
  return { ...onePerson(merges), reference: { successions, codes: publishedCodes } };
}

function keyOf({ content }: RecordedEvent): { source: string; id: string } {
  const { source, id } = content as { source: string; id: string };
  return { source, id };
}

function dataOf<D>({ content }: RecordedEvent): D {
  return (content as { data: D }).data;
}

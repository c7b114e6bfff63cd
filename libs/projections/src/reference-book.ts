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
  type CodeLevel,
  type CodeSucceeded,
  type CodeSuccession,
  type Merge,
  type OnePerson,
  type Reference,
} from '@domeinbrug/journey';

/** What was known at a position beside the clients' own events. */
export interface ReferenceAt extends OnePerson {
  /** The same for every client, without the keys it shares with others. */
  reference: Reference;
}

type StreamSource = Pick<EventLogReader, 'readStream'>;

/** The mergers of codes and of clients up to a position of the log, as known at any position up to there. */
export class Mergers {
  private readonly successions: readonly CodeSuccession[];
  private readonly merges: readonly Merge[];
  private readonly relatives: ReadonlyMap<string, ReadonlySet<string>>;
  /** By how many events of each stream take part: between two of them every position has the same answer. */
  private readonly answers = new Map<string, ReferenceAt>();

  /** Both in log order. */
  constructor(
    readonly ofCodes: readonly RecordedEvent[],
    readonly ofClients: readonly RecordedEvent[],
  ) {
    this.successions = ofCodes.map(successionOf);
    this.merges = ofClients.map(mergeOf);
    this.relatives = relativesBy(this.merges);
  }

  at(position: Position): ReferenceAt {
    const codes = countUpTo(this.ofCodes, position);
    const clients = countUpTo(this.ofClients, position);
    const key = `${codes} ${clients}`;
    const known = this.answers.get(key);
    if (known) return known;
    const answer = {
      ...onePerson(this.merges.slice(0, clients)),
      reference: { successions: this.successions.slice(0, codes), codes: publishedCodes },
    };
    this.answers.set(key, answer);
    return answer;
  }

  /** The client and every other that was ever one person with it, in order. */
  relativesOf(client: string): string[] {
    return [...(this.relatives.get(client) ?? [client])].sort();
  }

  /** Every client that a merge names. */
  clients(): string[] {
    return [...this.relatives.keys()];
  }

  /** The codes that the holders of some codes have, had or get, the codes themselves among them. */
  reachedFrom(level: CodeLevel, codes: Iterable<number>): Set<number> {
    return this.walk(level, codes, ({ code, by }) => [code, by]);
  }

  /** The codes whose holders may come to hold this one, itself among them. */
  leadingTo(level: CodeLevel, code: number): Set<number> {
    return this.walk(level, [code], ({ code: before, by }) => [by, before]);
  }

  private walk(
    level: CodeLevel,
    from: Iterable<number>,
    step: (succession: CodeSuccession) => [number, number],
  ): Set<number> {
    const reached = new Set(from);
    const steps = this.successions.filter((succession) => succession.level === level).map(step);
    for (let before = -1; before !== reached.size;) {
      before = reached.size;
      for (const [here, there] of steps) if (reached.has(here)) reached.add(there);
    }
    return reached;
  }
}

/**
 * What the log says of codes and of who is who, kept in memory: of a position that lies before the last one read
 * nothing is read again.
 */
export class ReferenceBook {
  private upTo: Position = START;
  private mergers = new Mergers([], []);

  constructor(private readonly log: StreamSource) {}

  async at(position: Position): Promise<ReferenceAt> {
    return (await this.readUpTo(position)).at(position);
  }

  /** At least everything up to the position. */
  async readUpTo(position: Position): Promise<Mergers> {
    if (comparePositions(position, this.upTo) <= 0) return this.mergers;
    const [codes, clients] = await Promise.all([
      this.log.readStream(codesStream, position),
      this.log.readStream(clientsStream, position),
    ]);
    const { ofCodes, ofClients } = this.mergers;
    // Another question may have read further in the meantime; and what has not grown need not be made anew.
    if (codes.length > ofCodes.length || clients.length > ofClients.length)
      this.mergers = new Mergers(codes, clients);
    if (comparePositions(position, this.upTo) > 0) this.upTo = position;
    return this.mergers;
  }
}

function countUpTo(events: readonly RecordedEvent[], position: Position): number {
  let count = events.length;
  while (count > 0 && comparePositions(events[count - 1]!.position, position) > 0) count -= 1;
  return count;
}

export function successionOf({ content, recordedAt }: RecordedEvent): CodeSuccession {
  const { source, id, data } = content as { source: string; id: string; data: CodeSucceeded };
  return codeSuccessionOf({ source, id, type: 'code-succeeded', recordedAt, data });
}

function mergeOf({ type, content }: RecordedEvent): Merge {
  const { into, from } = (content as { data: Merge }).data;
  return { type: type as Merge['type'], into, from };
}

function relativesBy(merges: readonly Merge[]): Map<string, Set<string>> {
  const groups = new Map<string, Set<string>>();
  for (const { into, from } of merges) {
    const group = new Set([into, from, ...(groups.get(into) ?? []), ...(groups.get(from) ?? [])]);
    for (const client of group) groups.set(client, group);
  }
  return groups;
}

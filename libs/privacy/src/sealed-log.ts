import {
  AppendFailed,
  comparePositions,
  LogUnreachable,
  type Append,
  type AppendResult,
  type EventLog,
  type EventLogReader,
  type LogHead,
  type LogLag,
  type LogPlace,
  type NewEvent,
  type Position,
  type ReadStream,
  type RecordedEvent,
} from '@domeinbrug/event-store';
import { clientOfStream, journeyCategory } from '@domeinbrug/journey';
import { KeysRefused } from './key-store.js';
import type { KeyRing } from './key-ring.js';
import type { KeysPlace } from './open-keys.js';
import { erasureType, openEvents, PersonErased, sealEvents, type OpenedEvent } from './sealed-events.js';

/** Where a log lies, and the keys of what lies sealed in it. */
export type SealedPlace = LogPlace & { keys: KeysPlace };

/**
 * A log whose personal fields are under keys, read as it was told. Of a client who was erased there are no events at any
 * moment of knowledge: {@link readStream} gives none, and {@link readAll} gives places that tell of nobody beside the
 * erasure itself.
 */
export class SealedReader implements EventLogReader {
  readonly place: SealedPlace;

  constructor(
    protected readonly log: EventLogReader,
    protected readonly ring: KeyRing,
    keys: KeysPlace,
  ) {
    this.place = { ...log.place, keys };
  }

  async readStream(stream: string, upTo?: Position): Promise<OpenedEvent[]> {
    const client = clientOfStream(stream);
    if (client === null) return this.log.readStream(stream, upTo);
    // To its end: an erasure counts at every moment.
    const [opened] = await this.opened([{ stream, events: await this.log.readStream(stream) }], upTo);
    return opened!.events;
  }

  async readAll(after: Position, limit: number): Promise<OpenedEvent[]> {
    const events = await this.log.readAll(after, limit);
    return openEvents(await this.ring.find(clientsOf(events)), events);
  }

  streamsOf(category: string): Promise<string[]> {
    return this.log.streamsOf(category);
  }

  async readStreams(
    category: string,
    after: string | null,
    limit: number,
    upTo?: Position,
  ): Promise<ReadStream[]> {
    if (category !== journeyCategory) return this.log.readStreams(category, after, limit, upTo);
    return this.opened(await this.log.readStreams(category, after, limit), upTo);
  }

  head(): Promise<LogHead> {
    return this.log.head();
  }

  positionAt(recordedAt: number): Promise<Position> {
    return this.log.positionAt(recordedAt);
  }

  lag(position: Position): Promise<LogLag> {
    return this.log.lag(position);
  }

  async close(): Promise<void> {
    await this.log.close();
    await this.ring.close();
  }

  private async opened(streams: readonly ReadStream[], upTo?: Position): Promise<ReadStream[]> {
    const keys = await this.ring.find(streams.flatMap(({ events }) => clientsOf(events.slice(0, 1))));
    return streams.map(({ stream, events }) => {
      const client = clientOfStream(stream);
      const isErased =
        client !== null &&
        (keys.erasureOf({ client, person: '' }) || events.some(({ type }) => type === erasureType));
      if (isErased) return { stream, events: [] };
      const known = events.filter(({ position }) => !upTo || comparePositions(position, upTo) <= 0);
      return { stream, events: openEvents(keys, known) };
    });
  }
}

/** The same for who appends: nothing is stored under a key that is not durable. */
export class SealedLog extends SealedReader implements EventLog {
  /** Resolves when the append before has been handed to the log. */
  private turn = Promise.resolve();

  constructor(
    private readonly store: EventLog,
    ring: KeyRing,
    keys: KeysPlace,
  ) {
    super(store, ring, keys);
  }

  /**
   * Appends reach the log in the order in which they were asked for, however long each takes to seal.
   * @throws PersonErased, KeysRefused, and what the log rejects with
   */
  async append(append: Append): Promise<AppendResult> {
    const sealing = this.sealed(append);
    const before = this.turn;
    let handedOver = (): void => undefined;
    this.turn = new Promise((resolve) => (handedOver = resolve));
    let appending: Promise<AppendResult>;
    let events: NewEvent[];
    try {
      [events] = await Promise.all([sealing, before]);
      appending = this.store.append({ ...append, events });
    } finally {
      void before.then(handedOver);
    }
    const result = await appending;
    return result.status === 'conflict' ? this.appendUnsealed(append, events, result) : result;
  }

  subscribe(listener: (head: LogHead) => void): () => void {
    return this.store.subscribe(listener);
  }

  private async sealed({ stream, events }: Append): Promise<NewEvent[]> {
    const client = clientOfStream(stream);
    if (client === null || events.every(({ type }) => type === erasureType)) return events;
    try {
      return await sealEvents(this.ring, client, stream, events);
    } catch (error) {
      if (isTold(error)) throw error;
      const reason = error instanceof Error ? error.message : String(error);
      throw new AppendFailed(`The keys of clients cannot be read or written: ${reason}`, 'not-stored');
    }
  }

  /** Of an event that was stored before there were keys, the hash is its own: it is known, not another one. */
  private appendUnsealed(
    append: Append,
    sealed: readonly NewEvent[],
    conflict: AppendResult & { status: 'conflict' },
  ): Promise<AppendResult> {
    const events = sealed.map((event, at) => {
      const { contentHash } = append.events[at]!;
      return conflict.ids.includes(event.id) ? { ...event, contentHash } : event;
    });
    return this.store.append({ ...append, events });
  }
}

function isTold(error: unknown): boolean {
  return [PersonErased, KeysRefused, LogUnreachable].some((kind) => error instanceof kind);
}

function clientsOf(events: readonly RecordedEvent[]): string[] {
  return events.flatMap(({ stream }) => clientOfStream(stream) ?? []);
}

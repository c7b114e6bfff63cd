import type {
  AllStreamSubscription,
  EventStoreDBClient,
  JSONType,
  RecordedEvent,
} from '@eventstore/db-client';
import {
  ServerTrouble,
  type ServedPlace,
  type LogServer,
  type PlacedEvent,
  type ServedEvent,
  type Told,
  type TroubleKind,
} from './log-server.js';
import type { WireEvent } from './wire-event.js';

type Package = typeof import('@eventstore/db-client');

/** The server reports how far it has looked each time it has passed this many events, ours or not. */
const CHECKPOINT_WINDOW = 500;

/** The connection string cannot be used; the message says why. */
export class KurrentdbUrlRefused extends Error {
  override readonly name = 'KurrentdbUrlRefused';
}

/**
 * The only file that knows the client package. It is loaded when a log is opened, so that nobody else pays for it.
 * @throws KurrentdbUrlRefused
 */
export async function connectToKurrentdb(url: string): Promise<LogServer> {
  if (/[?&]throwOnAppendFailure=false/i.test(url)) {
    throw new KurrentdbUrlRefused(
      'The connection string has throwOnAppendFailure=false; the client then reports wrong revisions. Leave it out.',
    );
  }
  const client = await import('@eventstore/db-client');
  return new KurrentdbClient(client, openClient(client, url));
}

function openClient({ EventStoreDBClient: Client }: Package, url: string): EventStoreDBClient {
  try {
    const client = Client.connectionString(url.replace(/^(kurrentdb|kdb)(?=:|\+)/, 'esdb'));
    callByCall(client);
    return client;
  } catch (error) {
    const message = (error as Error).message.replace(/[^/@\s"]+:[^/@\s"]+@/g, '***@');
    throw new KurrentdbUrlRefused(`The connection string of the event log cannot be used: ${message}`);
  }
}

/**
 * Appends go as calls of their own. The client would send them as one shared stream of batches when the server can:
 * those have no timeout, compare the clocks of two machines, share their answers between all clients of a process,
 * and leave rejections that nobody can handle when the stream breaks. One question to the client decides.
 */
function callByCall(client: EventStoreDBClient): void {
  (client as unknown as { supports: () => Promise<boolean> }).supports = () => Promise.resolve(false);
}

class KurrentdbClient implements LogServer {
  private closed = false;

  constructor(
    private readonly client: Package,
    private readonly inner: EventStoreDBClient,
  ) {}

  /** A disposed client would open another connection for whoever asks it something. */
  private get connection(): EventStoreDBClient {
    if (this.closed) throw new ServerTrouble('The connection to the event log is closed.', 'refused');
    return this.inner;
  }

  async append(
    stream: string,
    expected: number | 'no-stream',
    events: WireEvent[],
    patience: number,
  ): Promise<number> {
    const sent = this.connection.appendToStream(
      stream,
      events.map(({ id, type, data, metadata }) =>
        this.client.jsonEvent({ id, type, data: data as JSONType, metadata: { ...metadata } }),
      ),
      {
        expectedRevision: expected === 'no-stream' ? this.client.NO_STREAM : BigInt(expected),
        requiresLeader: true,
        deadline: patience,
      },
    );
    // The deadline only runs once there is a connection; finding one can take as long as it likes.
    const { nextExpectedRevision } = await within(patience + 500, sent);
    return Number(nextExpectedRevision);
  }

  async readStream(stream: string, count: number, patience: number): Promise<ServedEvent[]> {
    const reading = this.connection.readStream(stream, { maxCount: count });
    const events: ServedEvent[] = [];
    try {
      await consume(reading, patience, ({ event }) => {
        if (event) events.push(servedEvent(event));
        return true;
      });
    } catch (error) {
      if ((error as { type?: string }).type === this.client.ErrorType.STREAM_NOT_FOUND) return [];
      throw troubleOf(error);
    } finally {
      release(reading, reading.cancel());
    }
    return events;
  }

  async readAfter(
    place: ServedPlace | undefined,
    prefixes: string[],
    count: number,
    patience: number,
  ): Promise<PlacedEvent[]> {
    const reading = this.subscription(place, prefixes);
    const events: PlacedEvent[] = [];
    try {
      await consume(reading, patience, ({ event }) => {
        if (!event) return true;
        const placed = placedEvent(event);
        // A subscription may tell an event twice.
        if (placed.place.commit > (events.at(-1)?.place.commit ?? -1n)) events.push(placed);
        return events.length < count;
      });
      return events;
    } catch (error) {
      throw troubleOf(error);
    } finally {
      release(reading, reading.unsubscribe());
    }
  }

  async anyAfter(place: ServedPlace | undefined, prefixes: string[], patience: number): Promise<boolean> {
    const reading = this.connection.readAll(place && { fromPosition: place });
    let found = false;
    try {
      await consume(reading, patience, ({ event }) => {
        const ours = prefixes.some((prefix) => event?.streamId.startsWith(prefix));
        found = ours && event?.position?.commit !== place?.commit; // reading begins with the event at the place
        return !found;
      });
      return found;
    } catch (error) {
      throw troubleOf(error);
    } finally {
      release(reading, reading.cancel());
    }
  }

  follow(place: ServedPlace | undefined, prefixes: string[], told: Told): () => void {
    let over = false;
    const subscription = this.subscription(place, prefixes, async (reached) => {
      await untilHandedOver(subscription);
      if (!over) told.checkpoint(reached);
    });
    const stop = (): void => {
      over = true;
      release(subscription, subscription.unsubscribe());
    };
    const end = (error: unknown): void => {
      if (over) return;
      stop();
      told.ended(troubleOf(error));
    };
    subscription.on('data', ({ event }) => {
      if (!over && event) told.event(placedEvent(event));
    });
    subscription.on('confirmation', () => {
      if (!over) told.confirmed();
    });
    subscription.on('caughtUp', () => {
      void untilHandedOver(subscription).then(() => {
        if (!over) told.caughtUp();
      });
    });
    subscription.on('error', end);
    subscription.on('end', () => end(new Error('the server ended it')));
    subscription.on('close', () => end(new Error('it was closed')));
    return stop;
  }

  async close(): Promise<void> {
    this.closed = true;
    // It breaks everything off at once, and then waits for streams that ended and that nobody reads any longer: for ever.
    await within(1_000, this.inner.dispose()).catch(() => {});
    // Nothing public closes the channel, which would stay connected for as long as the process lives.
    const inner = this.inner as unknown as { getChannel(): Promise<{ close(): void }> };
    const channel = await within(1_000, inner.getChannel()).catch(() => undefined);
    channel?.close();
  }

  private subscription(
    place: ServedPlace | undefined,
    prefixes: string[],
    checkpointReached: (place: ServedPlace) => Promise<void> = () => Promise.resolve(),
  ): AllStreamSubscription {
    return this.connection.subscribeToAll({
      fromPosition: place ?? this.client.START,
      filter: this.client.streamNameFilter({
        prefixes,
        maxSearchWindow: CHECKPOINT_WINDOW,
        checkpointInterval: 1,
        checkpointReached: (_subscription, reached) => checkpointReached(reached),
      }),
    });
  }
}

/** What a reading of the client has in common with any stream of objects. */
interface Reading<T> extends AsyncIterable<T> {
  on(event: 'error', listener: (error: unknown) => void): unknown;
  destroy(error?: Error): unknown;
}

/** Hands over item after item, as fast as they are taken, until `take` has enough, it ends, or it fell silent. */
async function consume<T>(reading: Reading<T>, patience: number, take: (item: T) => boolean): Promise<void> {
  const fallSilent = (): unknown => reading.destroy(silence(patience));
  let timer = setTimeout(fallSilent, patience);
  try {
    for await (const item of reading) {
      clearTimeout(timer);
      if (!take(item)) return;
      timer = setTimeout(fallSilent, patience);
    }
  } finally {
    clearTimeout(timer);
  }
}

/**
 * The client tells of checkpoints and of having caught up as they come in, ahead of the events before them that still
 * wait to be handed over: taken at its word, it would make us skip those.
 */
async function untilHandedOver(subscription: { readableLength: number }): Promise<void> {
  do await new Promise((resolve) => setImmediate(resolve));
  while (subscription.readableLength > 0);
}

/** Lets go of a reading. An error that comes after this is nobody's, and would end the process if nobody heard it. */
function release(reading: Pick<Reading<unknown>, 'on' | 'destroy'>, cancelled: Promise<void>): void {
  reading.on('error', () => {});
  cancelled.catch(() => {}).finally(() => reading.destroy());
}

async function within<T>(patience: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(silence(patience)), patience);
  });
  try {
    return await Promise.race([work, late]);
  } catch (error) {
    throw troubleOf(error);
  } finally {
    clearTimeout(timer);
  }
}

function silence(patience: number): ServerTrouble {
  return new ServerTrouble(`The event log's server did not answer within ${patience} ms.`, 'unknown');
}

/** By the client's types of error. What is not listed may have been stored: a timeout, a lost connection, the unknown. */
const kinds: Record<string, TroubleKind> = {
  'wrong-expected-version': 'wrong-revision',
  'not-leader': 'not-leader',
  'maximum-append-size-exceeded': 'too-large',
  'access-denied': 'refused',
  'stream-deleted': 'refused',
  'invalid-argument': 'refused',
};

function troubleOf(error: unknown): ServerTrouble {
  if (error instanceof ServerTrouble) return error;
  const { type = '', message } = error as { type?: string; message: string };
  return new ServerTrouble(`The event log's server: ${message || type}.`, kinds[type] ?? 'unknown');
}

function servedEvent(
  event: Pick<RecordedEvent, 'streamId' | 'revision' | 'type' | 'data' | 'metadata'>,
): ServedEvent {
  return {
    stream: event.streamId,
    revision: Number(event.revision),
    type: event.type,
    data: event.data,
    metadata: event.metadata,
  };
}

function placedEvent(event: RecordedEvent & { position?: ServedPlace }): PlacedEvent {
  return { ...servedEvent(event), place: event.position! };
}

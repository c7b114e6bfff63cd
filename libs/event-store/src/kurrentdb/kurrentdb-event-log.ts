import { InvalidAppend, LogClosed, START } from '../event-log.js';
import type {
  Append,
  AppendResult,
  EventLog,
  LogHead,
  Position,
  ReadStream,
  RecordedEvent,
} from '../event-log.js';
import { writeDown } from '../written-append.js';
import { AppendQueue } from './append-queue.js';
import { connectToKurrentdb } from './kurrentdb-client.js';
import { KurrentdbLogReader } from './kurrentdb-log-reader.js';
import { KurrentdbLogWriter } from './kurrentdb-log-writer.js';
import { LogFollower } from './log-follower.js';
import { LogIndex } from './log-index.js';
import { ServerTrouble, type LogServer } from './log-server.js';
import { USUAL_TIMING, type KurrentdbTiming } from './timing.js';

export interface KurrentdbEventLogOptions {
  /** Connection string, such as `esdb://user:password@host:2113?tls=true&tlsCAFile=/etc/ca.pem`. */
  url: string;
  /** ms since 1970, read when an append is handed in; the system's clock without one. */
  clock?: () => number;
  /** Stands before every stream's name on the server, so that several installations can share one. */
  namespace?: string;
  /** How the names of the log's streams begin (without the name space); no others can be appended to. */
  prefixes?: string[];
  /** What the server takes in one append, in bytes: 1 MiB before version 25.1. */
  maxAppendBytes?: number;
  timing?: Partial<KurrentdbTiming>;
  /** Told once when the log can no longer be followed; everything asked of it from then on is refused. */
  onFailure?: (error: Error) => void;
  /** Told whenever the subscription was lost; it is opened again by itself after `pause` ms. */
  onReconnect?: (error: Error, pause: number) => void;
}

type Listeners = Set<(head: LogHead) => void>;

interface Parts {
  server: LogServer;
  index: LogIndex;
  follower: LogFollower;
  listeners: Listeners;
  namespace: string;
  prefixes: string[];
  maxAppendBytes: number;
  timing: KurrentdbTiming;
  clock: () => number;
}

/**
 * Opens the log on an EventStoreDB / KurrentDB server; resolves when all that is in it has been read once, so that
 * positions, moments and digests are known. A server that is not there yet is waited for, as long as `timing.open`.
 * @throws KurrentdbUrlRefused, ServerTrouble when the server does not answer in time, and what {@link
 * KurrentdbEventLogOptions.onFailure} is told when the log cannot be followed
 */
export async function openKurrentdbEventLog(options: KurrentdbEventLogOptions): Promise<EventLog> {
  const { namespace = '', prefixes = ['journey-', 'ruleset-', 'reference-'], clock = Date.now } = options;
  const timing = { ...USUAL_TIMING, ...options.timing };
  if (prefixes.some((prefix) => namespace + prefix === '')) {
    throw new RangeError('The streams of a log must begin with something; others share the server.');
  }
  const server = await connectToKurrentdb(options.url);
  const index = new LogIndex();
  const listeners: Listeners = new Set();
  const follower = new LogFollower({
    server,
    index,
    namespace,
    prefixes,
    timing,
    onMore: (head) => notify(listeners, head),
    onFailure: options.onFailure ?? (() => {}),
    onReconnect: options.onReconnect ?? (() => {}),
  });
  const maxAppendBytes = options.maxAppendBytes ?? 1_048_576;
  const parts = { server, index, follower, listeners, namespace, prefixes, maxAppendBytes, timing, clock };
  try {
    await inTime(follower.start(undefined), timing.open);
    follower.check();
    return new KurrentdbEventLog(parts);
  } catch (error) {
    follower.stop();
    await server.close();
    throw error;
  }
}

class KurrentdbEventLog implements EventLog {
  private readonly reader: KurrentdbLogReader;
  private readonly queue: AppendQueue;
  private closing: Promise<void> | undefined;
  private closed = false;

  constructor(private readonly parts: Parts) {
    const writer = new KurrentdbLogWriter(parts);
    this.reader = new KurrentdbLogReader(parts);
    this.queue = new AppendQueue((append) => writer.store(append));
  }

  append(append: Append): Promise<AppendResult> {
    return new Promise((resolve) => {
      const { prefixes, clock, follower } = this.parts;
      const written = writeDown(append, clock());
      if (!prefixes.some((prefix) => append.stream.startsWith(prefix))) {
        throw new InvalidAppend([
          `the stream's name must begin with ${prefixes.join(' or ')}; others are not followed.`,
        ]);
      }
      follower.check();
      resolve(this.queue.append(written));
    });
  }

  readStream(stream: string, upTo?: Position): Promise<RecordedEvent[]> {
    return this.answer(() => this.reader.readStream(stream, upTo));
  }

  readAll(after: Position, limit: number): Promise<RecordedEvent[]> {
    return this.answer(() => this.reader.readAll(after, limit));
  }

  streamsOf(category: string): Promise<string[]> {
    return this.answer(() => this.reader.streamsOf(category));
  }

  readStreams(category: string, after: string | null, limit: number, upTo?: Position): Promise<ReadStream[]> {
    return this.answer(() => this.reader.readStreams(category, after, limit, upTo));
  }

  head(): Promise<LogHead> {
    return this.answer(() => this.parts.index.head());
  }

  positionAt(recordedAt: number): Promise<Position> {
    return this.answer(() => {
      const { index } = this.parts;
      const count = index.recordedBy(recordedAt);
      return count === 0 ? START : String(index.at(count - 1).position);
    });
  }

  subscribe(listener: (head: LogHead) => void): () => void {
    const own = (head: LogHead): void => listener(head); // the same function may listen twice
    this.parts.listeners.add(own);
    return () => void this.parts.listeners.delete(own);
  }

  close(): Promise<void> {
    this.closing ??= this.finish();
    return this.closing;
  }

  /** What was taken is finished first, within bounds; only then is the connection let go. */
  private async finish(): Promise<void> {
    const { follower, server, listeners, timing } = this.parts;
    await this.queue.drain(timing.drain);
    this.closed = true;
    follower.stop();
    await server.close();
    listeners.clear();
  }

  private answer<T>(read: () => T | Promise<T>): Promise<T> {
    return new Promise((resolve) => {
      if (this.closed) throw new LogClosed('The event log is closed; open it again to read.');
      this.parts.follower.check();
      resolve(read());
    });
  }
}

/** A listener's fault is its own: it is reported, and neither the other listeners nor the log hear of it. */
function notify(listeners: Listeners, head: LogHead): void {
  for (const listener of listeners) {
    try {
      listener(head);
    } catch (error) {
      process.emitWarning(error instanceof Error ? error : String(error), 'EventLogListenerFailed');
    }
  }
}

async function inTime(reading: Promise<void>, milliseconds: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const why = `The event log was not read within ${milliseconds} ms; is its server there, and may we read it?`;
    timer = setTimeout(() => reject(new ServerTrouble(why, 'unknown')), milliseconds);
  });
  await Promise.race([reading, late]).finally(() => clearTimeout(timer));
}

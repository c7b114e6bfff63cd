import { join } from 'node:path';
import { InvalidAppend, LogClosed, START } from '../event-log.js';
import type {
  Append,
  AppendResult,
  EventLog,
  LogHead,
  LogLag,
  LogPlace,
  Position,
  ReadStream,
  RecordedEvent,
} from '../event-log.js';
import { Listeners } from '../listeners.js';
import { refuseNoPosition } from '../read-arguments.js';
import { writeDown } from '../written-append.js';
import { AppendQueue } from './append-queue.js';
import { IndexBeside, type IndexIdentity } from './index-beside.js';
import { KeptIndex } from './kept-index.js';
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
  /** Folder with the index, so that a start need not read the whole log; without one it is only in memory. */
  dataDir?: string;
  /** Whether this log keeps the index there, as one alone may; else it only reads what another one keeps. */
  keepsIndex?: boolean;
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
  /** Told once when the server is gone, and once when it is there again. */
  onLost?: (error: Error) => void;
  onBack?: () => void;
}

interface Parts {
  url: string;
  server: LogServer;
  index: LogIndex;
  follower: LogFollower;
  listeners: Listeners;
  kept: IndexBeside | undefined;
  dataDir: string | undefined;
  namespace: string;
  prefixes: string[];
  maxAppendBytes: number;
  timing: KurrentdbTiming;
  clock: () => number;
}

/**
 * Opens the log on an EventStoreDB / KurrentDB server; resolves when all that is in it has been read once, or all that
 * came since the index in `dataDir` was written. A server that is not there yet is waited for, as long as `timing.open`.
 * @throws KurrentdbUrlRefused, DataFolderInUse, ServerTrouble when nothing is read for so long, LogGap and others when
 * it cannot be followed
 */
export async function openKurrentdbEventLog(options: KurrentdbEventLogOptions): Promise<EventLog> {
  const { namespace = '', prefixes = ['journey-', 'ruleset-', 'reference-'], dataDir } = options;
  if (prefixes.some((prefix) => namespace + prefix === '')) {
    throw new RangeError('The streams of a log must begin with something; others share the server.');
  }
  const timing = { ...USUAL_TIMING, ...options.timing };
  const server = await connectToKurrentdb(options.url);
  let kept: IndexBeside | undefined;
  try {
    if (dataDir) kept = indexIn(dataDir, { namespace, prefixes }, options.keepsIndex);
    const told = { ...options, ...eachOnce(options) };
    const following = await followAll({ ...told, namespace, prefixes, timing }, server, kept);
    return new KurrentdbEventLog({
      ...following,
      url: options.url,
      server,
      kept,
      dataDir,
      namespace,
      prefixes,
      timing,
      maxAppendBytes: options.maxAppendBytes ?? 1_048_576,
      clock: options.clock ?? Date.now,
    });
  } catch (error) {
    await kept?.release();
    await server.close();
    throw error;
  }
}

/** Told when the server goes and when it comes back, not again while it is away or there. */
function eachOnce({ onLost, onBack }: KurrentdbEventLogOptions): Presence {
  let isLost = false;
  return {
    onLost: (error) => {
      if (!isLost) onLost?.(error);
      isLost = true;
    },
    onBack: () => {
      if (isLost) onBack?.();
      isLost = false;
    },
  };
}

function indexIn(dataDir: string, identity: IndexIdentity, isKept = false): IndexBeside {
  const folder = join(dataDir, 'event-log-index');
  return isKept ? KeptIndex.claim(folder, identity) : new IndexBeside(folder, identity);
}

type Presence = Required<Pick<KurrentdbEventLogOptions, 'onLost' | 'onBack'>>;
type FollowOptions = KurrentdbEventLogOptions & Presence & Pick<Parts, 'namespace' | 'prefixes' | 'timing'>;
type Following = Pick<Parts, 'index' | 'follower' | 'listeners'>;

/** Goes on from the kept index, and from the beginning when that turns out to be of another log. */
async function followAll(
  options: FollowOptions,
  server: LogServer,
  kept: IndexBeside | undefined,
): Promise<Following> {
  if (kept) {
    const resumed = await follow(options, server, kept, kept.read());
    if (!resumed.failure && kept.agrees(resumed.index)) return resumed;
    resumed.follower.stop();
    await kept.forget();
  }
  const following = await follow(options, server, kept, new LogIndex());
  if (!following.failure) return following;
  following.follower.stop();
  throw following.failure;
}

/** Resolves when the log was read to its end, or cannot be followed. */
async function follow(
  { timing, namespace, prefixes, onFailure, onReconnect, onLost, onBack }: FollowOptions,
  server: LogServer,
  kept: IndexBeside | undefined,
  index: LogIndex,
): Promise<Following & { failure: Error | undefined }> {
  const listeners = new Listeners();
  let failure: Error | undefined;
  let lastTrouble: Error | undefined;
  let isOpen = false;
  const follower = new LogFollower({
    server,
    index,
    namespace,
    prefixes,
    timing,
    onMore: (head) => listeners.tell(head),
    onFailure: (error) => {
      failure = error;
      if (isOpen) onFailure?.(error);
    },
    onReconnect: (error, pause) => {
      lastTrouble = error;
      onReconnect?.(error, pause);
    },
    onLost,
    onBack,
  });
  kept?.keepUpWith(index, timing.keep);
  const started = follower.start();
  for (let length = -1; index.length > length;) {
    length = index.length;
    if (!(await endsWithin(timing.open, started))) continue;
    isOpen = true;
    return { index, follower, listeners, failure };
  }
  follower.stop();
  const why = lastTrouble?.message ?? 'its server takes the connection and tells nothing.';
  throw new ServerTrouble(`Nothing was read of the event log for ${timing.open} ms: ${why}`, 'unknown');
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

  get place(): LogPlace {
    const { url, dataDir } = this.parts;
    return { kind: 'kurrentdb', url, dataDir };
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

  lag(position: Position): Promise<LogLag> {
    return this.answer(() => {
      refuseNoPosition(position);
      const { index } = this.parts;
      const read = index.upTo(BigInt(position));
      return { events: index.length - read, since: read < index.length ? index.at(read).recordedAt : null };
    });
  }

  subscribe(listener: (head: LogHead) => void): () => void {
    return this.parts.listeners.add(listener);
  }

  close(): Promise<void> {
    this.closing ??= this.finish();
    return this.closing;
  }

  /** What was taken is finished first, within bounds; only then is the connection let go. */
  private async finish(): Promise<void> {
    const { follower, server, index, kept, listeners, timing } = this.parts;
    await this.queue.drain(timing.drain);
    this.closed = true;
    follower.stop();
    await server.close();
    await kept?.release(index);
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

async function endsWithin(milliseconds: number, work: Promise<void>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => (timer = setTimeout(() => resolve(false), milliseconds)));
  return Promise.race([work.then(() => true), late]).finally(() => clearTimeout(timer));
}

import type { Position, ReadStream, RecordedEvent } from '../event-log.js';
import { refuseLimit, refuseNoCategory, refuseNoPosition } from '../read-arguments.js';
import type { LogFollower } from './log-follower.js';
import { LogGap, type IndexedEvent, type LogIndex } from './log-index.js';
import type { ServedPlace, LogServer, ServedEvent } from './log-server.js';
import { persevere } from './persevere.js';
import type { KurrentdbTiming } from './timing.js';
import { envelopeOf } from './wire-event.js';

/** So many streams of a page are read at the same time. */
const STREAMS_AT_ONCE = 8;

export interface ReaderOptions {
  server: LogServer;
  index: LogIndex;
  follower: LogFollower;
  namespace: string;
  prefixes: string[];
  timing: KurrentdbTiming;
}

/** Reads events from the server, and what their order tells from the index. */
export class KurrentdbLogReader {
  constructor(private readonly options: ReaderOptions) {}

  /** @throws RangeError when `upTo` is no position, and {@link ServerTrouble} */
  async readStream(stream: string, upTo?: Position): Promise<RecordedEvent[]> {
    if (upTo !== undefined) refuseNoPosition(upTo);
    const { server, index, follower, namespace, timing } = this.options;
    const isAsked = ({ position }: IndexedEvent): boolean => upTo === undefined || position <= BigInt(upTo);
    const inPast = upTo !== undefined && BigInt(upTo) <= BigInt(index.head().position);
    const count = inPast ? index.of(stream).filter(isAsked).length : Number.MAX_SAFE_INTEGER;
    if (count === 0) return [];
    const served = await persevere(timing, () => server.readStream(namespace + stream, count, timing.answer));
    await follower.until(stream, served.length);
    const indexed = index.of(stream).slice(0, served.length).filter(isAsked);
    return indexed.map((entry, revision) => recordedEvent(stream, served[revision]!, entry));
  }

  /** @throws RangeError when `after` is no position or `limit` no size of page, and {@link ServerTrouble} */
  async readAll(after: Position, limit: number): Promise<RecordedEvent[]> {
    refuseLimit(limit, 'events');
    refuseNoPosition(after);
    const { server, index, namespace, prefixes, timing } = this.options;
    const first = index.upTo(BigInt(after));
    const count = Math.min(limit, index.length - first);
    if (count === 0) return [];
    const place = first === 0 ? undefined : placeOf(index.at(first - 1));
    const names = prefixes.map((prefix) => namespace + prefix);
    const served = await persevere(timing, () => server.readAfter(place, names, count, timing.answer));
    return served.map((event, offset) => {
      const entry = index.at(first + offset);
      if (event.place.commit !== entry.position) throw notAsIndexed(entry.position);
      return recordedEvent(event.stream.slice(namespace.length), event, entry);
    });
  }

  /** @throws RangeError when `category` is none */
  streamsOf(category: string): string[] {
    refuseNoCategory(category);
    return [...this.options.index.names.of(category)];
  }

  /** @throws RangeError when an argument is none, and {@link ServerTrouble} */
  async readStreams(
    category: string,
    after: string | null,
    limit: number,
    upTo?: Position,
  ): Promise<ReadStream[]> {
    refuseNoCategory(category);
    refuseLimit(limit, 'streams');
    const names = this.options.index.names.page(category, after, limit);
    const read: ReadStream[] = [];
    for (let from = 0; from < names.length; from += STREAMS_AT_ONCE) {
      const some = names.slice(from, from + STREAMS_AT_ONCE);
      read.push(
        ...(await Promise.all(
          some.map(async (stream) => ({ stream, events: await this.readStream(stream, upTo) })),
        )),
      );
    }
    return read;
  }
}

/** What is appended by itself, as we do, has one offset: that of its record. */
function placeOf({ position }: IndexedEvent): ServedPlace {
  return { commit: position, prepare: position };
}

function recordedEvent(
  stream: string,
  { revision, type, data, metadata }: ServedEvent,
  { position, recordedAt, digest }: IndexedEvent,
): RecordedEvent {
  const envelope = envelopeOf(metadata);
  if (!envelope) throw notAsIndexed(position);
  const { id, contentHash, personal } = envelope;
  return {
    stream,
    position: String(position),
    revision,
    id,
    type,
    contentHash,
    content: data,
    personal,
    metadata: envelope.metadata,
    recordedAt,
    digest,
  };
}

function notAsIndexed(position: bigint): LogGap {
  return new LogGap(
    `The event log's server no longer has the event at position ${position} as it was. Was the server restored, or ` +
      'its log scavenged?',
  );
}

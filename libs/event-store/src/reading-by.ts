import type { EventLogReader } from './event-log.js';

/** All that is read of a log, asked of a reader of it: a log that writes as well adds the rest. */
export function readingBy(reader: EventLogReader): Omit<EventLogReader, 'close'> {
  return {
    place: reader.place,
    readStream: (stream, upTo) => reader.readStream(stream, upTo),
    readAll: (after, limit) => reader.readAll(after, limit),
    streamsOf: (category) => reader.streamsOf(category),
    readStreams: (category, after, limit, upTo) => reader.readStreams(category, after, limit, upTo),
    head: () => reader.head(),
    positionAt: (recordedAt) => reader.positionAt(recordedAt),
    lag: (position) => reader.lag(position),
  };
}

import type { WrittenAppend, WrittenEvent } from '../written-append.js';

/** An event that the stream has, with the append that stored it. */
export interface HeldEvent {
  revision: number;
  contentHash: string;
  append: string;
}

/** A stream as it is: the revision of its last event, and its events by id. */
export interface HeldStream {
  revision: number | 'no-stream';
  events: Map<string, HeldEvent>;
}

/** An append set against its stream. */
export interface Compared {
  /** Ids of which the stream, or an earlier event of the append, has other content. */
  conflicts: string[];
  /** Events that the stream does not have, in order, each id once. */
  fresh: WrittenEvent[];
}

export function compare({ events }: WrittenAppend, stream: HeldStream): Compared {
  const hashes = new Map<string, string>();
  const conflicts = new Set<string>();
  const fresh: WrittenEvent[] = [];
  for (const event of events) {
    let hash = hashes.get(event.id) ?? stream.events.get(event.id)?.contentHash;
    if (hash === undefined) {
      hash = event.contentHash;
      fresh.push(event);
    }
    hashes.set(event.id, hash);
    if (hash !== event.contentHash) conflicts.add(event.id);
  }
  return { conflicts: [...conflicts], fresh };
}

/**
 * One moment per fresh event: as given, or the clock's reading.
 * @param lastRecordedAt of the log, ms since 1970
 * @returns `undefined` when given moments decrease or lie before the log's last
 */
export function momentsOf(
  { events, recordedAt, now }: WrittenAppend,
  fresh: WrittenEvent[],
  lastRecordedAt: number,
): number[] | undefined {
  if (!recordedAt) return fresh.map(() => now!);
  let earliest = lastRecordedAt;
  const moments: number[] = [];
  for (const event of fresh) {
    const moment = recordedAt[events.indexOf(event)]!;
    if (moment < earliest) return undefined;
    moments.push((earliest = moment));
  }
  return moments;
}

import type { WrittenAppend } from './written-append.js';

/** An append set against its stream. */
export interface Compared {
  /** Ids of which the stream, or an earlier event of the append, has other content. */
  conflicts: string[];
  /** Places in the append of the events that the stream does not have, in order, each id once. */
  fresh: number[];
}

/** @param storedHash of the content that the stream has under an id, if it has any; asked once for each id */
export function compare({ events }: WrittenAppend, storedHash: (id: string) => string | undefined): Compared {
  const hashes = new Map<string, string>();
  const conflicts = new Set<string>();
  const fresh: number[] = [];
  for (const [place, { id, contentHash }] of events.entries()) {
    let hash = hashes.get(id);
    if (hash === undefined) {
      const stored = storedHash(id);
      if (stored === undefined) fresh.push(place);
      hash = stored ?? contentHash;
      hashes.set(id, hash);
    }
    if (hash !== contentHash) conflicts.add(id);
  }
  return { conflicts: [...conflicts], fresh };
}

/**
 * One moment per fresh event: as given, or else one reading of a clock for all.
 * @param lastRecordedAt of the log, ms since 1970
 * @returns `undefined` when given moments decrease or lie before the log's last
 */
export function momentsOf(
  { recordedAt }: WrittenAppend,
  fresh: readonly number[],
  lastRecordedAt: number,
  reading: () => number,
): number[] | undefined {
  if (!recordedAt) {
    const moment = reading();
    return fresh.map(() => moment);
  }
  let earliest = lastRecordedAt;
  const moments: number[] = [];
  for (const place of fresh) {
    const moment = recordedAt[place]!;
    if (moment < earliest) return undefined;
    moments.push((earliest = moment));
  }
  return moments;
}

import type { NewEvent } from './event-log.js';

/**
 * Bytes of JSON at which events that need not stand or fall together are cut into appends. Servers of EventStoreDB before
 * 25.1 take 1 MiB at once, of which the log's own envelope takes up to half where events are small.
 */
export const bytesAnAppend = 524_288;

/** @returns how many of these events, from the first, go in one append; 1 at least, so that a store may refuse it */
export function fittingOneAppend(events: readonly NewEvent[]): number {
  let bytes = 0;
  const tooMany = events.findIndex((event) => (bytes += bytesOf(event)) > bytesAnAppend);
  return tooMany < 0 ? events.length : Math.max(1, tooMany);
}

/** An event that has no JSON counts for nothing: the log refuses it, and says why. */
export function bytesOf(event: NewEvent): number {
  try {
    return Buffer.byteLength(JSON.stringify(event));
  } catch {
    return 0;
  }
}

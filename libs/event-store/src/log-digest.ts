import { createHash } from 'node:crypto';
import { START, type EventLogReader, type Position } from './event-log.js';

/** The digest before the first event: 32 zero bytes, in hex. */
export const EMPTY_LOG_DIGEST = '0'.repeat(64);

/**
 * The next link of the log's hash chain, in hex: SHA-256 over the bytes of the previous digest and those of the
 * event's content hash. Whoever knows one digest knows that nothing before it was changed, lost or moved.
 */
export function nextDigest(previousDigest: string, contentHash: string): string {
  return createHash('sha256').update(previousDigest, 'hex').update(contentHash, 'hex').digest('hex');
}

/** The digest of all events up to a position of the log; `undefined` when no event has that position. */
export async function digestAt(
  log: Pick<EventLogReader, 'readAll'>,
  position: Position,
): Promise<string | undefined> {
  if (position === START) return EMPTY_LOG_DIGEST;
  const [event] = await log.readAll(String(BigInt(position) - 1n), 1);
  return event?.position === position ? event.digest : undefined;
}

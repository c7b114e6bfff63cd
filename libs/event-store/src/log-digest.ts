import { createHash } from 'node:crypto';

/** The digest before the first event: 32 zero bytes, in hex. */
export const EMPTY_LOG_DIGEST = '0'.repeat(64);

/**
 * The next link of the log's hash chain, in hex: SHA-256 over the bytes of the previous digest and those of the
 * event's content hash. Whoever knows one digest knows that nothing before it was changed, lost or moved.
 */
export function nextDigest(previousDigest: string, contentHash: string): string {
  return createHash('sha256').update(previousDigest, 'hex').update(contentHash, 'hex').digest('hex');
}

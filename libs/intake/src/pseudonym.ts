import { createHmac } from 'node:crypto';
import type { AcceptedEvent, IdentifiedEvent } from './accepted-event.js';
import { base32 } from './base32.js';

/**
 * The pseudonym under which a client is kept: base32 (RFC 4648, no padding) of the first 16 bytes of
 * HMAC-SHA-256(key, BSN), 26 letters and digits. The same BSN and key always give the same pseudonym.
 */
export function clientIdOf(bsn: string, key: Buffer): string {
  return base32(createHmac('sha256', key).update(bsn).digest().subarray(0, 16));
}

/** The event with its client's pseudonym; the BSN goes no further than this. */
export function withClientId(event: AcceptedEvent, key: Buffer): IdentifiedEvent {
  if (!('bsn' in event)) return event;
  const { bsn, ...rest } = event;
  return { ...rest, clientId: clientIdOf(bsn, key) };
}

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

/** Under which id each person is kept, also one who was first told of before the key was changed. */
export class Pseudonyms {
  /**
   * @param keys the one in use, then those before it, the latest first
   * @param isKnown whether anything was ever told of a client; asked only where there are former keys
   */
  constructor(
    private readonly keys: readonly [Buffer, ...Buffer[]],
    private readonly isKnown: (clientId: string) => Promise<boolean>,
  ) {}

  async clientIdOf(bsn: string): Promise<string> {
    const current = clientIdOf(bsn, this.keys[0]);
    if (this.keys.length === 1) return current;
    for (const key of this.keys) {
      const clientId = clientIdOf(bsn, key);
      if (await this.isKnown(clientId)) return clientId;
    }
    return current;
  }

  /** The event with its client's pseudonym; the BSN goes no further than this. */
  async identify(event: AcceptedEvent): Promise<IdentifiedEvent> {
    if (!('bsn' in event)) return event;
    const { bsn, ...rest } = event;
    return { ...rest, clientId: await this.clientIdOf(bsn) };
  }
}

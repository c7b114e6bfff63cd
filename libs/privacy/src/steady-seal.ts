import { createCipheriv, createDecipheriv, createHmac, timingSafeEqual } from 'node:crypto';
import { keyFor } from './seal.js';

const tagBytes = 16;

/**
 * Seals a text so that the same text under the same key is always the same bytes, which tell nothing else of it but its
 * length: the tag, 16 bytes of HMAC-SHA-256 over the text, is the counter that AES-256 begins with, as in RFC 5297 (SIV).
 */
export class SteadySeal {
  private readonly tagKey: Buffer;
  private readonly textKey: Buffer;

  constructor(key: Buffer) {
    this.tagKey = keyFor('tag', key);
    this.textKey = keyFor('text', key);
  }

  seal(text: string): Buffer {
    const plain = Buffer.from(text, 'utf8');
    const tag = this.tagOf(plain);
    const cipher = createCipheriv('aes-256-ctr', this.textKey, tag);
    return Buffer.concat([tag, cipher.update(plain), cipher.final()]);
  }

  /** The text; `undefined` for what was not sealed under this key, or was changed. */
  open(sealed: Buffer): string | undefined {
    if (sealed.length < tagBytes) return undefined;
    const tag = sealed.subarray(0, tagBytes);
    const decipher = createDecipheriv('aes-256-ctr', this.textKey, tag);
    const plain = Buffer.concat([decipher.update(sealed.subarray(tagBytes)), decipher.final()]);
    return timingSafeEqual(this.tagOf(plain), tag) ? plain.toString('utf8') : undefined;
  }

  private tagOf(plain: Buffer): Buffer {
    return createHmac('sha256', this.tagKey).update(plain).digest().subarray(0, tagBytes);
  }
}

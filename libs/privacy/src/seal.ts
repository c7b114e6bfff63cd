import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';

const keyBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;

/** What lies under a key was changed, moved from where it was put, or is under another key. */
export class SealBroken extends Error {
  override readonly name = 'SealBroken';
}

export function newKey(): Buffer {
  return randomBytes(keyBytes);
}

/**
 * AES-256-GCM under a nonce of 96 random bits: nonce, ciphertext and tag, one after the other.
 * @param place what it belongs to; it opens nowhere else
 */
export function seal(key: Buffer, plain: Buffer, place: string): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes });
  cipher.setAAD(Buffer.from(place, 'utf8'));
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** @throws SealBroken */
export function unseal(key: Buffer, sealed: Buffer, place: string): Buffer {
  const end = sealed.length - tagBytes;
  if (end < nonceBytes) throw new SealBroken('What was sealed has been cut off.');
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, nonceBytes), {
    authTagLength: tagBytes,
  });
  decipher.setAAD(Buffer.from(place, 'utf8'));
  decipher.setAuthTag(sealed.subarray(end));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(nonceBytes, end)), decipher.final()]);
  } catch (error) {
    throw new SealBroken('What was sealed has been changed, or belongs elsewhere.', { cause: error });
  }
}

/** A key for one purpose, from one that serves several. */
export function keyFor(purpose: string, key: Buffer): Buffer {
  return createHmac('sha256', key).update(purpose).digest();
}

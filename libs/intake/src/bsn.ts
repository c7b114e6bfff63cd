import { tryParseInstant } from '@domeinbrug/calendar';

const weights = [9, 8, 7, 6, 5, 4, 3, 2, -1];

/** Whether a text is a BSN: nine digits, not all zero, that pass the eleven-test (the last digit weighs -1). */
export function isBsn(text: string): boolean {
  if (!/^[0-9]{9}$/.test(text) || text === '000000000') return false;
  return weights.reduce((sum, weight, place) => sum + weight * Number(text[place]), 0) % 11 === 0;
}

/**
 * Whether a text has a run of exactly nine digits that may be a BSN. Random hexadecimal (hashes, traces, the end of a
 * UUID) has such runs by chance and is passed over, and so is an instant with nanoseconds.
 */
export function mayHoldBsn(text: string): boolean {
  if (tryParseInstant(text) !== undefined) return false;
  const words = text.split(/[^0-9A-Za-z]+/).filter((word) => !randomHex.test(word));
  return words.some((word) => word.split(/[^0-9]+/).some(isBsn));
}

const randomHex = /^(?=.*[a-f])[0-9a-f]{12,}$/i;

/** The text with every BSN in it made unreadable, for messages that repeat what was sent. */
export function withoutBsn(text: string): string {
  return text.replace(/[0-9]{9,}/g, (digits) => (holdsBsn(digits) ? '*'.repeat(digits.length) : digits));
}

/** Whether a run of digits has a BSN anywhere inside. */
function holdsBsn(digits: string): boolean {
  for (let start = 0; start + 9 <= digits.length; start++) {
    if (isBsn(digits.slice(start, start + 9))) return true;
  }
  return false;
}

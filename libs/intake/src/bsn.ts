const weights = [9, 8, 7, 6, 5, 4, 3, 2, -1];

/** Whether a text is a BSN: nine digits, not all zero, that pass the eleven-test (the last digit weighs -1). */
export function isBsn(text: string): boolean {
  if (!/^[0-9]{9}$/.test(text) || text === '000000000') return false;
  return weights.reduce((sum, weight, place) => sum + weight * Number(text[place]), 0) % 11 === 0;
}

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

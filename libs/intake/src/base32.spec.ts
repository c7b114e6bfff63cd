import fc from 'fast-check';
import { base32, fromBase32 } from './base32.js';

// RFC 4648, section 10.
it.each([
  ['', ''],
  ['f', 'MY'],
  ['fo', 'MZXQ'],
  ['foo', 'MZXW6'],
  ['foob', 'MZXW6YQ'],
  ['fooba', 'MZXW6YTB'],
  ['foobar', 'MZXW6YTBOI'],
])('"%s" is written as "%s"', (text, written) => {
  expect(base32(Buffer.from(text))).toBe(written);
  expect(fromBase32(written)!.toString()).toBe(text);
});

it('reads every row of bytes back, and no other text for it', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 90 }), (bytes) => {
      expect(fromBase32(base32(bytes))).toEqual(Buffer.from(bytes));
    }),
    { seed: 33 },
  );
});

it.each(['MZ', 'mzxq', 'MZXW1', 'MZXQ=', 'A', 'MZXQAA'])('"%s" is nothing that was written', (text) => {
  expect(fromBase32(text)).toBeUndefined();
});

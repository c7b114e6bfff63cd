import { isBsn, withoutBsn } from './bsn.js';

describe('isBsn', () => {
  it.each([
    ['999990019', true],
    ['999990020', true],
    ['123456782', true],
    ['999990018', false],
    ['000000000', false],
    ['99999001', false],
    ['9999900190', false],
    ['99999001a', false],
  ])('%s: %p', (text, expected) => expect(isBsn(text)).toBe(expected));
});

describe('withoutBsn', () => {
  it.each([
    ['a 999990019 b', 'a ********* b'],
    ['x1999990019', 'x**********'],
    ['999990018 and 12', '999990018 and 12'],
  ])('makes of %s: %s', (text, expected) => expect(withoutBsn(text)).toBe(expected));
});

import { newKey, seal, SealBroken, unseal } from './seal.js';

describe('what is sealed', () => {
  const key = newKey();
  const plain = Buffer.from('{"birthYear":1941}');

  it('opens with its key where it was put, and says something else each time', () => {
    const sealed = seal(key, plain, 'place');
    expect(unseal(key, sealed, 'place')).toEqual(plain);
    expect(sealed).not.toEqual(seal(key, plain, 'place'));
    expect(sealed.includes(plain)).toBe(false);
  });

  it.each([
    ['with another key', () => unseal(newKey(), seal(key, plain, 'place'), 'place')],
    ['elsewhere', () => unseal(key, seal(key, plain, 'place'), 'other place')],
    ['cut short', () => unseal(key, seal(key, plain, 'place').subarray(0, -1), 'place')],
    ['with nothing left', () => unseal(key, Buffer.alloc(0), 'place')],
  ])('does not open %s', (_, open) => expect(open).toThrow(SealBroken));

  it('does not open when any of its bytes was changed', () => {
    const sealed = seal(key, plain, 'place');
    for (let at = 0; at < sealed.length; at++) {
      const changed = Buffer.from(sealed);
      changed[at] = changed[at]! ^ 1;
      expect(() => unseal(key, changed, 'place')).toThrow(SealBroken);
    }
  });
});

import fc from 'fast-check';
import { ClientAliases, type Organisation } from './client-aliases.js';

const key = Buffer.alloc(32, 1);
const aliases = new ClientAliases([key]);
const insurer: Organisation = { kind: 'insurer', code: '3311' };

const ids = fc.stringMatching(/^[A-Za-z0-9]{8,64}$/);
const organisations: fc.Arbitrary<Organisation> = fc.record({
  kind: fc.constantFrom('provider', 'municipality', 'insurer', 'care-office', 'oin', 'policy', 'auditor'),
  code: fc.stringMatching(/^[0-9]{4,20}$/),
});
const check = <T extends unknown[]>(property: fc.IProperty<T>): void => fc.assert(property, { seed: 33 });

it('an alias leads to the client it was made of, and is always the same', () => {
  check(
    fc.property(ids, organisations, (id, organisation) => {
      const alias = aliases.aliasOf(id, organisation);
      expect(alias).toMatch(/^[A-Z2-7]{68,128}$/);
      expect(aliases.clientOf(alias, organisation)).toBe(id);
      expect(new ClientAliases([key]).aliasOf(id, organisation)).toBe(alias);
    }),
  );
});

it('of a pseudonym and of anything shorter it has 68 characters', () => {
  for (const id of ['CLIENT01', 'AEBAGBAFAYDQQCIKBMGA2DQPCA'])
    expect(aliases.aliasOf(id, insurer)).toHaveLength(68);
  expect(aliases.aliasOf('a'.repeat(64), insurer)).toHaveLength(128);
});

it('two organisations have different ones, and neither can read the other’s', () => {
  check(
    fc.property(ids, organisations, organisations, (id, one, other) => {
      fc.pre(one.kind !== other.kind || one.code !== other.code);
      const alias = aliases.aliasOf(id, one);
      expect(aliases.aliasOf(id, other)).not.toBe(alias);
      expect(aliases.clientOf(alias, other)).toBeUndefined();
    }),
  );
});

it('two clients have different ones', () => {
  check(
    fc.property(ids, ids, (one, other) => {
      fc.pre(one !== other);
      expect(aliases.aliasOf(one, insurer)).not.toBe(aliases.aliasOf(other, insurer));
    }),
  );
});

it('one that was changed anywhere leads to nobody', () => {
  check(
    fc.property(ids, fc.nat(), fc.stringMatching(/^[A-Z2-7]$/), (id, place, character) => {
      const alias = aliases.aliasOf(id, insurer);
      const at = place % alias.length;
      fc.pre(alias[at] !== character);
      const changed = alias.slice(0, at) + character + alias.slice(at + 1);
      expect(aliases.clientOf(changed, insurer)).toBeUndefined();
    }),
  );
});

it.each(['', 'CLIENT0001', 'AEBAGBAFAYDQQCIKBMGA2DQPCA', 'A'.repeat(68), 'a'.repeat(68), 'é'.repeat(40)])(
  '"%s" is no alias',
  (text) => {
    expect(aliases.clientOf(text, insurer)).toBeUndefined();
  },
);

it('after a change of key the former still means whom it meant, and new answers use the new one', () => {
  const after = new ClientAliases([Buffer.alloc(32, 2), key]);
  const former = aliases.aliasOf('CLIENT0001', insurer);
  expect(after.clientOf(former, insurer)).toBe('CLIENT0001');
  expect(after.aliasOf('CLIENT0001', insurer)).not.toBe(former);
  expect(new ClientAliases([Buffer.alloc(32, 2)]).clientOf(former, insurer)).toBeUndefined();
});

it('a place in a list opens for who reads the list, and shows nothing of it', () => {
  check(
    fc.property(fc.string({ minLength: 1 }), organisations, organisations, (place, one, other) => {
      fc.pre(one.kind !== other.kind || one.code !== other.code);
      const sealed = aliases.sealPlace(place, one);
      expect(sealed).toMatch(/^[A-Za-z0-9_-]+$/);
      expect(aliases.openPlace(sealed, one)).toBe(place);
      expect(aliases.openPlace(sealed, other)).toBeUndefined();
    }),
  );
});

it('an alias is no place, and a place no alias', () => {
  const alias = aliases.aliasOf('CLIENT0001', insurer);
  expect(aliases.openPlace(alias, insurer)).toBeUndefined();
  expect(aliases.openPlace('', insurer)).toBeUndefined();
});

import fc from 'fast-check';
import { onePerson, personLedger, type Merge } from './one-person.js';

const merged = (from: string, into: string): Merge => ({ type: 'client-merged', from, into });
const unmerged = (from: string, into: string): Merge => ({ type: 'client-unmerged', from, into });

describe('onePerson', () => {
  it('reads the merged id with the other', () => {
    const person = onePerson([merged('b', 'a')]);
    expect(person.membersOf('a')).toEqual(['a', 'b']);
    expect(person.mergedInto('b')).toBe('a');
    expect(person.mergedInto('a')).toBeNull();
    expect(person.membersOf('c')).toEqual(['c']);
  });

  it('follows a chain to its end', () => {
    const person = onePerson([merged('c', 'b'), merged('b', 'a')]);
    expect(person.membersOf('a')).toEqual(['a', 'b', 'c']);
    expect(person.mergedInto('c')).toBe('a');
  });

  it('restores what is unmerged, with what had been merged into it', () => {
    const person = onePerson([merged('c', 'b'), merged('b', 'a'), unmerged('b', 'a')]);
    expect(person.membersOf('a')).toEqual(['a']);
    expect(person.membersOf('b')).toEqual(['b', 'c']);
    expect(person.mergedInto('b')).toBeNull();
  });

  it.each([
    ['itself', merged('a', 'a')],
    ['merged-already', merged('b', 'c')],
    ['circle', merged('a', 'b')],
    ['not-merged', unmerged('c', 'a')],
  ])('objects: %s', (objection, merge) => {
    const ledger = personLedger();
    expect(ledger.apply(merged('b', 'a'))).toBeNull();
    expect(ledger.apply(merge)).toBe(objection);
    expect(ledger.persons().membersOf('a')).toEqual(['a', 'b']);
  });

  it('puts every id in exactly one person, whatever comes in', () => {
    const id = fc.constantFrom('a', 'b', 'c', 'd', 'e');
    const merge = fc.record({
      type: fc.constantFrom('client-merged' as const, 'client-unmerged' as const),
      from: id,
      into: id,
    });
    fc.assert(
      fc.property(fc.array(merge, { maxLength: 12 }), (merges) => {
        const person = onePerson(merges);
        const ids = ['a', 'b', 'c', 'd', 'e'];
        const roots = ids.filter((one) => person.mergedInto(one) === null);
        expect(roots.flatMap((root) => person.membersOf(root)).sort()).toEqual(ids);
      }),
      { seed: 20261123 },
    );
  });
});

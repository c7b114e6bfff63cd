import fc from 'fast-check';
import type { FactRow } from './rows.js';
import { knownAfter, succeed, type Versions } from './versions.js';

/** A fact that only its code tells apart. */
const fact = (code: number): FactRow => ({ kind: 2, from: 1, until: 2, code, provider: 3, extra: 4 });
const facts = fc.array(fc.nat({ max: 5 }), { maxLength: 6 }).map((codes) => codes.map(fact));

/** Each list after the one before, under ascending event numbers; those that change nothing leave no version. */
function versionsOf(lists: readonly FactRow[][]): Versions {
  return lists.reduce<Versions>((before, list, at) => succeed(before, list, at + 1) ?? before, {
    current: [],
    superseded: [],
  });
}

describe('versions of facts', () => {
  it('tell what was known after every event, in the order of then', () => {
    fc.assert(
      fc.property(fc.array(facts, { maxLength: 8 }), (lists) => {
        const versions = versionsOf(lists);
        lists.forEach((list, at) => {
          expect(knownAfter(versions, at + 1).map(({ code }) => code)).toEqual(list.map(({ code }) => code));
        });
        expect(knownAfter(versions, 0)).toEqual([]);
      }),
      { numRuns: 2_000, seed: 20240304 },
    );
  });

  it('keep of a fact that stays the event that it was first seen after', () => {
    const { current, superseded } = versionsOf([[1, 2, 3].map(fact), [4, 1, 3].map(fact)]);
    expect(current.map(({ code, seenFrom }) => [code, seenFrom])).toEqual([
      [4, 2],
      [1, 1],
      [3, 1],
    ]);
    expect(
      superseded.map(({ code, seenFrom, seenUntil, place }) => [code, seenFrom, seenUntil, place]),
    ).toEqual([[2, 1, 2, 2]]);
  });

  it('forget what came and went with one event', () => {
    const first = succeed({ current: [], superseded: [] }, [fact(1)], 1)!;
    expect(succeed(first, [fact(2)], 1)!.superseded).toEqual([]);
  });

  it('are as they were when an event changed nothing', () => {
    expect(succeed(versionsOf([[fact(1)]]), [fact(1)], 2)).toBeNull();
  });
});

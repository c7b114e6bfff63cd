import fc from 'fast-check';
import { ClientTable } from './client-table.js';
import { Generation, nothing } from './generation.js';
import { RisingNumbers } from './numbers.js';
import { roomFor } from './room.js';

const empty = (): Generation => Generation.allocate(1, roomFor(nothing, 0));
const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'];
/** As the product makes them: 128 bits; the last letter holds three of them. */
const pseudonyms = fc
  .tuple(
    fc.array(fc.constantFrom(...letters), { minLength: 25, maxLength: 25 }),
    fc.constantFrom('A', 'E', 'I', 'M', 'Q', 'U', 'Y', '4'),
  )
  .map(([first, last]) => first.join('') + last);
const others = fc.oneof(
  fc.stringMatching(/^[A-Za-z0-9]{8,64}$/),
  fc.stringMatching(/^[A-Z2-7]{26}$/),
  fc.stringMatching(/^[a-z2-7]{26}$/),
);

describe('numbers of clients', () => {
  it('lead from a pseudonym to its number and back, whatever its form', () => {
    const clients = fc.uniqueArray(fc.oneof(pseudonyms, others), { maxLength: 60 });
    fc.assert(
      fc.property(clients, (ids) => {
        const generation = empty();
        const table = new ClientTable(generation);
        ids.forEach((id, number) => {
          expect(table.numberOf(id)).toBeUndefined();
          expect(table.add(id)).toBe(number);
          generation.setUsed('clients', number + 1);
        });
        expect(ids.map((id) => table.numberOf(id))).toEqual(ids.map((_, number) => number));
        expect(ids.map((_, number) => table.clientAt(number))).toEqual(ids);
      }),
    );
  });

  it('spell out only pseudonyms of another form', () => {
    fc.assert(
      fc.property(pseudonyms, (id) => {
        const generation = empty();
        new ClientTable(generation).add(id);
        expect(generation.used('clientNames')).toBe(0);
      }),
    );
  });
});

describe('numbers that never decrease', () => {
  it('are kept exactly, with any distance between them', () => {
    const step = fc.oneof(
      fc.nat({ max: 2_000 }),
      fc.constantFrom(0xfffffffe, 0xffffffff, 0x100000000),
      fc.nat({ max: 2 ** 45 }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), fc.nat(), (steps, at) => {
        const numbers = new RisingNumbers(empty(), 'positions');
        let sum = 0;
        const all = steps.map((each) => (sum += each));
        for (const each of all) numbers.push(each);
        expect(all.map((_, place) => numbers.at(place))).toEqual(all);
        const sought = (all[at % Math.max(1, all.length)] ?? 0) + (at % 3) - 1;
        expect(numbers.countAtMost(sought, all.length)).toBe(all.filter((each) => each <= sought).length);
      }),
    );
  });
});

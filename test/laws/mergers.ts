import type { CodeSuccession } from '@domeinbrug/journey';
import fc from 'fast-check';
import { codes, firstPossibleDay, lastPossibleDay } from './event-drafts.js';

const invented = [1998, 1999];
const ofLevel = {
  municipality: codes.municipalities.map(Number),
  insurer: codes.insurers.map(Number),
  'care-office': codes.careOffices.map(Number),
};

/** Successors come later in the list than what they succeed, so no circle is among them. */
const succession: fc.Arbitrary<CodeSuccession> = fc
  .constantFrom('municipality' as const, 'municipality' as const, 'insurer' as const, 'care-office' as const)
  .chain((level) => {
    const all = [...ofLevel[level], ...invented];
    return fc
      .tuple(
        fc.nat({ max: all.length - 2 }),
        fc.nat(),
        fc.integer({ min: firstPossibleDay, max: lastPossibleDay }),
        fc.nat(),
      )
      .map(([from, step, firstDay, id]) => ({
        source: 'urn:domeinbrug',
        id: `m${id}`,
        level,
        code: all[from]!,
        by: all[from + 1 + (step % (all.length - from - 1))]!,
        firstDay,
        recordedAt: 0,
      }));
  });
export const successions: fc.Arbitrary<CodeSuccession[]> = fc.uniqueArray(succession, {
  maxLength: 4,
  selector: ({ id }) => id,
});

import { formatDay } from '@domeinbrug/calendar';
import type { CodeSuccession } from '@domeinbrug/journey';
import fc from 'fast-check';
import { byEngine, byReference } from './determine.js';
import { codes, firstPossibleDay, lastPossibleDay } from './event-drafts.js';
import { histories } from './histories.js';
import { successions } from './mergers.js';
import { ruleSets } from './rule-sets.js';

const runs = Number(process.env.LAWS_RUNS ?? 500);
const seed = Number(process.env.LAWS_SEED ?? 20240304);
jest.setTimeout(600_000);

const holds = <T extends [unknown, ...unknown[]]>(property: fc.IPropertyWithHooks<T>): void =>
  fc.assert(property, { numRuns: runs, seed });

describe('mergers of organisations', () => {
  it('give what the day-by-day reference says', () => {
    holds(
      fc.property(histories, ruleSets, successions, ({ events, knownAt }, ruleSet, merged) => {
        expect(byEngine(events, ruleSet, knownAt, merged)).toEqual(
          byReference(events, ruleSet, knownAt, merged),
        );
      }),
    );
  });

  it('leave every answer of before as it was, once known', () => {
    holds(
      fc.property(histories, ruleSets, successions, ({ events, knownAt }, ruleSet, merged) => {
        const later = merged.map((each) => ({ ...each, recordedAt: knownAt + 1 }));
        expect(byEngine(events, ruleSet, knownAt, later)).toEqual(byEngine(events, ruleSet, knownAt));
      }),
    );
  });

  it('give the old municipality no day from the first day on, and the new one none before', () => {
    const into: CodeSuccession = {
      ...{ source: 'urn:domeinbrug', id: 'm', level: 'municipality', recordedAt: 0, by: 1999 },
      ...{ code: Number(codes.municipalities[0]), firstDay: 0 },
    };
    const day = fc.integer({ min: firstPossibleDay, max: lastPossibleDay });
    holds(
      fc.property(histories, ruleSets, day, ({ events, knownAt }, ruleSet, firstDay) => {
        const { cover } = byEngine(events, ruleSet, knownAt, [{ ...into, firstDay }]);
        const first = formatDay(firstDay);
        for (const row of cover) {
          if (row.funder === `municipality:${codes.municipalities[0]}`)
            expect(row.lastDay !== null && row.lastDay < first).toBe(true);
          // A run-up binds who is the payer on its trigger day, and that may be the new one already.
          if (row.funder === 'municipality:1999' && row.kind !== 'lead-in')
            expect(row.firstDay >= first).toBe(true);
        }
      }),
    );
  });
});

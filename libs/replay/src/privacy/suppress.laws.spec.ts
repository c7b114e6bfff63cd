import fc from 'fast-check';
import { rowOf } from '../cells.fixture.js';
import type { CellRow, Cells } from '../cells.js';
import { privacyRule, tooFew, withoutPrivacy } from './privacy-rule.js';
import { publishCells } from './publish-cells.js';
import { sortRows } from './sort-rows.js';
import { rowsToHide } from './suppress.js';

const k10 = privacyRule('k10')!;
const sides = [
  (row: CellRow) => row.baseline.clients,
  (row: CellRow) => row.alternative.clients,
  (row: CellRow) => row.changedClients,
  (row: CellRow) => row.behind[0]!,
];

const clients = fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 500 }));
const row = fc
  .tuple(
    fc.tuple(
      fc.constantFrom('0363', '0518', '0599', null),
      fc.constantFrom('district-nursing', 'guidance', 'residence'),
      fc.constantFrom('2024-01', '2024-02', '2024-03', '2024-04'),
    ),
    clients,
    clients,
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.double({ min: 0, max: 1, noNaN: true }),
  )
  .map(([labels, baseline, alternative, share, priced]) => {
    const least = Math.abs(alternative - baseline); // at least the difference changed, at most all of both
    const changed = least + Math.floor(share * (baseline + alternative - least));
    return { ...rowOf(labels, baseline, alternative, changed), behind: [Math.floor(priced * baseline)] };
  });
const rows = fc.uniqueArray(row, { selector: ({ labels }) => labels.join(), maxLength: 48 });

const check = (law: (rows: CellRow[]) => void): void =>
  fc.assert(fc.property(rows, law), { seed: 4, numRuns: 1000 });
const cellsOf = (all: CellRow[]): Cells => ({ dimensions: ['funder', 'service', 'month'], rows: all });

/** Every line of the table, found in the slow and obvious way. */
function linesOf(all: CellRow[]): CellRow[][] {
  const along = all.flatMap((one) =>
    one.labels.map((_, dimension) =>
      all.filter(({ labels }) => labels.every((label, at) => at === dimension || label === one.labels[at])),
    ),
  );
  return [...along, all];
}

function hiddenIn(all: CellRow[]): Set<CellRow> {
  const sorted = sortRows(all);
  return new Set([...rowsToHide(sorted, k10.k)].map((at) => sorted[at]!));
}

describe('the laws of suppression', () => {
  it('publishes no row about 1 to k-1 clients', () => {
    check((all) => {
      const hidden = hiddenIn(all);
      for (const each of all) {
        if (sides.some((side) => tooFew(side(each), k10.k))) expect(hidden).toContain(each);
      }
    });
  });

  it('leaves no hidden row alone in a line of several', () => {
    check((all) => {
      const hidden = hiddenIn(all);
      for (const line of linesOf(all)) {
        const shown = line.filter((each) => !hidden.has(each) && sides.some((side) => side(each) > 0));
        if (line.length - 1 === line.filter((each) => !hidden.has(each)).length) expect(shown).toEqual([]);
      }
    });
  });

  it('leaves no cell, and no group under k, that follows from the total of a line', () => {
    check((all) => {
      const hidden = hiddenIn(all);
      for (const line of linesOf(all)) {
        for (const side of sides) {
          const behind = line.filter((each) => hidden.has(each) && side(each) > 0).map(side);
          const nothingLeft = line.every((each) => hidden.has(each) || side(each) === 0);
          if (behind.length === 0 || nothingLeft) continue;
          expect(behind.length).toBeGreaterThan(1);
          expect(Math.max(...behind)).toBeGreaterThanOrEqual(k10.k);
        }
      }
    });
  });

  it('tells a total only when what is hidden is more than one row and at least k people', () => {
    check((all) => {
      const { totals } = publishCells(cellsOf(all), k10);
      if (totals.baseline === null) return;
      for (const side of sides) {
        const behind = [...hiddenIn(all)].map(side).filter((count) => count > 0);
        if (behind.length > 0) expect(behind.length > 1 && Math.max(...behind) >= k10.k).toBe(true);
      }
    });
  });

  it('does the same whatever the order of the rows', () => {
    fc.assert(
      fc.property(
        rows.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        ([all, shuffled]) => {
          expect(publishCells(cellsOf(shuffled), k10)).toEqual(publishCells(cellsOf(all), k10));
        },
      ),
      { seed: 4, numRuns: 500 },
    );
  });

  it('has nothing to add to its own answer', () => {
    check((all) => {
      const sorted = sortRows(all);
      const hidden = rowsToHide(sorted, k10.k);
      expect(rowsToHide(sorted, k10.k, hidden)).toEqual(hidden);
    });
  });

  it('changes nothing without privacy', () => {
    check((all) => {
      const published = publishCells(cellsOf(all), withoutPrivacy);
      expect(published.rows).toMatchObject(
        sortRows(all).map(({ behind: _, ...each }) => ({ ...each, suppressed: false })),
      );
      expect(published.totals.suppressedRows).toBe(0);
    });
  });

  it('publishes changes that are the alternative less the baseline', () => {
    check((all) => {
      for (const each of publishCells(cellsOf(all), k10).rows) {
        if (each.suppressed) continue;
        expect(each.change.clients).toBe(each.alternative.clients - each.baseline.clients);
        expect(Math.abs(each.baseline.clients % 10)).toBe(0);
      }
    });
  });
});

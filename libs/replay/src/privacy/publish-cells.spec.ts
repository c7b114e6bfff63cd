import { cellsOf, rowOf } from '../cells.fixture.js';
import type { PrivacyRule } from './privacy-rule.js';
import { privacyRule, withoutPrivacy } from './privacy-rule.js';
import { publishCells, publishTotals, type PublishedCells } from './publish-cells.js';

const k10: PrivacyRule = privacyRule('k10')!;

function hiddenOf({ rows }: PublishedCells): string[] {
  return rows.filter(({ suppressed }) => suppressed).map(({ labels }) => labels.join(' '));
}

describe('publishing cells', () => {
  it('leaves a table as it is without privacy', () => {
    const cells = cellsOf({ a: 3, b: 47 });
    const published = publishCells(cells, withoutPrivacy);
    expect(published.rows).toEqual(
      cells.rows.map(({ behind: _, ...row }) => ({ ...row, suppressed: false })),
    );
    expect(JSON.stringify(published)).not.toContain('behind');
    expect(published.totals).toMatchObject({ rows: 2, suppressedRows: 0, baseline: { days: 500 } });
  });

  it('hides the smallest other row with one that is too small', () => {
    expect(hiddenOf(publishCells(cellsOf({ a: 90, b: 3, c: 40, d: 40 }), k10))).toEqual(['b', 'c']);
  });

  it('hides a third row where two small ones may be the same people', () => {
    expect(
      hiddenOf(publishCells(cellsOf({ january: 9, february: 9, march: 9, april: 30, may: 40 }), k10)),
    ).toEqual(['april', 'february', 'january', 'march']);
  });

  it('keeps a suppressed row in the table with its labels alone, and counts it', () => {
    const { rows, totals } = publishCells(cellsOf({ a: 90, b: 3, c: 40 }), k10);
    expect(rows[1]).toEqual({
      labels: ['b'],
      suppressed: true,
      baseline: null,
      alternative: null,
      change: null,
      changedClients: null,
    });
    expect(totals).toMatchObject({ rows: 3, suppressedRows: 2, baseline: { days: 1330 } });
    expect(totals.baseline).not.toHaveProperty('clients');
  });

  it('tells no total that differs for too few, and hides a row of those that add up to it', () => {
    const rows = [rowOf(['wlz'], 90, 70, 20), rowOf(['zvw'], 40, 60, 20), rowOf(['wmo'], 30, 30, 0)];
    const told = (people: number): PublishedCells =>
      publishCells({ dimensions: ['law'], rows, changedInAll: [people] }, k10);
    expect(hiddenOf(told(0))).toEqual([]);
    expect(hiddenOf(told(3))).toEqual(['wlz', 'zvw']);
    expect(told(3).totals).toMatchObject({ baseline: null, alternative: null, change: null });
    expect(told(12).totals.change).toMatchObject({ days: 0 });
  });

  it('tells no total that is about too few itself', () => {
    expect(publishCells(cellsOf({ a: 9, b: 9 }), k10).totals).toEqual({
      rows: 2,
      suppressedRows: 2,
      baseline: null,
      alternative: null,
      change: null,
    });
  });

  it('hides a row for the few who changed, and with it one in which others did', () => {
    const rows = [
      rowOf(['a'], 80, 80, 0),
      rowOf(['b'], 50, 52, 3),
      rowOf(['c'], 60, 80, 30),
      rowOf(['d'], 90, 90, 40),
    ];
    expect(hiddenOf(publishCells({ dimensions: ['region'], rows }, k10))).toEqual(['b', 'c']);
  });

  it('rounds clients so that the table adds up in itself, and leaves days and amounts', () => {
    const rows = [rowOf(['a'], 14, 26, 15)];
    const [row] = publishCells({ dimensions: ['region'], rows }, k10).rows;
    expect(row).toMatchObject({
      suppressed: false,
      baseline: { clients: 10, days: 140, recorded: 140_000 },
      alternative: { clients: 30, days: 260 },
      change: { clients: 20, days: 120 },
      changedClients: 20,
    });
  });

  it('goes on along other dimensions where a hidden row is alone in its line', () => {
    const rows = ['x', 'y', 'z'].flatMap((region, row) =>
      ['1', '2', '3'].map((month, column) => {
        const clients = row === 0 && column === 0 ? 4 : 20 + row * 3 + column;
        return rowOf([region, month], clients, clients, clients);
      }),
    );
    expect(hiddenOf(publishCells({ dimensions: ['region', 'month'], rows }, k10))).toEqual([
      'x 1',
      'x 2',
      'y 1',
      'y 2',
    ]);
  });

  it('puts the unknown last', () => {
    const rows = [rowOf([null], 20, 20, 20), rowOf(['b'], 20, 20, 20), rowOf(['a'], 20, 20, 20)];
    expect(publishCells({ dimensions: ['region'], rows }, k10).rows.map(({ labels }) => labels[0])).toEqual([
      'a',
      'b',
      null,
    ]);
  });

  it('refuses a table with one cell in two rows', () => {
    const rows = [rowOf(['a'], 20, 20, 20), rowOf(['a'], 30, 30, 30)];
    expect(() => publishCells({ dimensions: ['region'], rows }, k10)).toThrow(/\["a"\]; add them up first/);
  });

  it('tells the total of a group of rows only where that lays none of them bare', () => {
    const cells = cellsOf({ a1: 90, a2: 3, a3: 40, b1: 50, c1: 4 });
    const totals = publishTotals(cells, k10, ([label]) => label!.charAt(0));
    const hidden = new Set(hiddenOf(publishCells(cells, k10)));
    for (const [name, { rows, suppressedRows, baseline }] of totals) {
      const few = [...hidden].filter((label) => label.startsWith(name));
      expect([name, suppressedRows]).toEqual([name, few.length]);
      expect([name, rows, baseline === null]).toEqual([
        name,
        { a: 3, b: 1, c: 1 }[name],
        { a: false, b: false, c: true }[name],
      ]);
    }
    expect(totals.get('a')!.baseline!.days).toBe(1_330);
  });
});

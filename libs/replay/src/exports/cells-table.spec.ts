import { cellsOf } from '../cells.fixture.js';
import { privacyRule } from '../privacy/privacy-rule.js';
import { publishCells } from '../privacy/publish-cells.js';
import { cellsTable } from './cells-table.js';
import { dutchColumnName, withoutDutchName } from './column-names.js';

const table = cellsTable(publishCells(cellsOf({ a: 90, b: 3, c: 40 }), privacyRule('k10')!));

describe('a cube as a table', () => {
  it('has a cell for each column, and only labels in a suppressed row', () => {
    for (const row of table.rows) expect(row).toHaveLength(table.columns.length);
    expect(table.rows[0]!.slice(0, 5)).toEqual(['a', 0, 900, 90, 90]);
    expect(table.rows[1]).toEqual(['b', 1, ...Array<null>(25).fill(null)]);
  });

  it('has a Dutch name for each column', () => {
    const dimensions = ['funder', 'service', 'kind', 'month', 'region', 'provider'];
    const { columns } = cellsTable({ ...publishCells(cellsOf({}), privacyRule('k10')!), dimensions });
    expect(withoutDutchName(columns)).toEqual([]);
    expect(columns.map(dutchColumnName)).toContain('aangenomen midden alternatief (euro)');
    expect(new Set(columns.map(dutchColumnName)).size).toBe(columns.length);
    expect(columns.find(({ name }) => name === 'month')?.type).toBe('month');
  });

  it('is told when a Dutch name is missing', () => {
    expect(withoutDutchName([{ name: 'baselineShare', type: 'number' }])).toEqual(['baselineShare']);
    expect(withoutDutchName([{ name: 'constructor', type: 'text' }])).toEqual(['constructor']);
  });
});

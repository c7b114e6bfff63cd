import type { CoverRow } from './coverage-timeline.js';
import { rowChanges } from './row-changes.js';

const because = { opened: [], closed: [], parameters: [] };

function row(part: Partial<CoverRow> = {}): CoverRow {
  return {
    service: 'guidance',
    firstDay: '2024-01-01',
    lastDay: null,
    funder: 'municipality:0363',
    share: 100,
    law: 'wmo',
    kind: 'regular',
    provider: '65656055',
    rule: 'table',
    because,
    ...part,
  };
}

const kinds = (before: CoverRow[], after: CoverRow[]): string[] =>
  rowChanges(before, after).map(({ change }) => change);

test('the same rows have not changed, whatever their reasons', () => {
  const otherwise = row({ because: { ...because, closed: [{ source: 's', id: 'e', type: 'client-died' }] } });
  expect(rowChanges([row()], [otherwise])).toEqual([]);
});

test.each<Partial<CoverRow>>([
  { lastDay: '2024-03-03' },
  { share: 50 },
  { provider: '12121212' },
  { law: null },
])('a row with other %p is changed', (part) => {
  expect(rowChanges([row()], [row(part)])).toEqual([{ change: 'changed', before: row(), after: row(part) }]);
});

test.each<Partial<CoverRow>>([
  { funder: 'insurer:3311' },
  { service: 'household-help' },
  { kind: 'run-out' },
  { rule: 'run-out' },
  { firstDay: '2024-01-02' },
])('a row with other %p is another row: one withdrawn, then one added', (part) => {
  expect(kinds([row()], [row(part)])).toEqual(['withdrawn', 'added']);
});

test('two rows in one place are told apart by turn', () => {
  const [one, two] = [row({ provider: '11111111' }), row({ provider: '22222222' })];
  expect(kinds([one, two], [one, two])).toEqual([]);
  expect(kinds([one], [one, two])).toEqual(['added']);
});

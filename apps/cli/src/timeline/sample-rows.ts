import type { CoverRow, GapRow } from '@domeinbrug/coverage';

const nothing = { opened: [], closed: [], parameters: [] };

/** A row of cover for tests of drawings and tables. */
export function row(
  service: CoverRow['service'],
  [firstDay, lastDay]: [string, string | null],
  funder: CoverRow['funder'],
  more: Partial<CoverRow> = {},
): CoverRow {
  const shared = { share: 100, law: 'zvw', kind: 'regular', provider: '61610002', rule: 'table' } as const;
  return { service, firstDay, lastDay, funder, ...shared, because: nothing, ...more };
}

export function gap(
  service: GapRow['service'],
  [firstDay, lastDay]: [string, string | null],
  reason: GapRow['reason'],
): GapRow {
  return { service, firstDay, lastDay, reason, because: nothing };
}

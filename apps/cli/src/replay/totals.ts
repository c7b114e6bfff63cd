import { eurosOf, type PublishedTotals } from '@domeinbrug/replay';
import { funderKinds } from '@domeinbrug/terms';
import { alignColumns } from '../text/columns.js';
import { told } from '../text/told.js';

const sides = ['baseline', 'alternative', 'change'] as const;

/** Amounts by what they rest on; those of different bases are never added. */
const bases = ['recorded', 'agreed', 'assumedLow', 'assumedMid', 'assumedHigh'] as const;
const basisWords = {
  recorded: 'recorded use',
  agreed: 'agreed use',
  assumedLow: 'assumed use, low',
  assumedMid: 'assumed use, mid',
  assumedHigh: 'assumed use, high',
} as const;

/** The group of a cell, `funderKind service`, of cells by funder, service and more. */
export function funderKindAndService([funder, service]: readonly (string | null)[]): string {
  return `${funder!.slice(0, funder!.indexOf(':'))} ${service}`;
}

/** Days by kind of payer and service, with a line for all. */
export function daysByFunderKind(
  groups: ReadonlyMap<string, PublishedTotals>,
  all: PublishedTotals,
): string[] {
  if (groups.size === 0) return ['None, as far as is known.'];
  const line = (names: readonly string[], totals: PublishedTotals): string[] => [
    ...names,
    ...sides.map((side) => told(totals[side]?.days ?? null, side === 'change')),
  ];
  const placed = (name: string): string =>
    `${(funderKinds as readonly string[]).indexOf(name.split(' ')[0]!)} ${name}`;
  return rightAligned(2, [
    ['payer', 'service', ...sides],
    ...[...groups]
      .sort(([a], [b]) => (placed(a) < placed(b) ? -1 : 1))
      .map(([name, totals]) => line(name.split(' '), totals)),
    line(['all', ''], all),
  ]);
}

/** Euros by what they rest on; none where no day has a price. */
export function amountLines(all: PublishedTotals): string[] {
  const lines = bases
    .map((basis) => ({ basis, cents: sides.map((side) => all[side]?.[basis] ?? null) }))
    .filter(({ cents }) => cents.some((amount) => amount !== 0 && amount !== null))
    .map(({ basis, cents }) => [basisWords[basis], ...cents.map(euros)]);
  return lines.length === 0 ? [] : rightAligned(1, [['euros', ...sides], ...lines]);
}

/** `-1,234.05`; `…` where it is not told. */
export function euros(cents: number | null): string {
  if (cents === null) return told(null);
  const [whole, decimals] = eurosOf(Math.abs(cents)).split('.') as [string, string];
  return `${cents < 0 ? '-' : ''}${Number(whole).toLocaleString('en-GB')}.${decimals}`;
}

/** Columns, of which those after the first ones hold numbers and end at the same place. */
export function rightAligned(texts: number, rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return alignColumns(
    rows.map((row) => row.map((cell, column) => (column < texts ? cell : cell.padStart(widths[column]!)))),
  );
}

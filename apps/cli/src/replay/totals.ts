import { eurosOf, type PublishedCells, type PublishedRow } from '@domeinbrug/replay';
import { funderKinds } from '@domeinbrug/terms';
import { alignColumns } from '../text/columns.js';
import { told } from '../text/told.js';

const sides = ['baseline', 'alternative', 'change'] as const;
type Side = (typeof sides)[number];

/** Amounts by what they rest on; those of different bases are never added. */
const bases = ['recorded', 'agreed', 'assumedLow', 'assumedMid', 'assumedHigh'] as const;
const basisWords = {
  recorded: 'recorded use',
  agreed: 'agreed use',
  assumedLow: 'assumed use, low',
  assumedMid: 'assumed use, mid',
  assumedHigh: 'assumed use, high',
} as const;

/** Days of the shown cells of a table, by kind of payer and service, with a line for all. */
export function sumByFunderKind({ dimensions, rows }: PublishedCells): string[] {
  const [funderAt, serviceAt] = [dimensions.indexOf('funder'), dimensions.indexOf('service')];
  const sums = new Map<string, { name: [string, string]; days: Record<Side, number> }>();
  for (const row of rows) {
    if (row.suppressed) continue;
    const kind = funderKindOf(row.labels[funderAt]!);
    const service = row.labels[serviceAt]!;
    const sum = sums.get(`${kind} ${service}`) ?? { name: [kind, service], days: noDays() };
    for (const side of sides) sum.days[side] += row[side].days;
    sums.set(`${kind} ${service}`, sum);
  }
  if (sums.size === 0) return ['None that may be told.'];
  const all = noDays();
  for (const { days } of sums.values()) for (const side of sides) all[side] += days[side];
  const line = (names: [string, string], days: Record<Side, number>): string[] => [
    ...names,
    ...sides.map((side) => told(days[side], side === 'change')),
  ];
  const lines = [...sums.values()].sort(
    (a, b) => orderOf(a.name) - orderOf(b.name) || byName(a.name, b.name),
  );
  return rightAligned(2, [
    ['payer', 'service', ...sides],
    ...lines.map(({ name, days }) => line(name, days)),
    line(['all', ''], all),
  ]);
}

/** Euros over the shown cells, by what they rest on; none where no day has a price. */
export function amountLines({ rows }: PublishedCells): string[] {
  const shown = rows.filter((row): row is PublishedRow & { suppressed: false } => !row.suppressed);
  const sum = (basis: (typeof bases)[number], side: Side): number =>
    shown.reduce((all, row) => all + row[side][basis], 0);
  const lines = bases
    .map((basis) => ({ basis, cents: sides.map((side) => sum(basis, side)) }))
    .filter(({ cents }) => cents.some((amount) => amount !== 0))
    .map(({ basis, cents }) => [basisWords[basis], ...cents.map(euros)]);
  return lines.length === 0 ? [] : rightAligned(1, [['euros', ...sides], ...lines]);
}

function euros(cents: number): string {
  const [whole, decimals] = eurosOf(cents).split('.') as [string, string];
  const sign = whole.startsWith('-') ? '-' : '';
  return `${sign}${Math.abs(Number(whole)).toLocaleString('en-GB')}.${decimals}`;
}

function noDays(): Record<Side, number> {
  return { baseline: 0, alternative: 0, change: 0 };
}

function funderKindOf(funder: string): string {
  return funder.slice(0, funder.indexOf(':'));
}

function orderOf([kind]: [string, string]): number {
  return (funderKinds as readonly string[]).indexOf(kind);
}

function byName([, a]: [string, string], [, b]: [string, string]): number {
  return a < b ? -1 : 1;
}

/** Columns, of which those after the first ones hold numbers and end at the same place. */
export function rightAligned(texts: number, rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return alignColumns(
    rows.map((row) => row.map((cell, column) => (column < texts ? cell : cell.padStart(widths[column]!)))),
  );
}

import { formatDay, parseDay } from '@domeinbrug/calendar';
import type { CoverageTimeline, FunderShare, SettlementRow } from '@domeinbrug/coverage';
import type { ExpectedRow, ExpectedSettlement, Expectation } from './case-file.js';

/** What differs between an expectation and a timeline, a sentence each. */
export function differences(expected: Expectation, actual: CoverageTimeline): string[] {
  const asked = (row: { service: string }): boolean => expected.services.includes(row.service);
  const cover = expected.cover ?? [];
  const named = new Set(cover.filter((row) => row['provider'] !== undefined).map((row) => row.service));
  const coverFields = (service: string): string[] =>
    named.has(service)
      ? ['funder', 'share', 'kind', 'rule', 'provider']
      : ['funder', 'share', 'kind', 'rule'];
  return [
    ...rowDifferences('cover', cover, actual.cover.filter(asked), coverFields),
    ...rowDifferences('gap', expected.gaps ?? [], actual.gaps.filter(asked), () => ['reason']),
    ...missingFindings(expected.findings ?? [], actual),
    ...minutesDifferences(expected.minutes ?? [], actual),
  ];
}

type Row = { service: string; firstDay: string; lastDay: string | null };

function rowDifferences(
  name: string,
  expected: readonly ExpectedRow[],
  actual: readonly Row[],
  fieldsOf: (service: string) => string[],
): string[] {
  const wanted = lines(expected, fieldsOf);
  const found = lines(actual, fieldsOf);
  return [
    ...wanted.filter((line) => !found.includes(line)).map((line) => `missing ${name}:    ${line}`),
    ...found.filter((line) => !wanted.includes(line)).map((line) => `unexpected ${name}: ${line}`),
  ];
}

/** One text a row, over the fields that are compared; rows that touch and are alike in these are one. */
function lines(rows: readonly Row[], fieldsOf: (service: string) => string[]): string[] {
  const open = new Map<string, Row>();
  const merged: { row: Row; alike: string }[] = [];
  for (const row of [...rows].sort((a, b) => (a.firstDay < b.firstDay ? -1 : 1))) {
    const values = row as unknown as Record<string, string | number | null>;
    const alike = fieldsOf(row.service)
      .map((field) => `${field} ${values[field] ?? 'none'}`)
      .join(', ');
    const key = `${row.service} ${alike}`;
    const before = open.get(key);
    if (before?.lastDay && dayAfter(before.lastDay) === row.firstDay) {
      before.lastDay = row.lastDay;
      continue;
    }
    const copy = { ...row };
    open.set(key, copy);
    merged.push({ row: copy, alike });
  }
  return merged.map(
    ({ row, alike }) => `${row.service} ${row.firstDay} - ${row.lastDay ?? 'open'}: ${alike}`,
  );
}

function dayAfter(day: string): string {
  return formatDay(parseDay(day) + 1);
}

function missingFindings(codes: readonly string[], actual: CoverageTimeline): string[] {
  return codes
    .filter((code) => !actual.findings.some((finding) => finding.code === code))
    .map((code) => `missing finding: ${code}`);
}

function minutesDifferences(
  expected: NonNullable<Expectation['minutes']>,
  actual: CoverageTimeline,
): string[] {
  return expected.flatMap(({ funded, overCap, outside, ...named }) => {
    const rows = actual.minutes.filter((row) =>
      Object.entries(named).every(([field, value]) => row[field as keyof typeof row] === value),
    );
    const sum = (field: 'funded' | 'overCap' | 'outside'): number =>
      rows.reduce((total, row) => total + row[field], 0);
    const wanted = `funded ${funded}, over the cap ${overCap}, outside ${outside}`;
    const found = `funded ${sum('funded')}, over the cap ${sum('overCap')}, outside ${sum('outside')}`;
    return wanted === found
      ? []
      : [`minutes of ${JSON.stringify(named)}: ${wanted} expected, ${found} found`];
  });
}

export function settlementDifferences(
  expected: ExpectedSettlement,
  actual: readonly SettlementRow[],
): string[] {
  const line = (row: ExpectedSettlement['rows'][number]): string =>
    `${row.service} ${row.firstDay} - ${row.lastDay ?? 'open'}: ${row.from} -> ${row.to}, ${row.days ?? 'open'} days`;
  const wanted = expected.rows.map(line);
  const found = actual.map((row) => line({ ...row, from: fundersText(row.from), to: fundersText(row.to) }));
  return [
    ...wanted.filter((row) => !found.includes(row)).map((row) => `missing row:    ${row}`),
    ...found.filter((row) => !wanted.includes(row)).map((row) => `unexpected row: ${row}`),
  ];
}

/** `none`, a funder, or, when several pay, each with its share. */
export function fundersText(funders: readonly FunderShare[]): string {
  if (funders.length === 0) return 'none';
  if (funders.length === 1 && funders[0]!.share === 100) return funders[0]!.funder;
  return funders
    .map(({ funder, share }) => `${funder} ${share}`)
    .sort()
    .join(' + ');
}

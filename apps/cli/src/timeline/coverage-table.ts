import type { Because, CoverageTimeline, CoverRow, EventRef, GapRow } from '@domeinbrug/coverage';
import { alignColumns, counted } from '../text/columns.js';

const headings = ['first day', 'last day', 'payer', 'share', 'law', 'kind', 'rule', 'provider'];
const indent = '  ';

/**
 * Who pays, as a table: rows stand under their service, in order of day, and where nobody pays the reason stands
 * where the rule stands.
 * @param why also write under each row what made it begin, end and be what it is
 */
export function coverageTable(
  { cover, gaps }: Pick<CoverageTimeline, 'cover' | 'gaps'>,
  { why }: { why: boolean },
): string[] {
  const rows = [...cover, ...gaps].sort(byServiceAndDay);
  const [heading, ...lines] = alignColumns([headings, ...rows.map(cells)]);
  const written = rows.flatMap((row, index) => [
    ...(row.service === rows[index - 1]?.service ? [] : ['', row.service]),
    indent + lines[index]!,
    ...(why ? reasons(row.because).map((line) => indent + indent + line) : []),
  ]);
  return rows.length === 0 ? [] : [indent + heading!, ...written.slice(1)];
}

function cells(row: CoverRow | GapRow): string[] {
  const days = [row.firstDay, row.lastDay ?? 'open'];
  if ('reason' in row) return [...days, 'nobody', '', '', 'gap', row.reason, ''];
  return [...days, row.funder, `${row.share}%`, row.law ?? '-', row.kind, row.rule, row.provider ?? '-'];
}

function reasons({ opened, closed, parameters }: Because): string[] {
  const read = parameters.map(
    ({ name, value, level, code, since }) =>
      `${name} = ${value} (${code === null ? level : `${level} ${code}`}, since ${since})`,
  );
  return [
    ...listed('opened by', opened.map(eventText)),
    ...listed('closed by', closed.map(eventText)),
    ...listed('as read  ', read),
  ];
}

function listed(heading: string, texts: readonly string[]): string[] {
  return texts.map((text, index) => `${index === 0 ? heading : ' '.repeat(heading.length)}  ${text}`);
}

export function eventText({ source, id, type }: EventRef): string {
  return `${type} ${id} of ${source}`;
}

function byServiceAndDay(a: CoverRow | GapRow, b: CoverRow | GapRow): number {
  if (a.service !== b.service) return a.service < b.service ? -1 : 1;
  return a.firstDay === b.firstDay ? 0 : a.firstDay < b.firstDay ? -1 : 1;
}

/** Recorded minutes, summed per service and who they were for. */
export function minutesLines({ minutes }: Pick<CoverageTimeline, 'minutes'>): string[] {
  const sums = new Map<string, { funded: number; overCap: number; outside: number }>();
  for (const row of minutes) {
    const key = row.subject === 'carer' ? `${row.service} (for the carer)` : row.service;
    const sum = sums.get(key) ?? { funded: 0, overCap: 0, outside: 0 };
    sums.set(key, {
      funded: sum.funded + row.funded,
      overCap: sum.overCap + row.overCap,
      outside: sum.outside + row.outside,
    });
  }
  return [...sums].map(
    ([service, { funded, overCap, outside }]) =>
      `${service}: ${counted(funded, 'minute')} funded, ${overCap} over the cap, ${outside} outside`,
  );
}

/** What contradicts something, with the events concerned. */
export function findingLines({ findings }: Pick<CoverageTimeline, 'findings'>): string[] {
  return findings.flatMap(({ code, text, events }) => [
    `${code}: ${text}`,
    ...events.map((event) => indent + eventText(event)),
  ]);
}

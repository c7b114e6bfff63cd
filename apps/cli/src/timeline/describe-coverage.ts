import type { CoverageTimeline } from '@domeinbrug/coverage';
import { harmless } from '../text/harmless.js';
import { coverageTable, findingLines, minutesLines } from './coverage-table.js';
import { drawTimeline } from './draw-timeline.js';

/** A client's coverage for a reader: what was asked, the drawing, the table, minutes and findings. */
export function describeCoverage(
  timeline: CoverageTimeline,
  { columns, why = false }: { columns: number; why?: boolean },
): string[] {
  const { clientId, ruleSet, knownAt, position } = timeline;
  const drawing = drawTimeline(timeline, columns);
  return [
    `Who pays for client ${clientId}`,
    `under ${ruleSet.id}@${ruleSet.version}, as known at ${knownAt} (position ${position})`,
    '',
    ...(drawing.length > 0 ? drawing : ['No care was needed on these days, as far as is known.']),
    ...section('', coverageTable(timeline, { why })),
    ...section('Minutes', minutesLines(timeline)),
    ...section('Findings', findingLines(timeline)),
  ].map(harmless);
}

function section(heading: string, lines: readonly string[]): string[] {
  if (lines.length === 0) return [];
  return heading === '' ? ['', ...lines] : ['', heading, ...lines.map((line) => `  ${line}`)];
}

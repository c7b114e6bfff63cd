import { OPEN_END, type Day } from '@domeinbrug/calendar';
import type { CoverageTimeline, CoverKind } from '@domeinbrug/coverage';
import { flow } from '../text/columns.js';
import { fills, gapMark, lanesOf, payerMarks, type Lane, type Piece } from './lanes.js';
import { scaleLines, timeScales, type TimeScale } from './time-scale.js';

type Drawn = Pick<CoverageTimeline, 'cover' | 'gaps'>;

const openMark = '>';
/** Below this no drawing can be read; better a line that wraps. */
const leastColumns = 12;

/**
 * A timeline as text, one lane per service under a scale of months, with its legend; lines of at most `columns`
 * characters. Nothing to draw gives no lines.
 */
export function drawTimeline(timeline: Drawn, columns: number): string[] {
  const lanes = lanesOf(timeline);
  if (lanes.length === 0) return [];
  const margin = Math.max(...lanes.map(({ service }) => service.length)) + 2;
  const scales = timeScales(changesOf(lanes), Math.max(leastColumns, columns - margin));
  const blocks = scales.map((scale) => [
    ...scaleLines(scale).map((line) => ' '.repeat(margin) + line),
    ...lanes.flatMap((lane) => laneLine(lane, scale, margin)),
  ]);
  return [...blocks.flatMap((block) => [...block, '']), ...legend(timeline, columns)];
}

function changesOf(lanes: readonly Lane[]): Day[] {
  const days = lanes.flatMap(({ pieces }) => pieces.flatMap(({ from, until }) => [from, until]));
  return [...new Set(days)].sort((a, b) => a - b);
}

/** A second lane of a service is left out of blocks in which it has nothing. */
function laneLine(lane: Lane, scale: TimeScale, margin: number): string[] {
  const characters: string[] = [];
  for (const piece of lane.pieces) draw(piece, scale, characters);
  if (characters.length === 0 && !lane.first) return [];
  const label = (lane.first ? lane.service : '').padEnd(margin);
  return [`${label}${Array.from(characters, (character) => character ?? ' ').join('')}`.trimEnd()];
}

function draw({ from, until, mark, fill }: Piece, scale: TimeScale, characters: string[]): void {
  const inside = scale.filter((stretch) => from <= stretch.from && stretch.until <= until);
  const first = inside[0];
  const last = inside.at(-1);
  if (!first || !last) return;
  const end = last.column + last.columns;
  for (let column = first.column; column < end; column++) characters[column] = fill;
  characters[first.column] = mark;
  if (last.until >= OPEN_END) characters[end - 1] = openMark;
}

function legend(timeline: Drawn, columns: number): string[] {
  const payers = [...payerMarks(timeline)].map(([funder, mark]) => `${mark} ${funder}`);
  const kinds = new Set(timeline.cover.map(({ kind }) => kind));
  const patterns = (Object.keys(fills) as CoverKind[])
    .filter((kind) => kinds.has(kind))
    .map((kind) => `${fills[kind]} ${kind}`);
  const open = [...timeline.cover, ...timeline.gaps].some(({ lastDay }) => lastDay === null);
  return [
    ...flow(payers, columns),
    ...flow(
      [
        ...patterns,
        ...(timeline.gaps.length > 0 ? [`${gapMark} nobody pays`] : []),
        ...(open ? [`${openMark} no end known`] : []),
      ],
      columns,
    ),
  ];
}

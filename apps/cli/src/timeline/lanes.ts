import { untilOf, parseDay, type Day } from '@domeinbrug/calendar';
import type { CoverageTimeline, CoverKind } from '@domeinbrug/coverage';
import type { Funder, Service } from '@domeinbrug/terms';

/** One row of a timeline as it is drawn. */
export interface Piece {
  from: Day;
  /** Exclusive; may be open. */
  until: Day;
  /** The payer's letter; `!` where nobody pays. */
  mark: string;
  /** What the rest of the piece is drawn with: says the kind of cover. */
  fill: string;
}

/** A line of the drawing: pieces of one service that do not overlap. */
export interface Lane {
  service: Service;
  /** A service has more lanes when several pay on one day; only the first carries its name. */
  first: boolean;
  pieces: Piece[];
}

/** Each kind of cover has a character of its own; lines are the table's, fields of dots are windows. */
export const fills: Record<CoverKind, string> = {
  regular: '━',
  retained: '┄',
  joint: '═',
  handover: '▒',
  aftercare: '░',
  'run-out': '▓',
  vacancy: '□',
  'lead-in': '◁',
  continuity: '╱',
};
export const gapMark = '!';

const ofTheTable: readonly CoverKind[] = ['regular', 'retained', 'joint'];

/** A letter for every payer, in order of their first day. Past `Z` come the small letters; past those `*`. */
export function payerMarks({ cover }: Pick<CoverageTimeline, 'cover'>): Map<Funder, string> {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
  const inOrder = [...cover].sort((a, b) =>
    a.firstDay !== b.firstDay ? (a.firstDay < b.firstDay ? -1 : 1) : a.funder < b.funder ? -1 : 1,
  );
  const funders = [...new Set(inOrder.map((row) => row.funder))];
  return new Map(funders.map((funder, index) => [funder, letters[index] ?? '*']));
}

/** The lanes of a timeline, by service: what the table pays and where nobody pays first, windows beside it. */
export function lanesOf(timeline: Pick<CoverageTimeline, 'cover' | 'gaps'>): Lane[] {
  const marks = payerMarks(timeline);
  const services = [...new Set([...timeline.cover, ...timeline.gaps].map(({ service }) => service))].sort();
  return services.flatMap((service) => lanesOfService(service, timeline, marks));
}

function lanesOfService(
  service: Service,
  { cover, gaps }: Pick<CoverageTimeline, 'cover' | 'gaps'>,
  marks: Map<Funder, string>,
): Lane[] {
  const paid = cover.filter((row) => row.service === service);
  const drawn = (row: (typeof paid)[number]): Piece => ({
    ...daysOf(row),
    mark: marks.get(row.funder)!,
    fill: fills[row.kind],
  });
  const unpaid = gaps
    .filter((row) => row.service === service)
    .map((row) => ({ ...daysOf(row), mark: gapMark, fill: gapMark }));
  const pieces = [
    ...paid.filter(({ kind }) => ofTheTable.includes(kind)).map(drawn),
    ...unpaid,
    ...paid.filter(({ kind }) => !ofTheTable.includes(kind)).map(drawn),
  ];
  const lanes: Piece[][] = [];
  for (const piece of pieces) {
    const free = lanes.find((lane) => lane.every((other) => !overlap(piece, other)));
    if (free) free.push(piece);
    else lanes.push([piece]);
  }
  return lanes.map((lane, index) => ({ service, first: index === 0, pieces: lane }));
}

function daysOf({ firstDay, lastDay }: { firstDay: string; lastDay: string | null }): {
  from: Day;
  until: Day;
} {
  return { from: parseDay(firstDay), until: untilOf(lastDay) };
}

function overlap(a: Piece, b: Piece): boolean {
  return a.from < b.until && b.from < a.until;
}

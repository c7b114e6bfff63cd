import type { CellRow } from '../cells.js';
import { tooFew } from './privacy-rule.js';

type Side = (row: CellRow) => number;

/**
 * The groups of clients that a row tells of; each could be laid bare by itself. Who changed comes first: the fewest rows
 * have any, and such a row guards the other sides too, so that fewer rows are hidden.
 */
function sidesOf(rows: readonly CellRow[]): Side[] {
  const further = Array.from({ length: rows[0]?.behind.length ?? 0 }, (_, at): Side => {
    return ({ behind }) => behind[at]!;
  });
  return [
    (row) => row.changedClients,
    (row) => row.baseline.clients,
    (row) => row.alternative.clients,
    ...further,
  ];
}

/** Rows whose total may be known elsewhere, by their places in the table. */
type Line = readonly number[];

/**
 * Which rows of a table must not be shown, by their places. `rows` are all rows of the table in its order, so that the
 * outcome is the same whatever order they came in.
 *
 * First the rows that tell of 1 to k-1 clients. Then, along every dimension and in the table as a whole, others with
 * them, until what is hidden cannot be had by taking what is shown from the total of its line. `begun` is an earlier
 * answer to go on from.
 */
export function rowsToHide(
  rows: readonly CellRow[],
  k: number,
  begun: ReadonlySet<number> = new Set(),
): Set<number> {
  const hidden = new Set(begun);
  const sides = sidesOf(rows);
  for (const [at, row] of rows.entries()) {
    if (sides.some((side) => tooFew(side(row), k))) hidden.add(at);
  }
  if (hidden.size === 0) return hidden;
  const lines = linesOf(rows);
  let before: number;
  do {
    before = hidden.size;
    for (const line of lines) guardLine(rows, sides, line, hidden, k);
  } while (hidden.size > before);
  return hidden;
}

/** As {@link rowsToHide}, and at least one where any differs: what all rows together differ by may not be known. */
export function rowsHidingTheirSum(rows: readonly CellRow[], k: number): Set<number> {
  const hidden = rowsToHide(rows, k);
  const smallest = smallestShown(rows, [...rows.keys()], hidden, (row) => row.changedClients);
  return hidden.size > 0 || smallest === undefined ? hidden : rowsToHide(rows, k, new Set([smallest]));
}

/** Whether the total of the whole table may be told: it does not lay what is hidden bare. */
export function guardsItsTotal(rows: readonly CellRow[], hidden: ReadonlySet<number>, k: number): boolean {
  const few = [...hidden].map((at) => rows[at]!);
  return sidesOf(rows).every((side) => !isExposed(few.map(side), k));
}

/** Rows that share all labels but one, dimension after dimension; last the table as a whole. */
function linesOf(rows: readonly CellRow[]): Line[] {
  const dimensions = rows[0]?.labels.length ?? 0;
  const lines: number[][] = [];
  for (let dimension = 0; dimension < dimensions; dimension++) {
    const byOthers = new Map<string, number[]>();
    for (const [at, row] of rows.entries()) {
      const others = JSON.stringify(row.labels.toSpliced(dimension, 1));
      const line = byOthers.get(others);
      if (line) line.push(at);
      else byOthers.set(others, [at]);
    }
    for (const line of byOthers.values()) lines.push(line); // too many to spread
  }
  return [...lines, [...rows.keys()]];
}

/** Hides further rows of a line until those hidden guard one another, or no row is left that could help. */
function guardLine(
  rows: readonly CellRow[],
  sides: readonly Side[],
  line: Line,
  hidden: Set<number>,
  k: number,
): void {
  const few = line.filter((at) => hidden.has(at));
  if (few.length === 0) return;
  const hideSmallest = (side: Side): boolean => {
    const next = smallestShown(rows, line, hidden, side);
    if (next === undefined) return false;
    hidden.add(next);
    few.push(next);
    return true;
  };
  for (const side of sides) {
    let helped = true;
    while (
      helped &&
      isExposed(
        few.map((at) => side(rows[at]!)),
        k,
      )
    )
      helped = hideSmallest(side);
  }
  if (few.length === 1) hideSmallest(sizeOf);
}

/** The smallest row still shown that has clients on this side: by clients, then labels (the order of the rows). */
function smallestShown(
  rows: readonly CellRow[],
  line: Line,
  hidden: ReadonlySet<number>,
  side: Side,
): number | undefined {
  let smallest: number | undefined;
  for (const at of line) {
    if (hidden.has(at) || side(rows[at]!) === 0) continue;
    if (smallest === undefined || sizeOf(rows[at]!) < sizeOf(rows[smallest]!)) smallest = at;
  }
  return smallest;
}

function sizeOf(row: CellRow): number {
  return Math.max(row.baseline.clients, row.alternative.clients);
}

/**
 * Whether hidden cells with these clients follow from the total of their line: when there is one that has clients, or
 * when together they may be fewer than k. One person may stand in several rows of a line (each month, each service),
 * so that together they are only known to be as many as in the largest. Cells without clients guard nothing: that they
 * are empty may be known.
 */
function isExposed(clients: readonly number[], k: number): boolean {
  const behind = clients.filter((count) => count > 0);
  return behind.length === 1 || (behind.length > 1 && behind.every((count) => count < k));
}

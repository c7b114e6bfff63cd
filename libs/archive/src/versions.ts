import { sameFact, type FactRow, type SeenRow, type SupersededRow } from './rows.js';

/** All versions of one client's facts. Both lists are in one order: that of the events that opened the facts. */
export interface Versions {
  current: SeenRow[];
  superseded: SupersededRow[];
}

/**
 * The versions after an event that left these facts, or `null` when it changed none. What was so before and is no
 * more is superseded; what was and still is keeps the event it was first seen after.
 *
 * The order matters, because of two facts that begin on one day the first counts. Facts that stay keep their order,
 * so a fact counts as the same only where that holds; one taken for new although it was there costs a row, no truth.
 *
 * @param event its number; greater than or equal to every one before
 */
export function succeed(before: Versions, facts: readonly FactRow[], event: number): Versions | null {
  const stays = placesOfSame(before.current, facts);
  if (facts.length === before.current.length && stays.every((place, at) => place === at)) return null;
  const current: SeenRow[] = facts.map((fact) => ({ ...fact, seenFrom: event }));
  before.current.forEach((row, at) => {
    if (stays[at] !== GONE) current[stays[at]!]!.seenFrom = row.seenFrom;
  });
  return { current, superseded: supersededBy(before, stays, event) };
}

const GONE = -1;

/** For each row its place among the facts, ascending, or GONE. What stands alike at both ends is taken first. */
function placesOfSame(rows: readonly FactRow[], facts: readonly FactRow[]): number[] {
  const places = new Array<number>(rows.length).fill(GONE);
  let first = 0;
  while (first < rows.length && first < facts.length && sameFact(rows[first]!, facts[first]!)) {
    places[first] = first;
    first++;
  }
  let lastRow = rows.length;
  let lastFact = facts.length;
  while (lastRow > first && lastFact > first && sameFact(rows[lastRow - 1]!, facts[lastFact - 1]!)) {
    places[--lastRow] = --lastFact;
  }
  for (let row = first, next = first; row < lastRow; row++) {
    let place = next;
    while (place < lastFact && !sameFact(rows[row]!, facts[place]!)) place++;
    if (place < lastFact) {
      places[row] = place;
      next = place + 1;
    }
  }
  return places;
}

/** The superseded versions in their order, those that this event supersedes among them. */
function supersededBy(
  { current, superseded }: Versions,
  stays: readonly number[],
  event: number,
): SupersededRow[] {
  const rows: SupersededRow[] = [];
  let place = 0;
  let next = 0;
  for (let at = 0; at <= current.length; at++) {
    for (; next < superseded.length && superseded[next]!.place <= at; next++) {
      rows.push({ ...superseded[next]!, place });
    }
    const row = current[at];
    if (!row) break;
    if (stays[at] !== GONE) place = stays[at]! + 1;
    // What came and went with one event was never known.
    else if (row.seenFrom < event) rows.push({ ...row, seenUntil: event, place });
  }
  return rows;
}

/** The facts known after an event, in their order. */
export function knownAfter({ current, superseded }: Versions, event: number): SeenRow[] {
  const rows: SeenRow[] = [];
  let next = 0;
  for (let at = 0; at <= current.length; at++) {
    for (; next < superseded.length && superseded[next]!.place <= at; next++) {
      const row = superseded[next]!;
      if (row.seenFrom <= event && event < row.seenUntil) rows.push(row);
    }
    const row = current[at];
    if (row && row.seenFrom <= event) rows.push(row);
  }
  return rows;
}

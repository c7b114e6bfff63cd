import type { ClientTable } from './client-table.js';
import { funderOf, noteFunder } from './funders.js';
import type { Generation, IndexEntry } from './generation.js';
import type { FactRow, SupersededRow } from './rows.js';
import { rowsOfFacts, rowsOfSuperseded, writeFacts, writeSuperseded } from './segment.js';
import type { Versions } from './versions.js';

/** Where the rows of a client lie of whom nothing was known. */
export const nowhere: IndexEntry = { start: 0, count: 0, oldStart: 0, oldCount: 0, changed: 0 };

/** Numbers a client that has no number yet. */
export function addClient(generation: Generation, clients: ClientTable, client: string): number {
  const number = clients.add(client);
  generation.point(number, nowhere);
  generation.setUsed('index', number + 1);
  generation.setUsed('clients', number + 1);
  return number;
}

/**
 * Writes a client's versions behind all others and points the client there. The caller sees to it that there is room.
 *
 * @param entry where `before` lies
 * @param changed the number of the event that made them so
 */
export function writeVersions(
  generation: Generation,
  client: number,
  entry: IndexEntry,
  before: Versions,
  after: Versions,
  changed: number,
): void {
  const { facts, superseded } = generation.tables;
  const start = generation.used('facts');
  const count = writeFacts(facts, start, after.current);
  generation.setUsed('facts', start + rowsOfFacts(after.current));
  let { oldStart, oldCount } = entry;
  if (!isSame(before.superseded, after.superseded)) {
    oldStart = generation.used('superseded');
    oldCount = writeSuperseded(superseded, oldStart, after.superseded);
    generation.setUsed('superseded', oldStart + rowsOfSuperseded(after.superseded));
  }
  generation.point(client, { start, count, oldStart, oldCount, changed });
  noteFunders(generation, client, before, after);
}

/** Whether what is superseded is as it was: versions are only ever added, and moved when others are. */
function isSame(before: readonly SupersededRow[], after: readonly SupersededRow[]): boolean {
  return before.length === after.length && before.every((row, at) => row.place === after[at]!.place);
}

function noteFunders(generation: Generation, client: number, before: Versions, after: Versions): void {
  const known = ({ current, superseded }: Versions): FactRow[] => [...current, ...superseded];
  const noted = new Set(known(before).map(funderOf));
  for (const funder of known(after).map(funderOf)) {
    if (funder === undefined || noted.has(funder)) continue;
    noteFunder(generation, funder, client);
    noted.add(funder);
  }
}

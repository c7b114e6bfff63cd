import type { Generation, Rows } from './generation.js';
import { tableNames, type TableName } from './tables.js';

/** A new base is begun when the tail is a quarter of it; while it is made the tail may grow to a half. */
const TAIL_BEGINS = 1 / 4;
const TAIL_ENDS = 1 / 2;
/** However small the base, so much tail: about a thousand clients. */
const LEAST_ROWS = 8_192;
const LEAST_BYTES = 65_536;
/** More than a pseudonym, the name of a pool or a volume has. */
const BYTES_A_NAME = 128;

const appended = tableNames.filter((name) => !['slots', 'index', 'funders', 'fundersClients'].includes(name));

/**
 * Room for a generation that begins with so many rows.
 *
 * @param facts of the client that is to be written next, old versions included
 */
export function roomFor(rows: Rows, facts: number): Rows {
  const room = Object.fromEntries(
    tableNames.map((name) => {
      const tail = Math.max(leastTail(name), Math.ceil(rows[name] * TAIL_ENDS), needed(name, facts));
      return [name, rows[name] + tail];
    }),
  ) as Rows;
  return withDerived(room);
}

/** Room for what takes the place of a generation that may be filled up meanwhile. */
export function roomAfter(generation: Generation, facts: number): Rows {
  const room = roomFor(generation.usage(), facts);
  for (const name of tableNames) room[name] = Math.max(room[name], generation.capacity(name));
  const funders = generation.used('fundersClients') + generation.capacity('newFundersClients');
  return withDerived({ ...room, funders, fundersClients: funders });
}

function withDerived(room: Rows): Rows {
  return { ...room, index: room.clients, slots: 2 * room.clients }; // at most half of the slots are taken
}

/** Whether a client with so many facts, old versions included, can still be written. */
export function hasRoomFor(generation: Generation, facts: number): boolean {
  return appended.every((name) => generation.used(name) + needed(name, facts) <= generation.capacity(name));
}

/** Whether the tail is so long that a new base should be begun. */
export function isTailLong(generation: Generation, base: Rows): boolean {
  return appended.some((name) => {
    const tail = generation.used(name) - base[name];
    return tail > Math.max((leastTail(name) * TAIL_BEGINS) / TAIL_ENDS, base[name] * TAIL_BEGINS);
  });
}

/** At most: each fact wide and each with a name of its own; an event, a client, the length of a block. */
function needed(name: TableName, facts: number): number {
  return name.endsWith('Bytes') ? (facts + 1) * BYTES_A_NAME : 2 * facts + 1;
}

function leastTail(name: TableName): number {
  return name.endsWith('Bytes') ? LEAST_BYTES : LEAST_ROWS;
}

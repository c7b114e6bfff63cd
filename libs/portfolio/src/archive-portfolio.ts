import { setImmediate } from 'node:timers/promises';
import type { ArchiveReader } from '@domeinbrug/archive';
import { NONE } from '@domeinbrug/journey';
import type { Funder, FunderKind } from '@domeinbrug/terms';
import type { Portfolio } from './portfolio.js';

/** Clients decoded before other questions of the thread get a turn; a few milliseconds. */
const slice = 500;

/** Of so many funders the order of the clients is kept. */
const mostOrders = 16;

/** The portfolio that an archive of facts holds, at any position up to where the archive is. */
export function archivePortfolio(reader: ArchiveReader): Portfolio {
  const orderOf = ordersOf(reader);
  return {
    async *candidates(funder, moments, after = '') {
      const events = moments.map(({ position }) => reader.eventAt(position));
      const clients = orderOf(funder);
      for (let at = firstAfter(reader, clients, after); at < clients.length; at += slice) {
        yield [...clients.subarray(at, at + slice)].map((client) => ({
          clientId: reader.clientAt(client),
          facts: events.map((event) => reader.factsAt(client, event)),
        }));
        await setImmediate();
      }
    },
  };
}

/** A funder's candidates by client id. They only ever become more, so an order holds while their number does. */
function ordersOf(reader: ArchiveReader): (funder: Funder) => Uint32Array {
  const orders = new Map<Funder, Uint32Array>();
  return (funder) => {
    const numbers = candidatesOf(reader, funder);
    const known = orders.get(funder);
    orders.delete(funder);
    const order = known?.length === numbers.length ? known : inOrder(reader, numbers);
    orders.set(funder, order);
    const [oldest] = orders.keys();
    if (orders.size > mostOrders) orders.delete(oldest!);
    return order;
  };
}

function candidatesOf(reader: ArchiveReader, funder: Funder): number[] {
  const [level, name] = [funder.slice(0, funder.indexOf(':')), funder.slice(funder.indexOf(':') + 1)];
  const code = level === 'pool' ? reader.pools.indexOf(name) : Number(name);
  return code === NONE ? [] : [...reader.candidates({ level: level as FunderKind, code })];
}

function inOrder(reader: ArchiveReader, numbers: readonly number[]): Uint32Array {
  return Uint32Array.from(
    numbers
      .map((number) => ({ number, id: reader.clientAt(number) }))
      .sort((a, b) => (a.id < b.id ? -1 : 1))
      .map(({ number }) => number),
  );
}

/** Where the clients after an id begin. */
function firstAfter(reader: ArchiveReader, clients: Uint32Array, after: string): number {
  let low = 0;
  let high = clients.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (reader.clientAt(clients[middle]!) > after) high = middle;
    else low = middle + 1;
  }
  return low;
}

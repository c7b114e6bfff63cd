import type { DayRange } from '@domeinbrug/calendar';
import type { Amount } from './amounts.js';
import type { DaysCost } from './days-cost.js';

/** What a number of days come to. */
export interface DaySums {
  /** Distinct clients. */
  clients: number;
  /** Days of care: one for each service and day. */
  days: number;
  /** Of those, the days of which no price, or no use, is known: they are in no amount. */
  unpricedDays: number;
  /** One per basis, in whole cents; amounts of different bases are never added. */
  amounts: Amount[];
}

/** Adds up days; a client is counted once however many of its days come. Clients must come one after the other. */
export class DayAdder {
  private readonly amounts = new Amounts();
  private clients = 0;
  private days = 0;
  private unpricedDays = 0;
  private lastClient: string | null = null;

  add(client: string, days: DayRange, cost: DaysCost | null): void {
    this.meet(client);
    this.days += days.until - days.from;
    if (cost) this.amounts.add(cost, days);
    else this.unpricedDays += days.until - days.from;
  }

  /** A client that counts, whatever its days. */
  meet(client: string): void {
    if (client !== this.lastClient) this.clients++;
    this.lastClient = client;
  }

  sums(): DaySums {
    const { clients, days, unpricedDays } = this;
    return { clients, days, unpricedDays, amounts: this.amounts.all() };
  }
}

/** Amounts by basis. */
export class Amounts {
  private readonly byBasis = new Map<Amount['basis'], Amount>();

  /** @param times -1 to take away */
  add(cost: DaysCost, { from, until }: DayRange, times: 1 | -1 = 1): void {
    const [before, after] = [cost.before(from), cost.before(until)];
    const sum = this.byBasis.get(cost.basis) ?? { basis: cost.basis, low: 0, mid: 0, high: 0 };
    sum.low += times * (after.low - before.low);
    sum.mid += times * (after.mid - before.mid);
    sum.high += times * (after.high - before.high);
    this.byBasis.set(cost.basis, sum);
  }

  all(): Amount[] {
    return bases.flatMap((basis) => this.byBasis.get(basis) ?? []);
  }
}

const bases: readonly Amount['basis'][] = ['recorded', 'agreed', 'assumed'];

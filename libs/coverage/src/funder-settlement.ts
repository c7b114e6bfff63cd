import { contains, type Day, type DayRange } from '@domeinbrug/calendar';
import { services, type Funder, type Service } from '@domeinbrug/terms';
import type { Amount } from './amounts.js';
import type { CompiledRuleSet } from './compile.js';
import { funderCodeIn, funderDays, isPaidBy, type FunderCode, type FunderDays } from './funder-days.js';
import type { PaidClient } from './paid-days.js';
import { Amounts, DayAdder, type DaySums } from './sums.js';

/** Who pays, as one funder may know it: itself by name, another as a kind of organisation. */
export interface SeenShare {
  funder: string;
  /** Percent. */
  share: number;
}

/** Days that were paid one way and are now paid another, or the same; the funder is among the payers of one. */
export interface SettlementCell {
  service: Service;
  /** The funder first, then by kind; empty = nobody. */
  from: SeenShare[];
  to: SeenShare[];
  clients: number;
  days: number;
  /** The funder's own part, before and after. */
  amounts: { from: Amount[]; to: Amount[] };
}

/** What one cause did to a funder's days and amounts: after less before. */
export interface Effect {
  days: number;
  /** One per basis on which something changed; may be negative. */
  amounts: Amount[];
}

export interface FunderSettlement {
  from: DaySums;
  to: DaySums;
  /** By service; within it nobody first, then by who paid and who pays. */
  matrix: SettlementCell[];
  /**
   * The difference, split so that the parts add up to the cent. The causes are let in one after the other: first
   * what became known (under the old rules and prices), then the new rules (at the old prices), then the new prices
   * and assumed uses. In another order a part may come out otherwise; the sum does not.
   */
  effects: { data: Effect; rules: Effect; prices: Effect; total: Effect };
}

/**
 * One client at the four stations from before to after: all as before; with what is known now; under the rules of
 * now at the prices of before; all as now.
 */
export type SettledClient = readonly [PaidClient, PaidClient, PaidClient, PaidClient];

/** The rules of one rule set at the prices, and with the assumed uses, of another. */
export function rulesAtPricesOf(rules: CompiledRuleSet, prices: CompiledRuleSet): CompiledRuleSet {
  return { ...rules, prices: prices.prices, assumedUse: prices.assumedUse };
}

/** The settlement of a funder, a client at a time. */
export class FunderSettlementAdder {
  private readonly from = new DayAdder();
  private readonly to = new DayAdder();
  private readonly cells = new Map<string, CellAdder>();
  private readonly causes = [new EffectAdder(), new EffectAdder(), new EffectAdder()] as const;
  private readonly total = new EffectAdder();

  constructor(private readonly funder: Funder) {}

  add(clientId: string, stations: SettledClient): void {
    const own = stations.map((station) => funderDays(station, this.funder));
    this.causes.forEach((cause, at) => cause.add(own[at]!, own[at + 1]!));
    const [before, after] = [own[0]!, own[3]!];
    this.total.add(before, after);
    for (const days of before) this.from.add(clientId, days, days.cost);
    for (const days of after) this.to.add(clientId, days, days.cost);
    for (const service of new Set([...before, ...after].map((days) => days.service)))
      this.settleService(clientId, service, stations, before, after);
  }

  private settleService(
    clientId: string,
    service: number,
    stations: SettledClient,
    before: readonly FunderDays[],
    after: readonly FunderDays[],
  ): void {
    const [paid, pays] = [stations[0], stations[3]];
    const ofService = (days: { service: number }): boolean => days.service === service;
    const [ownBefore, ownAfter] = [before.filter(ofService), after.filter(ofService)];
    for (const stretch of stretches([...paid.paid.filter(ofService), ...pays.paid.filter(ofService)])) {
      const [was, is] = [at(ownBefore, stretch.from), at(ownAfter, stretch.from)];
      if (was.length + is.length === 0) continue;
      const from = seenShares(paid, service, stretch.from, this.funder);
      const to = seenShares(pays, service, stretch.from, this.funder);
      const key = JSON.stringify([services[service], from, to]);
      const cell = this.cells.get(key) ?? new CellAdder(services[service]!, from, to);
      this.cells.set(key, cell);
      cell.add(clientId, stretch, was, is);
    }
  }

  settlement(): FunderSettlement {
    const [data, rules, prices] = this.causes;
    return {
      from: this.from.sums(),
      to: this.to.sums(),
      matrix: [...this.cells.keys()].sort().map((key) => this.cells.get(key)!.cell()),
      effects: {
        data: data.effect(),
        rules: rules.effect(),
        prices: prices.effect(),
        total: this.total.effect(),
      },
    };
  }
}

class CellAdder {
  private readonly days = new DayAdder();
  private readonly before = new Amounts();
  private readonly after = new Amounts();

  constructor(
    private readonly service: Service,
    private readonly from: SeenShare[],
    private readonly to: SeenShare[],
  ) {}

  add(clientId: string, stretch: DayRange, was: readonly FunderDays[], is: readonly FunderDays[]): void {
    this.days.add(clientId, stretch, null);
    for (const { cost } of was) if (cost) this.before.add(cost, stretch);
    for (const { cost } of is) if (cost) this.after.add(cost, stretch);
  }

  cell(): SettlementCell {
    const { service, from, to } = this;
    const { clients, days } = this.days.sums();
    return { service, from, to, clients, days, amounts: { from: this.before.all(), to: this.after.all() } };
  }
}

class EffectAdder {
  private days = 0;
  private readonly amounts = new Amounts();

  add(before: readonly FunderDays[], after: readonly FunderDays[]): void {
    for (const paid of before) this.addDays(paid, -1);
    for (const paid of after) this.addDays(paid, 1);
  }

  private addDays(paid: FunderDays, times: 1 | -1): void {
    this.days += times * (paid.until - paid.from);
    if (paid.cost) this.amounts.add(paid.cost, paid, times);
  }

  effect(): Effect {
    const amounts = this.amounts.all().filter(({ low, mid, high }) => low !== 0 || mid !== 0 || high !== 0);
    return { days: this.days, amounts };
  }
}

/** Ranges in which none of the given ones begins or ends. */
function stretches(ranges: readonly DayRange[]): DayRange[] {
  const days = [...new Set(ranges.flatMap(({ from, until }) => [from, until]))].sort((a, b) => a - b);
  return days.slice(0, -1).map((from, index) => ({ from, until: days[index + 1]! }));
}

function at<D extends DayRange>(days: readonly D[], day: Day): D[] {
  return days.filter((range) => contains(range, day));
}

/** As a set: two that look alike are told once. */
function seenShares(client: PaidClient, service: number, day: Day, funder: Funder): SeenShare[] {
  const own: FunderCode = funderCodeIn(funder, client.evaluation.facts);
  const seen = new Map<string, SeenShare>();
  for (const paid of client.paid) {
    if (paid.service !== service || !contains(paid, day)) continue;
    for (const payment of paid.payments) {
      const isOwn = isPaidBy(payment, own);
      const share = { funder: isOwn ? funder : payment.funderKind, share: payment.share };
      seen.set(`${isOwn ? 0 : 1} ${share.funder} ${share.share}`, share);
    }
  }
  return [...seen.keys()].sort().map((key) => seen.get(key)!);
}

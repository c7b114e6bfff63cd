import { services, type Funder, type Service } from '@domeinbrug/terms';
import type { CoverKind, GapReason } from './coverage-timeline.js';
import { funderDays, funderGaps } from './funder-days.js';
import type { PaidClient } from './paid-days.js';
import { DayAdder, type DaySums } from './sums.js';

/** What a funder pays, and leaves unpaid, over all its clients. */
export interface FunderTotals {
  /** With a day that it pays, or a gap day that is its to know of. */
  clients: number;
  cover: DaySums & { services: (DaySums & { service: Service; kind: CoverKind })[] };
  gaps: GapSums & { services: (GapSums & { service: Service; reason: GapReason })[] };
}

export type GapSums = Pick<DaySums, 'clients' | 'days'>;

/** Which of a funder's days are added. */
export interface FunderSelection {
  funder: Funder;
  /** Only these kinds of cover, and then no gaps, which have none; all when left out. */
  kinds?: readonly CoverKind[];
}

/** The totals of a funder, a client at a time. */
export class FunderTotalsAdder {
  private readonly all = new DayAdder();
  private readonly cover = new DayAdder();
  private readonly gaps = new DayAdder();
  private readonly coverOf = new Map<string, DayAdder>();
  private readonly gapsOf = new Map<string, DayAdder>();

  constructor(private readonly selection: FunderSelection) {}

  add(clientId: string, client: PaidClient): void {
    const { funder, kinds } = this.selection;
    for (const days of funderDays(client, funder, kinds)) {
      this.all.meet(clientId);
      this.cover.add(clientId, days, days.cost);
      adderOf(this.coverOf, days.service, days.payment.kind).add(clientId, days, days.cost);
    }
    for (const gap of kinds ? [] : funderGaps(client, funder)) {
      this.all.meet(clientId);
      this.gaps.add(clientId, gap, null);
      adderOf(this.gapsOf, gap.service, gap.reason).add(clientId, gap, null);
    }
  }

  totals(): FunderTotals {
    const gapSums = (adder: DayAdder): GapSums => {
      const { clients, days } = adder.sums();
      return { clients, days };
    };
    return {
      clients: this.all.sums().clients,
      cover: {
        ...this.cover.sums(),
        services: inOrder(this.coverOf).map(([service, kind, adder]) => ({
          service,
          kind: kind as CoverKind,
          ...adder.sums(),
        })),
      },
      gaps: {
        ...gapSums(this.gaps),
        services: inOrder(this.gapsOf).map(([service, reason, adder]) => ({
          service,
          reason: reason as GapReason,
          ...gapSums(adder),
        })),
      },
    };
  }
}

function adderOf(adders: Map<string, DayAdder>, service: number, what: string): DayAdder {
  const key = `${services[service]!} ${what}`;
  let adder = adders.get(key);
  if (!adder) adders.set(key, (adder = new DayAdder()));
  return adder;
}

function inOrder(adders: Map<string, DayAdder>): [Service, string, DayAdder][] {
  return [...adders.keys()].sort().map((key) => {
    const [service, what] = key.split(' ') as [Service, string];
    return [service, what, adders.get(key)!];
  });
}

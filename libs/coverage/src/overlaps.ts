import { union, within, without, type DayRange } from '@domeinbrug/calendar';
import { clinicServices, laws, services, type Funder, type Law, type Service } from '@domeinbrug/terms';
import type { CoverKind } from './coverage-timeline.js';
import { funderCodeIn, funderDays, isPaidBy } from './funder-days.js';
import type { PaidClient } from './paid-days.js';
import { DayAdder } from './sums.js';

/** Days on which a funder pays a service while another law pays for the same client. */
export interface OverlapDays extends DayRange {
  /** What the funder itself pays. */
  service: number;
  law: Law;
  kind: CoverKind;
  rule: string;
  share: number;
  /** The other law that pays then: the same `service`, or something else for this `client`. */
  beside: { law: Law; pays: 'service' | 'client' };
}

/**
 * The days on which a funder pays beside another law, by service and day. A day on which that law pays the same
 * service and others too is told once, as the same service. Pools pay under no law and are beside nobody;
 * neither is care in a clinic, whose days only its payer may know.
 *
 * @param client with every service: what another law pays may be any of them
 * @param of which of the funder's own days are asked about
 */
export function overlapDays(
  client: PaidClient,
  funder: Funder,
  of: { services?: readonly number[]; kinds?: readonly CoverKind[] } = {},
): OverlapDays[] {
  const own = funderCodeIn(funder, client.evaluation.facts);
  const others = client.paid.filter(
    ({ service, payments }) => !clinics.has(service) && payments.some((payment) => !isPaidBy(payment, own)),
  );
  const daysOf = (law: Law, service: number | null): DayRange[] =>
    union(
      others.filter(
        (paid) =>
          (service === null || paid.service === service) &&
          paid.payments.some((payment) => payment.law === law && !isPaidBy(payment, own)),
      ),
    );
  return funderDays(client, funder, of.kinds)
    .filter((days) => days.payment.law !== null && (of.services?.includes(days.service) ?? true))
    .flatMap((days) =>
      laws
        .filter((law) => law !== days.payment.law)
        .flatMap((law) => {
          const same = within(days, daysOf(law, days.service));
          const other = within(days, daysOf(law, null)).flatMap((range) => without(range, same));
          return [
            ...same.map((range) => ({ ...range, beside: { law, pays: 'service' as const } })),
            ...other.map((range) => ({ ...range, beside: { law, pays: 'client' as const } })),
          ];
        })
        .map((found) => {
          const { law, kind, rule, share } = days.payment;
          return { service: days.service, law: law!, kind, rule, share, ...found };
        }),
    )
    .sort((a, b) => a.service - b.service || a.from - b.from);
}

const clinics = new Set(clinicServices.map((service) => services.indexOf(service)));

/** A funder's days beside another law, over all its clients. */
export interface OverlapTotals {
  clients: number;
  /** By law, whether that pays the same service, and the funder's own service. A day beside two laws counts under each. */
  beside: { law: Law; pays: 'service' | 'client'; service: Service; clients: number; days: number }[];
}

/** The totals of overlaps, a client at a time. */
export class OverlapTotalsAdder {
  private clients = 0;
  private readonly adders = new Map<string, DayAdder>();

  add(clientId: string, overlaps: readonly OverlapDays[]): void {
    if (overlaps.length > 0) this.clients++;
    for (const days of overlaps) {
      const key = [days.beside.law, days.beside.pays, services[days.service]].join(' ');
      const adder = this.adders.get(key) ?? new DayAdder();
      this.adders.set(key, adder);
      adder.add(clientId, days, null);
    }
  }

  totals(): OverlapTotals {
    const beside = [...this.adders.keys()].sort().map((key) => {
      const [law, pays, service] = key.split(' ') as [Law, 'service' | 'client', Service];
      const { clients, days } = this.adders.get(key)!.sums();
      return { law, pays, service, clients, days };
    });
    return { clients: this.clients, beside };
  }
}

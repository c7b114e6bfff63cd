import type { Day, DayRange } from '@domeinbrug/calendar';
import { NONE, type JourneyFacts } from '@domeinbrug/journey';
import { funderKinds, type Funder, type FunderKind } from '@domeinbrug/terms';
import { splitCents } from './amounts.js';
import type { CoverKind } from './coverage-timeline.js';
import { costOfDays, type Cents, type DaysCost } from './days-cost.js';
import { gapPayers } from './gap-payers.js';
import type { Payment } from './outcome.js';
import type { GapDays, PaidClient, PaidDays } from './paid-days.js';

/** Days of one service that one funder pays, by one rule. */
export interface FunderDays extends DayRange {
  service: number;
  payment: Payment;
  /** Its own part of what they cost; `null` where no price or no use is known. */
  cost: DaysCost | null;
}

/** A funder in the codes of one client's facts, where a pool is a place among the pools; {@link NONE}: not there. */
export interface FunderCode {
  kind: FunderKind;
  code: number;
}

export function funderCodeIn(funder: Funder, { pools }: Pick<JourneyFacts, 'pools'>): FunderCode {
  const [kind, name] = [funder.slice(0, funder.indexOf(':')), funder.slice(funder.indexOf(':') + 1)];
  if (kind === 'pool') return { kind, code: pools.indexOf(name) };
  return { kind: funderKinds.find((each) => each === kind)!, code: Number(name) };
}

/** What a funder pays of a client. @param kinds only of these; all when left out */
export function funderDays(client: PaidClient, funder: Funder, kinds?: readonly CoverKind[]): FunderDays[] {
  const own = funderCodeIn(funder, client.evaluation.facts);
  return client.paid.flatMap((paid) =>
    paid.payments
      .filter((payment) => isPaidBy(payment, own) && (kinds?.includes(payment.kind) ?? true))
      .map((payment) => ({
        service: paid.service,
        from: paid.from,
        until: paid.until,
        payment,
        cost: ownCost(client, paid, payment),
      })),
  );
}

/** The days without payer that a funder would have to pay if the client had no Wlz. */
export function funderGaps(client: PaidClient, funder: Funder): GapDays[] {
  const { rules, facts } = client.evaluation;
  const own = funderCodeIn(funder, facts);
  return client.gaps.flatMap((gap) =>
    gapPayers(rules, facts.state, gap.service, gap)
      .filter((payer) => isPaidBy(payer, own))
      .map(({ from, until }) => ({ ...gap, from, until })),
  );
}

export function isPaidBy(payer: { funderKind: FunderKind; code: number }, own: FunderCode): boolean {
  return payer.funderKind === own.kind && payer.code === own.code && own.code !== NONE;
}

/**
 * A payer's own part of what paid days cost: all, or its share of it so that no cent of the whole is lost; `null` where
 * no price or no use is known.
 */
export function ownCost(client: PaidClient, paid: PaidDays, payment: Payment): DaysCost | null {
  const whole = costOfDays(client.evaluation, client.minutes, paid.service, payment.rule, paid);
  if (!whole || payment.share === 100) return whole;
  const sharers = paid.payments.filter(({ share }) => share < 100);
  const shares = sharers.map(({ share }) => share);
  const part = (cents: number): number => splitCents(cents, shares)[sharers.indexOf(payment)]!;
  return {
    basis: whole.basis,
    before: (day: Day): Cents => {
      const { low, mid, high } = whole.before(day);
      return { low: part(low), mid: part(mid), high: part(high) };
    },
  };
}

import type { DayRange } from '@domeinbrug/calendar';
import type { JourneyFacts } from '@domeinbrug/journey';
import type { CompiledRuleSet } from './compile.js';
import { coverFacts, type CoverageSink, type CoverScope } from './cover-facts.js';
import type { GapReason } from './coverage-timeline.js';
import type { Evaluation } from './evaluation.js';
import type { SplitMinutes } from './minutes.js';
import type { Payment } from './outcome.js';

/** Days on which one rule pays a service in the same way. */
export interface PaidDays extends DayRange {
  service: number;
  /** Of one rule; more than one where it shares the service, or on a transition day under `both`. */
  payments: readonly Payment[];
}

export interface GapDays extends DayRange {
  service: number;
  reason: GapReason;
}

/** A client's cover in ranges of numbers, without reasons: what sums over many clients are made of. */
export interface PaidClient {
  evaluation: Evaluation;
  /** Per service and rule in order of day; ranges of one rule that touch differ. */
  paid: PaidDays[];
  gaps: GapDays[];
  /** Of every day, also outside the scope: what a range costs may depend on it. */
  minutes: SplitMinutes[];
}

/** Covers a client for the days and services of a scope, without collecting why. */
export function paidDaysOf(facts: JourneyFacts, rules: CompiledRuleSet, scope: CoverScope): PaidClient {
  const paid = new JoinedDays<PaidDays>((a, b) => samePayments(a.payments, b.payments));
  const gaps = new JoinedDays<GapDays>((a, b) => a.reason === b.reason);
  const minutes: SplitMinutes[] = [];
  const sink: CoverageSink = {
    piece(_, service, from, until, outcome): void {
      for (const payments of byRule(outcome.payments))
        paid.add(payments[0]!.rule, { service, from, until, payments });
      if (outcome.gap) gaps.add('', { service, from, until, reason: outcome.gap });
    },
    minutes: (split) => minutes.push(split),
    finding: () => undefined,
  };
  const evaluation = coverFacts(facts, rules, sink, scope);
  return { evaluation, paid: paid.ranges, gaps: gaps.ranges, minutes };
}

/** Ranges per service and line; one that goes on where the last of its line ended, alike, makes it longer. */
class JoinedDays<T extends DayRange & { service: number }> {
  readonly ranges: T[] = [];
  private readonly last = new Map<string, T>();

  constructor(private readonly alike: (a: T, b: T) => boolean) {}

  add(line: string, next: T): void {
    const key = `${next.service} ${line}`;
    const last = this.last.get(key);
    if (last?.until === next.from && this.alike(last, next)) {
      last.until = next.until;
      return;
    }
    this.last.set(key, next);
    this.ranges.push(next);
  }
}

/** Most outcomes have one payment. */
function byRule(payments: readonly Payment[]): (readonly Payment[])[] {
  if (payments.length < 2) return payments.length === 0 ? [] : [payments];
  const rules = [...new Set(payments.map(({ rule }) => rule))];
  return rules.map((rule) => payments.filter((payment) => payment.rule === rule));
}

function samePayments(a: readonly Payment[], b: readonly Payment[]): boolean {
  return a.length === b.length && a.every((one, at) => samePayment(one, b[at]!));
}

/** As rows merge; the rule is the same already. */
function samePayment(a: Payment, b: Payment): boolean {
  return (
    a.funderKind === b.funderKind &&
    a.code === b.code &&
    a.share === b.share &&
    a.law === b.law &&
    a.kind === b.kind &&
    a.provider === b.provider
  );
}

import { lastDayOf, OPEN_END, type Day } from '@domeinbrug/calendar';
import {
  foldJourney,
  latestBegun,
  type Claim,
  type Journey,
  type JourneyFacts,
  type Volume,
} from '@domeinbrug/journey';
import { services, type Service } from '@domeinbrug/terms';
import type { CompiledRuleSet } from './compile.js';
import type { KnownAt } from './determine-coverage.js';
import { codesOn, evaluationOf, stretchOn, type Evaluation } from './evaluation.js';
import { setLapses } from './lapses.js';
import { splitMinutes, type SplitMinutes } from './minutes.js';
import { outcomeOn } from './outcome-on.js';
import { readParameter } from './parameter.js';

/** What something costs, in whole cents. `low`, `mid` and `high` differ only where the use is assumed. */
export interface Amount {
  /** Recorded days or minutes; the volume that was granted; or what the rule set takes a window to use. */
  basis: 'recorded' | 'agreed' | 'assumed';
  low: number;
  mid: number;
  high: number;
}

/** What the days of one rule's cover of a service cost in full, before shares; `null` where no price or use is known. */
export type Costing = (service: Service, rule: string, from: Day, until: Day) => Amount | null;

/** Minutes, or cents not yet rounded, with how they are known. */
type Use = Amount;

/** {@link costingOf} what is known of a journey at a moment. */
export function costingUnder(journey: Journey, rules: CompiledRuleSet, knownAt: KnownAt): Costing {
  return hasPrices(rules) ? costingOf(foldJourney(journey.events, knownAt.instant), rules) : noCosts;
}

/**
 * Costs under the prices of a rule set: a day price times days; an hour price times the minutes that were recorded
 * and funded, else the volume of the claim in force, else what the rule set assumes of the window.
 */
export function costingOf(facts: JourneyFacts, rules: CompiledRuleSet): Costing {
  if (!hasPrices(rules)) return noCosts;
  const evaluation = evaluationOf(facts, rules);
  setLapses(evaluation);
  const minutes = splitMinutes(evaluation);
  return (service, rule, from, until) => {
    const price = rules.prices[services.indexOf(service)];
    if (!price || until >= OPEN_END) return null;
    if (price.unit === 'cent-per-day') {
      const cents = overDays(evaluation, service, from, until, (cent) => cent);
      return amount({ basis: 'recorded', low: cents, mid: cents, high: cents });
    }
    const use = minutesUsed(evaluation, minutes, service, rule, from, until);
    if (!use) return null;
    const perMinute = overDays(evaluation, service, from, until, (cent) => cent / 60) / (until - from);
    return amount({
      basis: use.basis,
      low: use.low * perMinute,
      mid: use.mid * perMinute,
      high: use.high * perMinute,
    });
  };
}

const noCosts: Costing = () => null;

function hasPrices(rules: CompiledRuleSet): boolean {
  return rules.prices.some((price) => price !== null);
}

function overDays(
  evaluation: Evaluation,
  service: Service,
  from: Day,
  until: Day,
  rate: (cent: number) => number,
): number {
  const at = services.indexOf(service);
  const price = evaluation.rules.prices[at]!;
  let total = 0;
  let day = from;
  while (day < until) {
    const reading = readParameter(price, codesOn(evaluation, at, day), day);
    const next = Math.min(until, reading.until, stretchOn(evaluation, day)?.until ?? OPEN_END);
    total += rate(Number(reading.value)) * (next - day);
    day = next;
  }
  return total;
}

/** Minutes of care on the days, and how they are known. */
function minutesUsed(
  evaluation: Evaluation,
  minutes: readonly SplitMinutes[],
  service: Service,
  rule: string,
  from: Day,
  until: Day,
): Use | null {
  const at = services.indexOf(service);
  const recorded = minutes
    .filter((row) => row.service === at && row.day >= from && row.day < until)
    .reduce((total, row) => total + row.funded, 0);
  if (recorded > 0) return { basis: 'recorded', low: recorded, mid: recorded, high: recorded };
  const agreed = agreedMinutes(evaluation, service, from, until);
  if (agreed !== null) return { basis: 'agreed', low: agreed, mid: agreed, high: agreed };
  return assumedMinutes(evaluation, service, rule, from, until);
}

const daysPer = { day: 1, week: 7, 'four-weeks': 28, month: 365 / 12, year: 365 } as const;

/** The volume of the claim in force on the first day, spread evenly over its days. */
function agreedMinutes(evaluation: Evaluation, service: Service, from: Day, until: Day): number | null {
  const claim = latestBegun<Claim>(evaluation.needs[services.indexOf(service)]!.claims, from);
  const volume = claim?.volume;
  const granted = minutesOf(volume);
  if (!claim || !volume || granted === null) return null;
  const days = volume.per === 'total' ? claim.until - claim.from : daysPer[volume.per];
  return lastDayOf(claim.until) === null && volume.per === 'total' ? null : (granted / days) * (until - from);
}

function minutesOf(volume: Volume | null | undefined): number | null {
  if (volume?.unit === 'minutes') return volume.quantity;
  return volume?.unit === 'hours' ? volume.quantity * 60 : null;
}

/** What is assumed per window is spread evenly over the days of its run. */
function assumedMinutes(
  evaluation: Evaluation,
  service: Service,
  rule: string,
  from: Day,
  until: Day,
): Use | null {
  const assumed = evaluation.rules.assumedUse[rule];
  const { payments } = outcomeOn(evaluation, services.indexOf(service), from);
  const run = payments.find((payment) => payment.run?.window.id === rule)?.run;
  if (!assumed || !run) return null;
  const days = assumed.per === 'window' ? run.until - run.from : daysPer[assumed.per];
  const times = (until - from) / days;
  const { low, mid, high } = assumed.minutes;
  return { basis: 'assumed', low: low * times, mid: mid * times, high: high * times };
}

function amount({ basis, low, mid, high }: Use): Amount {
  return { basis, low: Math.round(low), mid: Math.round(mid), high: Math.round(high) };
}

/** Splits whole cents over shares so that no cent is lost: the largest remainders get one more. */
export function splitCents(total: number, shares: readonly number[]): number[] {
  const whole = shares.reduce((sum, share) => sum + share, 0);
  const exact = shares.map((share) => (total * share) / whole);
  const cents = exact.map(Math.floor);
  const left = total - cents.reduce((sum, cent) => sum + cent, 0);
  const byRemainder = exact
    .map((_, at) => at)
    .sort((a, b) => exact[b]! - cents[b]! - (exact[a]! - cents[a]!) || a - b);
  for (const at of byRemainder.slice(0, left)) cents[at]! += 1;
  return cents;
}

import type { Day } from '@domeinbrug/calendar';
import { foldJourney, type Journey, type JourneyFacts } from '@domeinbrug/journey';
import { services, type Service } from '@domeinbrug/terms';
import type { CompiledRuleSet } from './compile.js';
import { costOfDays, type Cents, type DaysCost } from './days-cost.js';
import type { KnownAt } from './determine-coverage.js';
import { evaluationOf } from './evaluation.js';
import { setLapses } from './lapses.js';
import { splitMinutes } from './minutes.js';

/** What something costs, and how that is known. */
export interface Amount extends Cents {
  basis: DaysCost['basis'];
}

/** What the days of one rule's cover of a service cost in full, before shares; `null` where no price or use is known. */
export type Costing = (service: Service, rule: string, from: Day, until: Day) => Amount | null;

/** {@link costingOf} what is known of a journey at a moment. */
export function costingUnder(journey: Journey, rules: CompiledRuleSet, knownAt: KnownAt): Costing {
  return hasPrices(rules)
    ? costingOf(foldJourney(journey.events, knownAt.instant, journey.reference), rules)
    : noCosts;
}

/** Costs under the prices of a rule set, by {@link costOfDays}. */
export function costingOf(facts: JourneyFacts, rules: CompiledRuleSet): Costing {
  if (!hasPrices(rules)) return noCosts;
  const evaluation = evaluationOf(facts, rules);
  setLapses(evaluation);
  const { rows: minutes } = splitMinutes(evaluation);
  return (service, rule, from, until) => {
    const cost = costOfDays(evaluation, minutes, services.indexOf(service), rule, { from, until });
    return cost && { basis: cost.basis, ...cost.before(until) };
  };
}

const noCosts: Costing = () => null;

function hasPrices(rules: CompiledRuleSet): boolean {
  return rules.prices.some((price) => price !== null);
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

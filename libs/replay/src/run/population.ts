import { overlaps, type DayRange } from '@domeinbrug/calendar';
import type { JourneyFacts, StateStretch } from '@domeinbrug/journey';
import type { Population } from './replay-question.js';

/** Whether a client takes part in a replay over a period. */
export type TakesPart = (facts: JourneyFacts) => boolean;

export function takesPartIn(population: Population, period: DayRange): TakesPart {
  const { municipality, careOffice, insurer, profile, birthYear } = population;
  const wanted = { municipality, careOffice, insurer, profile };
  const conditions = (Object.entries(wanted) as [keyof typeof wanted, string | undefined][]).flatMap(
    ([field, code]) => (code === undefined ? [] : [{ field, code: Number(code) }]),
  );
  const meetsAll = (stretch: StateStretch): boolean =>
    overlaps(stretch, period) && conditions.every(({ field, code }) => stretch[field] === code);
  return (facts) =>
    isKnown(facts) &&
    isBornIn(facts, birthYear) &&
    (conditions.length === 0 || facts.state.some((stretch) => meetsAll(stretch)));
}

/** Who is told of only later has no fact yet. */
function isKnown(facts: JourneyFacts): boolean {
  const { homes, claims, insured, careOffices, entitlements, deliveries, stays, bridgings } = facts;
  const { carers, joint, absences, activities, completions, milestones, treatments, consents, death } = facts;
  return (
    homes.length > 0 ||
    death !== null ||
    [claims, insured, careOffices, entitlements, deliveries, stays, bridgings].some(
      ({ length }) => length > 0,
    ) ||
    [carers, joint, absences, activities, completions, milestones, treatments, consents].some(
      ({ length }) => length > 0,
    )
  );
}

function isBornIn({ birthYear }: JourneyFacts, years: Population['birthYear']): boolean {
  if (!years) return true;
  return birthYear >= (years.min ?? 0) && birthYear <= (years.max ?? Infinity) && birthYear > 0;
}

import { contains, OPEN_END, type Day } from '@domeinbrug/calendar';
import { NONE, type JourneyFacts } from '@domeinbrug/journey';
import { services } from '@domeinbrug/terms';
import { formOn, waitsForDelivery, type WaitingFacts } from './waits.js';

/** What shares are read from. */
export type ShareFacts = WaitingFacts &
  Pick<JourneyFacts, 'deliveries' | 'activities' | 'carers' | 'birthYear'>;

/** One time that something could have been so, and whether it was. */
export interface Chance {
  /** The day by which it belongs to a period and a region. */
  day: Day;
  /** The day on which it is known whether it was so. */
  knownOn: Day;
  so: boolean;
}

export interface ShareFigure {
  name: string;
  chances(facts: ShareFacts): Chance[];
}

export const shareFigures = [
  { name: 'same-provider-over-law-change', chances: providersKept },
  { name: 'bridging-overrun', chances: overruns },
  { name: 'aftercare-given', chances: aftercareGiven },
] as const satisfies readonly ShareFigure[];

/** Thirteen weeks: law, not a parameter (Wlz 3.3.6). */
const BRIDGING_DAYS = 91;
const AFTERCARE = services.indexOf('aftercare');

/**
 * Of those who the day before the first Wlz delivery had care by a known provider under another law: whether one of
 * these providers gives the Wlz care.
 */
function providersKept({ triggers, state, claims, deliveries }: ShareFacts): Chance[] {
  return triggers['delivery-start']
    .filter((day) => formOn(state, day - 1) === NONE)
    .flatMap((day) => {
      const before = claims.filter((claim) => claim.provider !== NONE && contains(claim, day - 1));
      const after = deliveries.filter((delivery) => contains(delivery, day));
      const so = before.some(({ provider }) => after.some((delivery) => delivery.provider === provider));
      return before.length === 0 ? [] : [{ day, knownOn: day, so }];
    });
}

/** Whether thirteen weeks went by without delivery and without an extension of the bridging. */
function overruns(facts: ShareFacts): Chance[] {
  return waitsForDelivery(facts).flatMap(({ from, came, lastDay }) => {
    const over = from + BRIDGING_DAYS + 1;
    // Who died, or lost the right, before that cannot tell.
    if (came === OPEN_END && lastDay < over - 1) return [];
    const extended = facts.bridgings.some(
      (bridging) =>
        bridging.until > from && bridging.from < came && bridging.termUntil - bridging.from > BRIDGING_DAYS,
    );
    const so = came >= over && !extended;
    return [{ day: from, knownOn: Math.min(came, over - 1), so }];
  });
}

/** Of the deaths that left a carer: whether any time was recorded for aftercare. */
function aftercareGiven({ death, carers, activities }: ShareFacts): Chance[] {
  if (!death || !carers.some((carer) => contains(carer, death.from))) return [];
  const so = activities.some(({ service, day }) => service === AFTERCARE && day >= death.from);
  return [{ day: death.from, knownOn: death.from, so }];
}

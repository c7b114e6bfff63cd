import type { Day } from '@domeinbrug/calendar';
import type { Trigger } from '@domeinbrug/rules';
import { formOf, inResidence, type DayState } from './day-states.js';
import type { Facts } from './fact-types.js';
import { holderOn } from './mergers.js';

/** The trigger days of every kind, ascending, found by comparing each day with its neighbours. */
export type TriggerDays = Record<Trigger, Day[]>;

/** Looks at every day from `from` through `through`, but never after the day of death. */
export function triggerDays(
  facts: Facts,
  stateOn: (day: Day) => DayState,
  from: Day,
  through: Day,
): TriggerDays {
  const lastDay = Math.min(through, facts.death ?? through);
  const days: Day[] = [];
  for (let day = from; day <= lastDay; day += 1) days.push(day);
  const when = (holds: (yesterday: DayState, today: DayState, day: Day) => boolean): Day[] =>
    days.filter((day) => holds(stateOn(day - 1), stateOn(day), day));
  return {
    admission: when((yesterday, today) => inResidence(today) && !inResidence(yesterday)),
    discharge: when(
      (_, today, day) => inResidence(today) && !inResidence(stateOn(day + 1)) && day !== facts.death,
    ),
    'delivery-start': when(
      (yesterday, today) => formOf(today) !== null && formOf(today) !== formOf(yesterday),
    ),
    'entitlement-start': when(
      (yesterday, today) => today.entitlement !== null && yesterday.entitlement === null,
    ),
    'bridging-start': when((_yesterday, _today, day) => facts.bridgings.some(({ first }) => first === day)),
    move: when(
      ({ municipality }, today, day) =>
        municipality !== null &&
        today.municipality !== holderOn(facts.mergers, 'municipality', municipality, day),
    ),
    death: when((_yesterday, _today, day) => day === facts.death),
  };
}

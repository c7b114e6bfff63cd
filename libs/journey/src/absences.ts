import { contains, dayOf, yearOf, type Day, type DayRange } from '@domeinbrug/calendar';
import { endLatest, endOn, type End } from './ends.js';
import { beganLater, NONE, type Absence, type Fact } from './facts.js';
import { endOf, onDay, opening, type EventsByType } from './openings.js';

/**
 * Days away from a residence, at the latest until the run of residence ends in which the departure lies; a
 * departure outside such a run is no fact.
 */
export function absences(events: EventsByType, runs: readonly DayRange[], unmatched: End[]): Absence[] {
  const departures = events('absence-started').map((event) => ({
    ...opening(event, event.data.departureDay),
    reason: event.data.reason,
  }));
  // The day of return is not absent, so it is the exclusive end and the day before it the last.
  const returns = events('absence-ended').map((event) => endOf(event, event.data.returnDay));
  unmatched.push(...endLatest(departures, returns));
  const found = departures.flatMap((departure) => {
    const run = runs.find((residence) => contains(residence, departure.from));
    return run ? [absence(departure, run)] : [];
  });
  for (const each of found) each.leaveTaken = leaveTaken(each, found);
  return found;
}

function absence(departure: Fact & Pick<Absence, 'reason'>, run: DayRange): Absence {
  const fact = { ...departure, departure: departure.from, from: departure.from + 1, leaveTaken: 0 };
  if (fact.ended !== NONE) fact.until -= 1;
  endOn(fact, run.until, NONE);
  return fact;
}

/** Distinct days of leave in the departure's calendar year, of earlier begun leave, up to the departure. */
function leaveTaken(leave: Absence, all: readonly Absence[]): number {
  if (leave.reason !== 'leave') return 0;
  const newYear = dayOf(yearOf(leave.departure), 1, 1);
  const days = new Set<Day>();
  for (const earlier of all) {
    if (earlier.reason !== 'leave' || earlier === leave || !beganLater(leave, earlier)) continue;
    const until = Math.min(earlier.until, leave.departure + 1);
    for (let day = Math.max(earlier.from, newYear); day < until; day++) days.add(day);
  }
  return days.size;
}

export function consents(events: EventsByType): Fact[] {
  return events('absence-consent-given').map((event) => onDay(event, event.data.day));
}

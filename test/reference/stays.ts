import { OPEN_END, parseDay, type Day } from '@domeinbrug/calendar';
import type { JourneyEvent } from '@domeinbrug/journey';
import type { Service, StayKind } from '@domeinbrug/terms';
import { isResidenceForm } from './deliveries.js';
import { endOn, ofType, starting } from './event-starts.js';
import type { Absence, Delivery, Stay } from './fact-types.js';
import { closedByLatest, latestBegun } from './lines.js';

const stayServices: Record<StayKind, Service> = {
  'short-stay': 'short-stay',
  'geriatric-rehabilitation': 'geriatric-rehabilitation',
  hospital: 'hospital-care',
  'mental-health': 'mental-health-care',
  respite: 'respite-care',
};

/** A stay ends with the end of its kind that closes it. */
export function staysOf(events: readonly JourneyEvent[], codes: Set<string>): Stay[] {
  const starts = ofType(events, 'stay-started').map((event) => ({
    ...starting(event, event.data.firstDay),
    kind: event.data.kind,
    provider: event.data.provider,
    service: stayServices[event.data.kind],
  }));
  const ends = ofType(events, 'stay-ended').map(({ data }) =>
    endOn<Stay>(data.lastDay, ({ kind }) => kind === data.kind),
  );
  return closedByLatest(starts, ends, codes);
}

/** An absence lies within the run of residence days in which the client departed, or does not count. */
export function absencesOf(
  events: readonly JourneyEvent[],
  deliveries: Delivery[],
  death: Day | null,
  codes: Set<string>,
): Absence[] {
  const starts = ofType(events, 'absence-started').map((event) => ({
    ...starting(event, event.data.departureDay),
    reason: event.data.reason,
    departure: parseDay(event.data.departureDay),
  }));
  const ends = ofType(events, 'absence-ended').map(({ data }) => endOn<Absence>(data.returnDay));
  return closedByLatest(starts, ends, codes).flatMap((absence) => {
    const lastOfRun = lastDayInResidence(deliveries, absence.departure, death);
    if (lastOfRun === null) return [];
    const lastAway = absence.last === OPEN_END ? OPEN_END : absence.last - 1;
    return [{ ...absence, first: absence.departure + 1, last: Math.min(lastAway, lastOfRun) }];
  });
}

/** The last day of the unbroken residence days around a day; `null` when that day is not one of them. */
function lastDayInResidence(deliveries: Delivery[], day: Day, death: Day | null): Day | null {
  const residences = deliveries.filter(({ form }) => isResidenceForm(form));
  if (death !== null && day > death) return null;
  let last: Day | null = null;
  for (
    let next: Delivery | null = latestBegun(residences, day);
    next;
    next = latestBegun(residences, last + 1)
  ) {
    last = next.last;
    if (last === OPEN_END) break;
  }
  return last === null || death === null ? last : Math.min(last, death);
}

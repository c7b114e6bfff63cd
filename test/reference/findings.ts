import { OPEN_END, parseDay, type Day } from '@domeinbrug/calendar';
import type { EventType, JourneyEvent } from '@domeinbrug/journey';
import type { Funder, Service } from '@domeinbrug/terms';
import type { DayState } from './day-states.js';
import { deliveriesExclude, recordedDeliveries } from './deliveries.js';
import { ofType } from './event-starts.js';
import { deathOf } from './facts.js';
import { latestBegun } from './lines.js';
import { holderOn } from './mergers.js';
import { validClaims, type Situation } from './table.js';

const aboutDelivery: EventType[] = [
  'wlz-delivery-started',
  'wlz-delivery-ended',
  'client-admitted',
  'client-discharged',
  'bridging-started',
  'bridging-extended',
  'bridging-ended',
];

/** Everything that begins or happens on a day of its own, whatever becomes of it; ends and deaths are not among them. */
const beginnings: EventType[] = [
  'client-registered',
  'client-moved',
  'insurance-changed',
  'care-office-assigned',
  'carer-registered',
  'wmo-support-reported',
  'wmo-plan-drafted',
  'wmo-support-requested',
  'wmo-decision-issued',
  'wmo-support-started',
  'zvw-care-indicated',
  'case-management-referred',
  'case-management-started',
  'handover-completed',
  'wlz-requested',
  'wlz-indication-issued',
  'wlz-delivery-started',
  'wlz-waiting-status',
  'treatment-changed',
  'client-admitted',
  'bridging-started',
  'bridging-extended',
  'stay-started',
  'absence-started',
  'absence-consent-given',
  'joint-funding-started',
  'activity-recorded',
  'group-assigned',
];

/** Codes of what a client's facts contradict, apart from those noticed while reading the events. */
export function findingsOf(
  events: readonly JourneyEvent[],
  situation: Situation,
  days: readonly Day[],
  tableFunders: (service: Service, day: Day) => Funder[],
): string[] {
  const living = days.filter((day) => situation.stateOn(day).regime !== 'deceased');
  const onSomeDay = (holds: (state: DayState) => boolean): boolean =>
    living.some((day) => holds(situation.stateOn(day)));
  const found: Record<string, boolean> = {
    'after-death': beginsAfterDeath(events),
    'delivery-without-indication': onSomeDay(({ regime }) => regime === 'awaiting-indication'),
    'overlapping-deliveries': deliveriesOverlap(events),
    'retroactive-decision': isDecidedLate(events),
    'decided-elsewhere': living.some((day) => isDecidedElsewhere(situation, day, tableFunders)),
    'lapsed-on-first-day': [...situation.lapses].some(([claim, day]) => day === claim.first),
    'delivery-unknown':
      onSomeDay(({ entitlement }) => entitlement !== null) &&
      !events.some(({ type }) => aboutDelivery.includes(type)),
    'contradicting-deaths': new Set(ofType(events, 'client-died').map(({ data }) => data.day)).size > 1,
  };
  return Object.keys(found).filter((code) => found[code]);
}

/** Anything that would begin after the day of death, other than time spent in aftercare. */
function beginsAfterDeath(events: readonly JourneyEvent[]): boolean {
  const death = deathOf(events);
  if (death === null) return false;
  return ofType(events, ...beginnings)
    .filter(
      ({ type, data }) =>
        !(type === 'activity-recorded' && 'service' in data && data.service === 'aftercare'),
    )
    .some(({ data }) => firstDayOf(data) > death);
}

function firstDayOf(data: object): Day {
  const fields = data as Partial<Record<'firstDay' | 'day' | 'departureDay' | 'decidedOn', string>>;
  return parseDay((fields.firstDay ?? fields.day ?? fields.departureDay ?? fields.decidedOn)!);
}

/** A recorded last day later than the first day of the next delivery that excludes it. */
function deliveriesOverlap(events: readonly JourneyEvent[]): boolean {
  const recorded = recordedDeliveries(events, new Set());
  return recorded.some(
    (each) =>
      each.last !== OPEN_END &&
      recorded.some(
        (next) => next.first > each.first && deliveriesExclude(each, next) && each.last > next.first,
      ),
  );
}

/** A decision taken more than 14 days after the day from which it grants, even when it was void in the end. */
function isDecidedLate(events: readonly JourneyEvent[]): boolean {
  const decisions = ofType(events, 'wmo-decision-issued', 'zvw-care-indicated', 'wlz-indication-issued');
  return decisions.some(
    ({ data }) => data.decidedOn && parseDay(data.decidedOn) > parseDay(data.firstDay) + 14,
  );
}

/** The table has another municipality pay than the one whose decision it pays on. */
function isDecidedElsewhere(
  situation: Situation,
  day: Day,
  tableFunders: (service: Service, day: Day) => Funder[],
): boolean {
  const decided = situation.facts.claims.filter(({ law }) => law === 'wmo').map(({ service }) => service);
  return decided.some((service) => {
    const paying = tableFunders(service, day).find((funder) => funder.startsWith('municipality:'));
    if (!paying) return false;
    const basis = latestBegun(validClaims(situation, service, 'wmo', day), day);
    return (
      basis !== null &&
      holderOn(situation.facts.mergers, 'municipality', basis.municipality!, day) !==
        paying.slice('municipality:'.length)
    );
  });
}

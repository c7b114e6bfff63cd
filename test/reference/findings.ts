import { OPEN_END, parseDay, type Day } from '@domeinbrug/calendar';
import type { EventType, JourneyEvent } from '@domeinbrug/journey';
import { services, type Funder, type Service } from '@domeinbrug/terms';
import type { DayState } from './day-states.js';
import { deliveriesExclude, recordedDeliveries } from './deliveries.js';
import { ofType } from './event-starts.js';
import { deathOf, type UnclippedFacts } from './facts.js';
import { latestBegun } from './lines.js';
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

/** Milestones, one-day facts and facts without an own line below: only their first day matters, for `after-death`. */
const oneDayTypes: EventType[] = [
  'wmo-support-reported',
  'wmo-plan-drafted',
  'wmo-support-requested',
  'wmo-support-started',
  'case-management-referred',
  'handover-completed',
  'wlz-requested',
  'wlz-waiting-status',
  'absence-consent-given',
  'absence-started',
  'group-assigned',
];

/** Codes of what a client's facts contradict, apart from those noticed while reading the events. */
export function findingsOf(
  events: readonly JourneyEvent[],
  unclipped: UnclippedFacts,
  situation: Situation,
  days: readonly Day[],
  tableFunders: (service: Service, day: Day) => Funder[],
): string[] {
  const living = days.filter((day) => situation.stateOn(day).regime !== 'deceased');
  const onSomeDay = (holds: (state: DayState) => boolean): boolean =>
    living.some((day) => holds(situation.stateOn(day)));
  const found: Record<string, boolean> = {
    'after-death': beginsAfterDeath(events, unclipped),
    'delivery-without-indication': onSomeDay(({ regime }) => regime === 'awaiting-indication'),
    'overlapping-deliveries': deliveriesOverlap(events),
    'retroactive-decision': isDecidedLate(events, unclipped),
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
function beginsAfterDeath(events: readonly JourneyEvent[], facts: UnclippedFacts): boolean {
  const death = deathOf(events);
  if (death === null) return false;
  const began = [
    ...facts.homes,
    ...facts.policies,
    ...facts.careOffices,
    ...facts.claims,
    ...facts.entitlements,
    ...facts.deliveries,
    ...facts.bridgings,
    ...facts.stays,
    ...facts.carers,
    ...facts.jointFunding,
  ].map(({ first }) => first);
  const oneDay = ofType(events, ...oneDayTypes).map(({ data }) => firstDayOf(data));
  const extended = facts.extensions.map(({ decidedOn }) => decidedOn);
  const recorded = facts.activities
    .filter(({ data }) => data.service !== 'aftercare')
    .map(({ data }) => parseDay(data.day));
  return [...began, ...oneDay, ...extended, ...recorded].some((day) => day > death);
}

function firstDayOf(data: object): Day {
  const { firstDay, day, departureDay } = data as { firstDay?: string; day?: string; departureDay?: string };
  return parseDay((firstDay ?? day ?? departureDay)!);
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

/** A decision taken more than 14 days after the day from which it grants. */
function isDecidedLate(events: readonly JourneyEvent[], { claims, entitlements }: UnclippedFacts): boolean {
  const granted = [...claims, ...entitlements];
  return ofType(
    events,
    'wmo-decision-issued',
    'zvw-care-indicated',
    'wlz-indication-issued',
    'case-management-started',
  )
    .filter(({ source, id }) => granted.some((fact) => fact.source === source && fact.id === id))
    .some(({ data }) => data.decidedOn && parseDay(data.decidedOn) > parseDay(data.firstDay) + 14);
}

/** The table has another municipality pay than the one whose decision it pays on. */
function isDecidedElsewhere(
  situation: Situation,
  day: Day,
  tableFunders: (service: Service, day: Day) => Funder[],
): boolean {
  return services.some((service) => {
    const paying = tableFunders(service, day).find((funder) => funder.startsWith('municipality:'));
    if (!paying) return false;
    const basis = latestBegun(validClaims(situation, service, 'wmo', day), day);
    return basis !== null && paying !== `municipality:${basis.municipality}`;
  });
}

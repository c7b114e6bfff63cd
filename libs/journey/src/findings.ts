import { OPEN_END, overlaps, parseDay, type Day } from '@domeinbrug/calendar';
import { excludeOneAnother, type ReportedDelivery } from './deliveries.js';
import { finding } from './effective-events.js';
import type { End } from './ends.js';
import type { EventType } from './event-catalogue.js';
import type { Entitlement, Fact, FoldFinding } from './facts.js';
import type { JourneyEvent } from './journey-event.js';
import { startDayOf } from './openings.js';
import type { StateStretch } from './state-line.js';

/** A decision taken this many days after its first day is still usual: crisis admissions (Blz 3.2.4). */
const usualDelayDays = 14;

const aboutDelivery: readonly EventType[] = [
  'wlz-delivery-started',
  'wlz-delivery-ended',
  'client-admitted',
  'client-discharged',
  'bridging-started',
  'bridging-extended',
  'bridging-ended',
];

/** What contradicts what. Nothing is refused for it: every event takes part as far as it makes sense. */
export function contradictions(
  events: readonly JourneyEvent[],
  facts: { entitlements: readonly Entitlement[]; death: Fact | null },
  delivered: readonly ReportedDelivery[],
  state: readonly StateStretch[],
  unmatched: readonly End[],
): FoldFinding[] {
  return [
    ...contradictingDeaths(events),
    ...(facts.death ? startedAfterDeath(events, facts.death.from) : []),
    ...deliveriesWithoutIndication(events, delivered, state),
    ...overlappingDeliveries(events, delivered),
    ...unmatched.map((end) =>
      finding('end-without-start', 'An end was reported of something that is not known to have begun.', [
        events[end.event]!,
      ]),
    ),
    ...retroactiveDecisions(events),
    ...deliveryUnknown(events, facts.entitlements),
  ];
}

function contradictingDeaths(events: readonly JourneyEvent[]): FoldFinding[] {
  const reports = events.filter((event) => event.type === 'client-died');
  const days = new Set(reports.map((report) => report.data.day));
  return days.size > 1
    ? [finding('contradicting-deaths', 'Several days of death were reported; the earliest counts.', reports)]
    : [];
}

function startedAfterDeath(events: readonly JourneyEvent[], death: Day): FoldFinding[] {
  return events
    .filter((event) => event.type !== 'client-died' && !isAftercare(event))
    .filter((event) => (startDayOf(event) ?? death) > death)
    .map((event) =>
      finding('after-death', 'It begins after the day of death; it is kept and pays nothing.', [event]),
    );
}

function isAftercare(event: JourneyEvent): boolean {
  return event.type === 'activity-recorded' && event.data.service === 'aftercare';
}

function deliveriesWithoutIndication(
  events: readonly JourneyEvent[],
  delivered: readonly ReportedDelivery[],
  state: readonly StateStretch[],
): FoldFinding[] {
  const awaiting = state.filter((stretch) => stretch.awaitingIndication);
  return delivered
    .filter((delivery) => awaiting.some((stretch) => overlaps(stretch, delivery)))
    .map((delivery) =>
      finding('delivery-without-indication', 'Wlz care is delivered on days without a Wlz indication.', [
        events[delivery.opened]!,
      ]),
    );
}

/** One shared day is usual; a recorded last day after the next first day is not. */
function overlappingDeliveries(
  events: readonly JourneyEvent[],
  delivered: readonly ReportedDelivery[],
): FoldFinding[] {
  return delivered.flatMap((delivery) => {
    const next = delivered.find((other) => other.from > delivery.from && excludeOneAnother(delivery, other));
    const overlap = next && delivery.reportedUntil < OPEN_END && delivery.reportedUntil - 1 > next.from;
    return overlap
      ? [
          finding('overlapping-deliveries', 'A delivery was recorded to go on after the next one began.', [
            events[delivery.opened]!,
            events[next.opened]!,
          ]),
        ]
      : [];
  });
}

function retroactiveDecisions(events: readonly JourneyEvent[]): FoldFinding[] {
  return events
    .filter((event) => {
      const { decidedOn, firstDay } = event.data as { decidedOn?: string; firstDay?: string };
      return decidedOn && firstDay && parseDay(decidedOn) > parseDay(firstDay) + usualDelayDays;
    })
    .map((event) =>
      finding('retroactive-decision', 'It was decided more than 14 days after the day on which it begins.', [
        event,
      ]),
    );
}

function deliveryUnknown(
  events: readonly JourneyEvent[],
  entitlements: readonly Entitlement[],
): FoldFinding[] {
  if (entitlements.length === 0 || events.some((event) => aboutDelivery.includes(event.type))) return [];
  return [
    finding(
      'delivery-unknown',
      'There is a Wlz indication, and nothing about delivery or bridging care was ever received.',
      entitlements.map((entitlement) => events[entitlement.opened]!),
    ),
  ];
}

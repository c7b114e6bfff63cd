import { parseDay } from '@domeinbrug/calendar';
import { NONE, milestoneKinds, type Milestone, type MilestoneKind } from './facts.js';
import { codeOf, inEventOrder, type EventsByType } from './openings.js';

/**
 * The dated steps that events report, in (source, id) order. A decision is one on the day on which it was taken, where
 * that was told. Which target group somebody belongs to is left out: no figure counts by it.
 */
export function milestones(events: EventsByType): Milestone[] {
  const steps = [
    ...events('case-management-referred').map((event) => step('case-management-referred', event)),
    ...events('wmo-support-reported').map((event) => step('wmo-reported', event)),
    ...events('wmo-plan-drafted').map((event) => step('wmo-drafted', event)),
    ...events('wmo-support-requested').map((event) => step('wmo-requested', event)),
    ...decisions(events),
    ...events('wmo-support-started').map((event) => step('wmo-started', event, event.data.firstDay)),
    ...events('wmo-support-ended')
      .filter((event) => event.data.temporary)
      .map((event) => step('wmo-paused', event, event.data.lastDay)),
    ...events('wlz-requested').map((event) => step('wlz-requested', event)),
    ...events('wlz-indication-issued').map((event) => step('wlz-decided', event, event.data.decidedOn)),
    ...events('wlz-waiting-status').map((event) => step('waiting-status', event)),
    ...events('group-assigned').map((event) => step('group-assigned', event, event.data.firstDay)),
    ...events('group-ended').map((event) => step('group-ended', event, event.data.lastDay)),
  ];
  return inEventOrder(steps);
}

function decisions(events: EventsByType): Milestone[] {
  return events('wmo-decision-issued').flatMap((event) =>
    event.data.decidedOn === undefined ? [] : [step('wmo-decided', event, event.data.decidedOn)],
  );
}

/** Fields are written out: this runs for every event of a portfolio, and spreading is slow. */
function step(kind: MilestoneKind, { at, data }: { at: number; data: object }, day?: string): Milestone {
  const fields = data as { day?: string; municipality?: string; status?: string };
  const from = parseDay(day ?? fields.day!);
  return {
    from,
    until: from + 1,
    opened: at,
    ended: at,
    kind: milestoneKinds.indexOf(kind),
    municipality: codeOf(fields.municipality),
    status: codeOf(fields.status),
  };
}

/**
 * Of the registrations that tell it the latest begun counts, of two of one day the first in (source, id) order.
 * {@link NONE} when none does. It is a personal field, and so absent once it has been erased.
 */
export function birthYear(events: EventsByType): number {
  const told = events('client-registered').filter((event) => event.data.birthYear !== undefined);
  const latest = told.reduce<(typeof told)[number] | undefined>(
    (found, event) => (found && found.data.firstDay >= event.data.firstDay ? found : event),
    undefined,
  );
  return latest?.data.birthYear ?? NONE;
}

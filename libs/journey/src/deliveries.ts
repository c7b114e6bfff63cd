import { deliveryForms } from '@domeinbrug/terms';
import { endLatest, succeedOneAnother, type End } from './ends.js';
import type { Delivery } from './facts.js';
import { codeOf, endOf, inEventOrder, opening, type EventsByType } from './openings.js';

const RESIDENCE = deliveryForms.indexOf('residence');
const sideBySide = [deliveryForms.indexOf('modular'), deliveryForms.indexOf('personal-budget')];

/** A delivery as reported, with its own last day: `reportedUntil`, before the next one cut it short. */
export interface ReportedDelivery extends Delivery {
  reportedUntil: number;
}

/** Wlz care as delivered, admissions among it; a discharge closes residences only. */
export function deliveries(events: EventsByType, unmatched: End[]): ReportedDelivery[] {
  const started = inEventOrder([...startedDeliveries(events), ...admissions(events)]);
  const ends = events('wlz-delivery-ended').map((event) => ({
    ...endOf(event, event.data.lastDay),
    provider: codeOf(event.data.provider),
  }));
  const discharges = events('client-discharged').map((event) => ({
    ...endOf(event, event.data.lastDay),
    provider: codeOf(event.data.provider),
  }));
  unmatched.push(...endLatest(started, ends, (delivery, end) => delivery.provider === end.provider));
  const residences = started.filter((delivery) => delivery.form === RESIDENCE);
  unmatched.push(...endLatest(residences, discharges, (delivery, end) => delivery.provider === end.provider));
  return succeedOneAnother(
    started.map((delivery) => ({ ...delivery, reportedUntil: delivery.until })),
    excludeOneAnother,
  );
}

function startedDeliveries(events: EventsByType): Delivery[] {
  return events('wlz-delivery-started').map((event) => ({
    ...opening(event, event.data.firstDay),
    form: deliveryForms.indexOf(event.data.deliveryForm),
    provider: codeOf(event.data.provider),
    withTreatment: event.data.withTreatment ?? false,
  }));
}

function admissions(events: EventsByType): Delivery[] {
  return events('client-admitted').map((event) => ({
    ...opening(event, event.data.firstDay),
    form: RESIDENCE,
    provider: codeOf(event.data.provider),
    withTreatment: event.data.withTreatment ?? false,
  }));
}

/** A modular package and a personal budget, or one of these by two providers, go side by side. */
export function excludeOneAnother(a: Delivery, b: Delivery): boolean {
  const both = sideBySide.includes(a.form) && sideBySide.includes(b.form);
  return !both || (a.form === b.form && a.provider === b.provider);
}

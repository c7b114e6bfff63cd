import type { JourneyEvent } from '@domeinbrug/journey';
import type { DeliveryForm } from '@domeinbrug/terms';
import { endOn, ofType, starting } from './event-starts.js';
import type { Bridging, Delivery } from './fact-types.js';
import { closedByLatest, endedByNext, inLine, laterStarts, onePerDay } from './lines.js';

export function isResidenceForm(form: DeliveryForm): boolean {
  return form === 'residence';
}

/** Deliveries with only the ends that were recorded: an admission is a delivery in the form residence. */
export function recordedDeliveries(events: readonly JourneyEvent[], codes: Set<string>): Delivery[] {
  const started = ofType(events, 'wlz-delivery-started').map((event) => ({
    ...starting(event, event.data.firstDay),
    form: event.data.deliveryForm,
    withTreatment: event.data.withTreatment ?? false,
    provider: event.data.provider,
  }));
  const admitted = ofType(events, 'client-admitted').map((event) => ({
    ...starting(event, event.data.firstDay),
    form: 'residence' as const,
    withTreatment: event.data.withTreatment ?? false,
    provider: event.data.provider,
  }));
  const ends = [
    ...ofType(events, 'wlz-delivery-ended').map(({ data }) =>
      endOn<Delivery>(data.lastDay, ({ provider }) => provider === data.provider),
    ),
    ...ofType(events, 'client-discharged').map(({ data }) =>
      endOn<Delivery>(
        data.lastDay,
        ({ provider, form }) => provider === data.provider && isResidenceForm(form),
      ),
    ),
  ];
  return onePerDay(closedByLatest([...started, ...admitted], ends, codes), deliveriesExclude);
}

export function deliveriesOf(events: readonly JourneyEvent[], codes: Set<string>): Delivery[] {
  return endedByNext(recordedDeliveries(events, codes), deliveriesExclude);
}

/** Modular care and a personal budget run side by side, and so do two providers of one of them; every other pair excludes. */
export function deliveriesExclude(a: Delivery, b: Delivery): boolean {
  const sideBySide = (form: DeliveryForm): boolean => form === 'modular' || form === 'personal-budget';
  if (!sideBySide(a.form) || !sideBySide(b.form)) return true;
  return a.form === b.form && a.provider === b.provider;
}

/** Bridging care ends when it is said to, and the day before the next delivery or bridging begins. */
export function bridgingsOf(
  events: readonly JourneyEvent[],
  deliveries: Delivery[],
  codes: Set<string>,
): Bridging[] {
  const starts = ofType(events, 'bridging-started').map((event) => ({
    ...starting(event, event.data.firstDay),
    form: event.data.deliveryForm,
  }));
  const ends = ofType(events, 'bridging-ended').map(({ data }) => endOn<Bridging>(data.lastDay));
  return inLine(closedByLatest(starts, ends, codes), () => true).map((bridging) => ({
    ...bridging,
    last: Math.min(bridging.last, ...laterStarts(bridging, deliveries).map((first) => first - 1)),
  }));
}

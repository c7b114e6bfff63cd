import { amsterdamDay, parseDay } from '@domeinbrug/calendar';
import { services, stayKinds, type Service, type StayKind } from '@domeinbrug/terms';
import { endById, endLatest, type End } from './ends.js';
import type {
  Activity,
  Carer,
  Completion,
  Entitlement,
  Fact,
  JointFunding,
  Stay,
  Treatment,
} from './facts.js';
import { codeOf, endOf, onDay, opening, openingThrough, type EventsByType } from './openings.js';

const serviceOfStay: Record<StayKind, Service> = {
  'short-stay': 'short-stay',
  'geriatric-rehabilitation': 'geriatric-rehabilitation',
  hospital: 'hospital-care',
  'mental-health': 'mental-health-care',
  respite: 'respite-care',
};

/** The day of death; of several reports the earliest day counts. */
export function death(events: EventsByType): Fact | null {
  const reports = events('client-died').map((event) => onDay(event, event.data.day));
  return reports.reduce<Fact | null>(
    (first, next) => (first && first.from <= next.from ? first : next),
    null,
  );
}

/** The right to Wlz care; a later indication does not end an earlier one. */
export function entitlements(events: EventsByType, unmatched: End[]): Entitlement[] {
  const granted = events('wlz-indication-issued').map((event) => ({
    ...openingThrough(event, event.data.firstDay, event.data.lastDay),
    id: event.data.decisionId,
    profile: codeOf(event.data.profile),
  }));
  const ends = events('wlz-indication-withdrawn').map((event) => ({
    ...endOf(event, event.data.lastDay),
    id: event.data.decisionId,
  }));
  unmatched.push(...endById(granted, ends, (entitlement, end) => entitlement.id === end.id));
  return granted.map(({ id: _id, ...entitlement }) => entitlement);
}

export function treatments(events: EventsByType): Treatment[] {
  return events('treatment-changed').map((event) => ({
    ...opening(event, event.data.firstDay),
    withTreatment: event.data.withTreatment,
  }));
}

export function stays(events: EventsByType, unmatched: End[]): Stay[] {
  const started = events('stay-started').map((event) => ({
    ...opening(event, event.data.firstDay),
    kind: stayKinds.indexOf(event.data.kind),
    service: services.indexOf(serviceOfStay[event.data.kind]),
    provider: codeOf(event.data.provider),
  }));
  const ends = events('stay-ended').map((event) => ({
    ...endOf(event, event.data.lastDay),
    kind: stayKinds.indexOf(event.data.kind),
  }));
  unmatched.push(...endLatest(started, ends, (stay, end) => stay.kind === end.kind));
  return started;
}

export function carers(events: EventsByType, unmatched: End[]): Carer[] {
  const registered = events('carer-registered').map((event) => ({
    ...opening(event, event.data.firstDay),
    id: event.data.carerId,
    recordedOn: amsterdamDay(event.recordedAt),
  }));
  const ends = events('carer-ended').map((event) => ({
    ...endOf(event, event.data.lastDay),
    id: event.data.carerId,
  }));
  unmatched.push(...endLatest(registered, ends, (carer, end) => carer.id === end.id));
  return registered.map(({ id: _id, ...carer }) => carer);
}

/** A joint budget, one fact per service; `pools` receives the names. */
export function jointFunding(events: EventsByType, pools: string[], unmatched: End[]): JointFunding[] {
  const poolIndex = (pool: string): number =>
    pools.includes(pool) ? pools.indexOf(pool) : pools.push(pool) - 1;
  const started = events('joint-funding-started').flatMap((event) =>
    event.data.services.map((service) => ({
      ...opening(event, event.data.firstDay),
      service: services.indexOf(service),
      pool: poolIndex(event.data.pool),
    })),
  );
  const ends = events('joint-funding-settled').map((event) => ({
    ...endOf(event, event.data.lastDay),
    pool: poolIndex(event.data.pool),
  }));
  unmatched.push(...endLatest(started, ends, (fact, end) => fact.pool === end.pool));
  return started.map((fact) => ({ ...fact, settled: fact.ended >= 0 }));
}

export function completions(events: EventsByType): Completion[] {
  return events('handover-completed').map((event) => ({
    ...onDay(event, event.data.day),
    service: services.indexOf(event.data.service),
  }));
}

/** Minutes that are about this client, in (source, id) order. */
export function activities(events: EventsByType): Activity[] {
  return events('activity-recorded')
    .filter((event) => event.data.attributable !== false)
    .map((event) => ({
      day: parseDay(event.data.day),
      service: services.indexOf(event.data.service),
      minutes: event.data.minutes,
      provider: codeOf(event.data.provider),
      subject: event.data.subject ?? 'client',
      opened: event.at,
    }));
}

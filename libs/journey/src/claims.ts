import { laws, services, type Service } from '@domeinbrug/terms';
import { endById, endLatest, type End } from './ends.js';
import { NONE, type Claim, type Succession } from './facts.js';
import { codeOf, endOf, openingThrough, type EventsByType } from './openings.js';
import { speaksFor } from './successions.js';

const WMO = laws.indexOf('wmo');
const ZVW = laws.indexOf('zvw');

/** Decisions and indications, one claim per service; all count, side by side. */
export function claims(events: EventsByType, successions: readonly Succession[], unmatched: End[]): Claim[] {
  return [
    ...wmoDecisions(events, successions, unmatched),
    ...zvwIndications(events, unmatched),
    ...caseManagement(events, unmatched),
  ].sort((a, b) => a.opened - b.opened || a.service - b.service);
}

/**
 * Ended by a decision or by a final stop of the delivery, of the same number and municipality. Municipalities number
 * their decisions each for themselves, so an end reaches through a merger only where its own has none of that number.
 */
function wmoDecisions(events: EventsByType, successions: readonly Succession[], unmatched: End[]): Claim[] {
  const decided = events('wmo-decision-issued').flatMap((event) =>
    event.data.services.map((service) => ({
      ...openingThrough(event, event.data.firstDay, event.data.lastDay),
      id: event.data.decisionId,
      municipality: codeOf(event.data.municipality),
      provider: codeOf(event.data.provider),
      law: WMO,
      service: serviceIndex(service),
      volume: event.data.volume ?? null,
    })),
  );
  const ends = [
    ...events('wmo-decision-ended'),
    ...events('wmo-support-ended').filter((event) => !event.data.temporary),
  ].map((event) => ({
    ...endOf(event, event.data.lastDay),
    id: event.data.decisionId,
    municipality: codeOf(event.data.municipality),
  }));
  const elsewhere = endById(
    decided,
    ends,
    (claim, end) => claim.id === end.id && claim.municipality === end.municipality,
  );
  const throughMerger = (claim: Named, end: Named & End): boolean =>
    claim.id === end.id &&
    speaksFor(successions, 'municipality', { code: end.municipality, day: end.lastDay }, claim.municipality);
  unmatched.push(...endById(decided, elsewhere, throughMerger));
  return decided.map(withoutId);
}

interface Named {
  id: string;
  municipality: number;
}

function zvwIndications(events: EventsByType, unmatched: End[]): Claim[] {
  const indicated = events('zvw-care-indicated').flatMap((event) =>
    event.data.services.map((service) => ({
      ...openingThrough(event, event.data.firstDay, event.data.lastDay),
      ...zvwClaim(service, event.data.provider),
      id: event.data.indicationId,
      volume: event.data.volume ?? null,
    })),
  );
  const ends = events('zvw-care-ended').map((event) => ({
    ...endOf(event, event.data.lastDay),
    id: event.data.indicationId,
  }));
  unmatched.push(...endById(indicated, ends, (claim, end) => claim.id === end.id));
  return indicated.map(withoutId);
}

/** An end that names a provider ends that provider's case management only. */
function caseManagement(events: EventsByType, unmatched: End[]): Claim[] {
  const started = events('case-management-started').map((event) => ({
    ...openingThrough(event, event.data.firstDay, undefined),
    ...zvwClaim('case-management', event.data.provider),
    volume: event.data.volume ?? null,
  }));
  const ends = events('case-management-ended').map((event) => ({
    ...endOf(event, event.data.lastDay),
    provider: codeOf(event.data.provider),
  }));
  unmatched.push(
    ...endLatest(started, ends, (claim, end) => end.provider === NONE || end.provider === claim.provider),
  );
  return started;
}

function zvwClaim(
  service: Service,
  provider: string,
): Pick<Claim, 'service' | 'law' | 'municipality' | 'provider'> {
  return { service: serviceIndex(service), law: ZVW, municipality: NONE, provider: codeOf(provider) };
}

function serviceIndex(service: Service): number {
  return services.indexOf(service);
}

function withoutId({ id: _id, ...claim }: Claim & { id: string }): Claim {
  return claim;
}

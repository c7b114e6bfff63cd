import { parseDay } from '@domeinbrug/calendar';
import type { CodeSuccession, JourneyEvent } from '@domeinbrug/journey';
import { endOn, ofType, starting } from './event-starts.js';
import type { Claim, Entitlement } from './fact-types.js';
import { codesOfHolder, holderOn } from './mergers.js';
import { closedByLatest, closedByNumber, withoutVoid } from './lines.js';

/** A Wmo decision is one claim per service; withdrawn, or stopped for good, by decision number and municipality. */
export function wmoClaimsOf(
  events: readonly JourneyEvent[],
  mergers: readonly CodeSuccession[],
  codes: Set<string>,
): Claim[] {
  const starts = ofType(events, 'wmo-decision-issued').flatMap((event) =>
    [...new Set(event.data.services)].map((service) => ({
      ...starting(event, event.data.firstDay, event.data.lastDay),
      service,
      law: 'wmo' as const,
      municipality: event.data.municipality,
      provider: event.data.provider ?? null,
      number: event.data.decisionId,
    })),
  );
  const ends = [
    ...ofType(events, 'wmo-decision-ended'),
    ...ofType(events, 'wmo-support-ended').filter(({ data }) => data.temporary !== true),
  ].map(({ data }) => {
    const ofNumber = starts.filter(({ number }) => number === data.decisionId);
    const own = ofNumber.filter(({ municipality }) => municipality === data.municipality);
    const speaker = holderOn(mergers, 'municipality', data.municipality, parseDay(data.lastDay));
    const merged = ofNumber.filter(({ municipality }) =>
      codesOfHolder(mergers, 'municipality', municipality).has(speaker),
    );
    const meant = own.length > 0 ? own : merged;
    return endOn<(typeof starts)[number]>(data.lastDay, (start) => meant.includes(start));
  });
  return withoutVoid(closedByNumber(starts, ends, codes));
}

/** A Zvw indication is one claim per service; ended by its number. */
export function zvwClaimsOf(events: readonly JourneyEvent[], codes: Set<string>): Claim[] {
  const starts = ofType(events, 'zvw-care-indicated').flatMap((event) =>
    [...new Set(event.data.services)].map((service) => ({
      ...starting(event, event.data.firstDay, event.data.lastDay),
      service: service,
      law: 'zvw' as const,
      municipality: null,
      provider: event.data.provider,
      number: event.data.indicationId,
    })),
  );
  const ends = ofType(events, 'zvw-care-ended').map(({ data }) =>
    endOn<(typeof starts)[number]>(data.lastDay, (start) => start.number === data.indicationId),
  );
  return withoutVoid(closedByNumber(starts, ends, codes));
}

/** Case management is a Zvw claim without a number: an end closes the latest start (of that provider, if it names one). */
export function caseManagementOf(events: readonly JourneyEvent[], codes: Set<string>): Claim[] {
  const starts = ofType(events, 'case-management-started').map((event) => ({
    ...starting(event, event.data.firstDay),
    service: 'case-management' as const,
    law: 'zvw' as const,
    municipality: null,
    provider: event.data.provider,
  }));
  const ends = ofType(events, 'case-management-ended').map(({ data }) =>
    endOn<(typeof starts)[number]>(
      data.lastDay,
      ({ provider }) => !data.provider || data.provider === provider,
    ),
  );
  return closedByLatest(starts, ends, codes);
}

/** A Wlz indication lasts until its last day or its withdrawal; a later one does not end it. */
export function entitlementsOf(events: readonly JourneyEvent[], codes: Set<string>): Entitlement[] {
  const starts = ofType(events, 'wlz-indication-issued').map((event) => ({
    ...starting(event, event.data.firstDay, event.data.lastDay),
    profile: event.data.profile,
    number: event.data.decisionId,
  }));
  const ends = ofType(events, 'wlz-indication-withdrawn').map(({ data }) =>
    endOn<(typeof starts)[number]>(data.lastDay, (start) => start.number === data.decisionId),
  );
  return withoutVoid(closedByNumber(starts, ends, codes));
}

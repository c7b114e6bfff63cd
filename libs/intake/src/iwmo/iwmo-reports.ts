import { effectiveEvents, type JourneyEvent } from '@domeinbrug/journey';
import type { IntendedAllocation, IntendedFact } from './intended-facts.js';
import { isOfKey, keyIdOf, momentIn, type ExistingEvent } from './word.js';

/** Something that a person should know about an import, though nothing was refused. */
export interface IwmoReport {
  code:
    | 'superseded'
    | 'waiting-for-301'
    | 'removal-before-original'
    | 'stop-reason-deceased'
    | 'missing-from-snapshot';
  where: string;
  detail: string;
}

/** Deliveries whose decision is not known: they are kept, take no part yet, and wait for their WMO301. */
export function waitingForAllocation(
  facts: readonly IntendedFact[],
  effective: readonly JourneyEvent[],
): IwmoReport[] {
  return facts
    .filter(
      (fact) => fact.type !== 'wmo-decision-issued' && !fact.removed && !effective.some(isDecisionOf(fact)),
    )
    .map(({ where }) => ({
      code: 'waiting-for-301',
      where,
      detail: 'The decision that this belongs to is not known yet; it takes effect when its WMO301 arrives.',
    }));
}

function isDecisionOf({ data }: IntendedFact): (event: JourneyEvent) => boolean {
  return (event) =>
    event.type === 'wmo-decision-issued' &&
    event.data.decisionId === data.decisionId &&
    event.data.municipality === data.municipality;
}

/**
 * A WMO301 names all that its provider has been granted, now and later (OP087). What was granted before and is not
 * in it any more stays as it was, for only a removal takes back; a person should look.
 */
export function missingFromSnapshot(
  facts: readonly IntendedFact[],
  existing: readonly ExistingEvent[],
): IwmoReport[] {
  const allocations = facts.filter((fact) => fact.type === 'wmo-decision-issued');
  const messages = new Map(
    allocations.map((fact) => [`${fact.source} ${fact.message.identification}`, fact]),
  );
  return [...messages.values()].flatMap((fact) => missingFrom(fact, allocations, existing));
}

function missingFrom(
  fact: IntendedAllocation,
  allocations: readonly IntendedAllocation[],
  existing: readonly ExistingEvent[],
): IwmoReport[] {
  const { writtenOn, receiver, identification } = fact.message;
  const named = allocations
    .filter(({ source, message }) => source === fact.source && message.identification === identification)
    .map(keyIdOf);
  const effective = effectiveEvents(
    existing.map(({ event }) => event),
    Infinity,
  ).events;
  return effective
    .filter((event) => event.type === 'wmo-decision-issued')
    .filter(({ source }) => source === fact.source)
    .filter((event) => event.data.provider === receiver && (event.data.lastDay ?? '9999') >= writtenOn)
    .filter(
      (event) => saidBefore(event, writtenOn, existing) && !named.some((keyId) => isOfKey(event.id, keyId)),
    )
    .map((event) => ({
      code: 'missing-from-snapshot',
      where: fact.where,
      detail: `Decision ${event.data.decisionId} of the same provider is not in this message; it stays in force until it is ended or removed.`,
    }));
}

function saidBefore(event: JourneyEvent, writtenOn: string, existing: readonly ExistingEvent[]): boolean {
  const moment = momentIn(
    existing.find((each) => each.event.source === event.source && each.event.id === event.id)?.content,
  );
  return moment !== undefined && moment.slice(0, 10) <= writtenOn;
}

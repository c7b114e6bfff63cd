import { decide, owns, type Asker, type ClientStanding } from '@domeinbrug/access';
import {
  clipTimeline,
  determineCoverage,
  type Clip,
  type CoverageTimeline,
  type KnownAt,
} from '@domeinbrug/coverage';
import type { Position } from '@domeinbrug/event-store';
import { effectiveEvents, type Journey } from '@domeinbrug/journey';
import type { RuleSet } from '@domeinbrug/rules';
import type { Person } from '@domeinbrug/projections';
import { isFunder, seeTimeline, type SeenTimeline } from '@domeinbrug/sight';
import type { Stores } from '../stores/stores.js';
import { knownClient, mergedClient, unknownClient } from './client-journey.js';

/** One question about one client, with everything known of the client now. */
export interface AboutClient {
  asker: Asker;
  person: Person;
  /** As known now: what the asker may see is decided by it, whatever moment is asked about. */
  journey: Journey;
}

/**
 * The client, when the asker may know of it: an auditor of each, a provider of those it has sent events about or
 * has in care, a funder of those whose days it pays or would have to. What a funder may see is looked at in
 * {@link seenBy}.
 *
 * @param asOf the position asked about; a client merged into another by then is read under that one's id
 * @throws Problem 404, the same for a client that is not there; to those who may see the person, with `mergedInto`
 */
export async function aboutClient(
  stores: Stores,
  asker: Asker,
  clientId: string,
  asOf?: Position,
): Promise<AboutClient> {
  const { person, now } = await knownClient(stores, clientId);
  const into = person.mergedIntoAt(asOf ?? now);
  if (into !== null) {
    const other = await aboutClient(stores, asker, into, asOf);
    if (isFunder(asker) && !maySeeNow(stores, asker, other.journey)) throw unknownClient();
    throw mergedClient(into);
  }
  const journey = person.mergedIntoAt(now) === null ? person.journeyAt(now) : person.journeyAt(asOf!);
  if (journey.events.length === 0 || !mayKnow(asker, journey)) throw unknownClient();
  return { asker, person, journey };
}

function mayKnow(asker: Asker, journey: Journey): boolean {
  const standing = standingOf(asker, journey);
  return decide({ subject: asker, action: [], resource: { kind: 'client', standing } }).allowed;
}

/** Which days a funder pays is not known before they are computed. */
function standingOf(asker: Asker, journey: Journey): ClientStanding {
  if (isFunder(asker)) return 'perhaps paid for';
  const isProviders = asker.kind === 'provider' && (hasSent(asker, journey) || isNamed(asker.code, journey));
  return isProviders ? 'in care' : 'none';
}

function hasSent(asker: Asker, { events }: Journey): boolean {
  return events.some(({ source }) => owns(asker, source));
}

/** In events as sent and as corrected: a provider that was named by mistake has still been told of. */
function isNamed(provider: string, { events }: Journey): boolean {
  return [...events, ...effectiveEvents(events, Number.MAX_SAFE_INTEGER).events].some(
    ({ data }) => 'provider' in data && data.provider === provider,
  );
}

/**
 * A timeline as the asker may see it, cut to what was asked.
 *
 * @throws Problem 404 for a funder that may see nothing of it, nor of what is known now under the active rules
 */
export function seenBy(
  stores: Stores,
  { asker, person, journey }: AboutClient,
  timeline: CoverageTimeline,
  ruleSet: RuleSet,
  knownAt: KnownAt,
  clip: Clip = {},
): SeenTimeline {
  const made = {
    journey: person.journeyAt(knownAt.position),
    rules: stores.rules.compiledOf(ruleSet),
    knownAt,
  };
  const seen = seeTimeline(asker, timeline, made);
  if (seen) return clipTimeline(seen, clip);
  if (!isFunder(asker) || !maySeeNow(stores, asker, journey)) throw unknownClient();
  return { ...timeline, cover: [], gaps: [], minutes: [], findings: [] };
}

/** Whether a funder may see anything of a client, by what is known now under the active rules. */
export function maySeeNow({ rules }: Stores, asker: Asker, journey: Journey): boolean {
  const knownAt = { instant: latest(journey), position: '' };
  const active = rules.compiledOf(rules.active);
  const now = determineCoverage(journey, active, knownAt);
  return seeTimeline(asker, now, { journey, rules: active, knownAt }) !== undefined;
}

function latest({ events }: Journey): number {
  return events.reduce((moment, { recordedAt }) => Math.max(moment, recordedAt), 0);
}

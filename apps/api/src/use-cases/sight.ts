import { owns, type Asker } from '@domeinbrug/access';
import {
  clipTimeline,
  determineCoverage,
  payerLines,
  type Clip,
  type CompiledRuleSet,
  type CoverageRows,
  type CoverageTimeline,
  type KnownAt,
} from '@domeinbrug/coverage';
import type { Position } from '@domeinbrug/event-store';
import { effectiveEvents, type Journey } from '@domeinbrug/journey';
import type { RuleSet } from '@domeinbrug/rules';
import type { Person } from '@domeinbrug/projections';
import type { Stores } from '../stores/stores.js';
import { knownClient, mergedClient, unknownClient } from './client-journey.js';
import { visibleToFunder, type FunderAsker, type FunderView } from './funder-view.js';

/** A client's coverage as one asker may see it; of others' rows a funder sees no code. */
export type SeenTimeline = CoverageTimeline | FunderView;

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
  if (asker.kind === 'auditor' || isFunder(asker)) return true;
  return asker.kind === 'provider' && hasInCare(asker.code, journey);
}

function hasInCare(provider: string, journey: Journey): boolean {
  const hasSent = journey.events.some(({ source }) => source.startsWith(`urn:nld:agb:${provider}:`));
  return hasSent || isNamed(provider, journey);
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
  client: AboutClient,
  timeline: CoverageTimeline,
  ruleSet: RuleSet,
  knownAt: KnownAt,
  clip: Clip,
): SeenTimeline {
  const { asker, person, journey } = client;
  const known = person.journeyAt(knownAt.position);
  const rules = stores.rules.compiledOf(ruleSet);
  const asked = clipTimeline(timeline, clip);
  if (!isFunder(asker)) return asked;
  const whole = viewOf(asker, timeline, rules, known, knownAt);
  if (!whole && !maySeeNow(stores, asker, journey)) throw unknownClient();
  const seen = viewOf(asker, asked, rules, known, knownAt);
  return { ...(seen ?? { ...asked, cover: [], gaps: [], minutes: [] }), findings: whole?.findings ?? [] };
}

/**
 * The part of a timeline that changes are told from to who sends events: a funder its own rows and gaps; a provider
 * all when the client is in its care or nobody else has told of it, else the rows that name it. That it has sent an
 * event makes no client its own, or anybody could look into a journey by adding to it.
 *
 * @param journey what the timeline was made of
 * @param after the journey after the event: what may be seen is the same before and after
 */
export function partOfSender(
  { rules }: Stores,
  asker: Asker,
  timeline: CoverageTimeline,
  ruleSet: RuleSet,
  journey: Journey,
  knownAt: KnownAt,
  after: Journey,
): CoverageRows {
  const own = timeline.cover.filter(({ funder, provider }) =>
    isFunder(asker) ? funder === `${asker.kind}:${asker.code}` : provider === asker.code,
  );
  if (isFunder(asker)) {
    const view = viewOf(asker, timeline, rules.compiledOf(ruleSet), journey, knownAt);
    return view ? { ...view, cover: own } : { cover: [], gaps: [], minutes: [], findings: [] };
  }
  if (isNamed(asker.code, after) || after.events.every(({ source }) => owns(asker, source))) return timeline;
  return {
    cover: own,
    gaps: [],
    minutes: timeline.minutes.filter(({ provider }) => provider === asker.code),
    findings: timeline.findings.filter(({ events }) => events.every(({ source }) => owns(asker, source))),
  };
}

/** Whether a funder may see anything of a client, by what is known now under the active rules. */
export function maySeeNow({ rules }: Stores, asker: FunderAsker, journey: Journey): boolean {
  const knownAt = { instant: latest(journey), position: '' };
  const active = rules.compiledOf(rules.active);
  const now = determineCoverage(journey, active, knownAt);
  return viewOf(asker, now, active, journey, knownAt) !== undefined;
}

export function isFunder(asker: Asker): asker is Asker & FunderAsker {
  return asker.kind === 'municipality' || asker.kind === 'insurer' || asker.kind === 'care-office';
}

function viewOf(
  asker: FunderAsker,
  timeline: CoverageTimeline,
  rules: CompiledRuleSet,
  journey: Journey,
  knownAt: KnownAt,
): FunderView | undefined {
  return visibleToFunder(timeline, asker, rules, payerLines(journey, knownAt));
}

function latest({ events }: Journey): number {
  return events.reduce((moment, { recordedAt }) => Math.max(moment, recordedAt), 0);
}

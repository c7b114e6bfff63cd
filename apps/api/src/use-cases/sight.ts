import type { Asker } from '@domeinbrug/access';
import {
  clipTimeline,
  determineCoverage,
  payerLines,
  type Clip,
  type CoverageTimeline,
  type KnownAt,
} from '@domeinbrug/coverage';
import type { RecordedEvent } from '@domeinbrug/event-store';
import { effectiveEvents, type Journey } from '@domeinbrug/journey';
import type { RuleSet } from '@domeinbrug/rules';
import type { Stores } from '../stores/stores.js';
import { journeyOf, journeyUpTo, unknownClient } from './client-journey.js';
import { visibleToFunder, type FunderAsker, type FunderView } from './funder-view.js';

/** A client's coverage as one asker may see it; of others' rows a funder sees no code. */
export type SeenTimeline = CoverageTimeline | FunderView;

/** One question about one client, with everything known of the client now. */
export interface AboutClient {
  clientId: string;
  asker: Asker;
  stored: readonly RecordedEvent[];
  journey: Journey;
}

/**
 * The client, when the asker may know of it: an auditor of each, a provider of those it has sent events about or
 * has in care, a funder of those whose days it pays or would have to. What a funder may see is looked at in
 * {@link seenBy}.
 *
 * @throws Problem 404, the same for a client that is not there
 */
export function aboutClient(asker: Asker, clientId: string, stored: readonly RecordedEvent[]): AboutClient {
  const journey = journeyOf(clientId, stored);
  if (stored.length === 0 || !mayKnow(asker, journey)) throw unknownClient();
  return { clientId, asker, stored, journey };
}

function mayKnow(asker: Asker, journey: Journey): boolean {
  if (asker.kind === 'auditor' || isFunder(asker)) return true;
  return asker.kind === 'provider' && hasInCare(asker.code, journey);
}

/** Events as sent and as corrected: a provider that was named by mistake has still been told of. */
function hasInCare(provider: string, { events }: Journey): boolean {
  return [...events, ...effectiveEvents(events, Number.MAX_SAFE_INTEGER).events].some(
    ({ source, data }) =>
      source.startsWith(`urn:nld:agb:${provider}:`) || ('provider' in data && data.provider === provider),
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
  const { asker, journey } = client;
  const known = journeyUpTo(client, knownAt.position);
  const asked = clipTimeline(timeline, clip);
  if (!isFunder(asker)) return asked;
  const whole = viewOf(asker, timeline, ruleSet, known, knownAt);
  if (!whole && !maySeeNow(stores, asker, journey)) throw unknownClient();
  const seen = viewOf(asker, asked, ruleSet, known, knownAt);
  return { ...(seen ?? { ...asked, cover: [], gaps: [], minutes: [] }), findings: whole?.findings ?? [] };
}

/** Whether a funder may see anything of a client, by what is known now under the active rules. */
export function maySeeNow({ rules }: Stores, asker: FunderAsker, journey: Journey): boolean {
  const knownAt = { instant: latest(journey), position: '' };
  const now = determineCoverage(journey, rules.compiledOf(rules.active), knownAt);
  return viewOf(asker, now, rules.active, journey, knownAt) !== undefined;
}

export function isFunder(asker: Asker): asker is Asker & FunderAsker {
  return asker.kind === 'municipality' || asker.kind === 'insurer' || asker.kind === 'care-office';
}

function viewOf(
  asker: FunderAsker,
  timeline: CoverageTimeline,
  ruleSet: RuleSet,
  journey: Journey,
  knownAt: KnownAt,
): FunderView | undefined {
  return visibleToFunder(timeline, asker, ruleSet, payerLines(journey, knownAt));
}

function latest({ events }: Journey): number {
  return events.reduce((moment, { recordedAt }) => Math.max(moment, recordedAt), 0);
}

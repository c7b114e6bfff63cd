import { owns, type Asker } from '@domeinbrug/access';
import {
  payerLines,
  timelineOf,
  type CompiledRuleSet,
  type CoverageTimeline,
  type KnownAt,
} from '@domeinbrug/coverage';
import { foldJourney, type Journey } from '@domeinbrug/journey';
import { visibleToFunder, type FunderAsker } from './funder-view.js';
import { visibleToProvider, type ProviderAsker } from './provider-view.js';
import type { SeenTimeline } from './seen-rows.js';

/** What a timeline was made of. */
export interface Made {
  journey: Journey;
  rules: CompiledRuleSet;
  knownAt: KnownAt;
}

/**
 * A timeline as the asker may see it, `undefined` when that is nothing: an auditor all, a funder its days, a provider
 * the days on which it has the client in care and all of a journey that nobody else has told of.
 *
 * @param truth the journey as it is, where the timeline was made of another: by it is decided what a provider may see
 */
export function seeTimeline(
  asker: Asker,
  timeline: CoverageTimeline,
  made: Made,
  truth: Journey = made.journey,
): SeenTimeline | undefined {
  if (asker.kind === 'auditor') return timeline;
  const { journey, rules, knownAt } = made;
  if (isFunder(asker)) return visibleToFunder(timeline, asker, rules, payerLines(journey, knownAt));
  if (!isProvider(asker)) return undefined;
  if (truth.events.every(({ source }) => owns(asker, source))) return timeline;
  const facts = foldJourney(truth.events, knownAt.instant, truth.reference);
  const { cover } = truth === journey ? timeline : timelineOf(truth.clientId, facts, rules, knownAt);
  return visibleToProvider(timeline, asker, { facts, cover });
}

export function isFunder(asker: Pick<Asker, 'kind' | 'code'>): asker is FunderAsker {
  return asker.kind === 'municipality' || asker.kind === 'insurer' || asker.kind === 'care-office';
}

function isProvider(asker: Pick<Asker, 'kind' | 'code'>): asker is ProviderAsker {
  return asker.kind === 'provider';
}

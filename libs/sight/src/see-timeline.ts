import { owns, type Asker } from '@domeinbrug/access';
import type { Day } from '@domeinbrug/calendar';
import {
  payerLines,
  timelineOf,
  type CompiledRuleSet,
  type CoverageTimeline,
  type KnownAt,
} from '@domeinbrug/coverage';
import { foldJourney, type Journey, type JourneyFacts } from '@domeinbrug/journey';
import { visibleToFunder, type FunderAsker } from './funder-view.js';
import { visibleToProvider, visibleWhenSupposed, type ProviderAsker, type Truth } from './provider-view.js';
import { findingsForOthers } from './seen-findings.js';
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
 * @param truth the journey by which it is decided what a provider may see, where that is another: what an event changed is
 *   seen by what is true after it
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
  if (isAllOwn(asker, truth)) return allOwn(timeline);
  if (truth !== journey) return visibleToProvider(timeline, asker, truthOf(truth, made));
  return visibleToProvider(timeline, asker, { facts: factsOf(journey, knownAt), cover: timeline.cover });
}

/**
 * A timeline that supposes events, as a provider may see it by what is true; to others nothing.
 *
 * @param truth the journey without them
 * @param from the first day of what is yet to come
 */
export function seeSupposed(
  asker: Asker,
  timeline: CoverageTimeline,
  made: Made,
  truth: Journey,
  from: Day,
): SeenTimeline | undefined {
  if (!isProvider(asker)) return undefined;
  if (isAllOwn(asker, truth)) return allOwn(timeline);
  const is = truthOf(truth, made);
  const { findings } = visibleToProvider(is.timeline, asker, is);
  return visibleWhenSupposed(timeline, asker, is, from, findings);
}

function truthOf(journey: Journey, { rules, knownAt }: Made): Truth & { timeline: CoverageTimeline } {
  const facts = factsOf(journey, knownAt);
  const timeline = timelineOf(journey.clientId, facts, rules, knownAt);
  return { facts, timeline, cover: timeline.cover };
}

function factsOf({ events, reference }: Journey, { instant }: KnownAt): JourneyFacts {
  return foldJourney(events, instant, reference);
}

function allOwn(timeline: CoverageTimeline): SeenTimeline {
  return { ...timeline, findings: findingsForOthers(timeline.findings) };
}

/** Whether nobody else has told of the client: a provider sees all of such a journey. */
export function isAllOwn(asker: Asker, { events }: Pick<Journey, 'events'>): boolean {
  return events.every(({ source }) => owns(asker, source));
}

export function isFunder(asker: Pick<Asker, 'kind' | 'code'>): asker is FunderAsker {
  return asker.kind === 'municipality' || asker.kind === 'insurer' || asker.kind === 'care-office';
}

function isProvider(asker: Pick<Asker, 'kind' | 'code'>): asker is ProviderAsker {
  return asker.kind === 'provider';
}

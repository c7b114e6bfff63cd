import { eventsOf, type CaseEvent } from '@domeinbrug/cases';
import {
  compileRuleSet,
  differenceOf,
  rulesAtPricesOf,
  timelineOf,
  type CompiledRuleSet,
  type CoverageTimeline,
} from '@domeinbrug/coverage';
import { foldJourney } from '@domeinbrug/journey';
import { sameMeaning, type RuleSet } from '@domeinbrug/rules';
import type { Service } from '@domeinbrug/terms';
import fc from 'fast-check';
import { firstDayOf, shorten, type History } from './shorten.js';
import { steeredHistories } from './steered-histories.js';
import { whatDiffers, type WhatDiffers } from './what-differs.js';

/** What became of looking for a history on which two rule sets differ. */
export type WitnessSearch =
  /** Their hashes are the same: no history can tell them apart. */
  | { outcome: 'same-meaning' }
  /** They differ in nothing that decides who pays: prices and assumed use, or what no rule reads. */
  | { outcome: 'same-cover' }
  | { outcome: 'found'; tried: number; witness: Witness }
  /** No proof that there is none. */
  | { outcome: 'not-found'; tried: number };

export interface Witness {
  events: CaseEvent[];
  /** All that is known, under the one and the other. */
  a: CoverageTimeline;
  b: CoverageTimeline;
}

export interface SearchOptions {
  /** An equal seed and number of tries gives the same witness, as long as time does not run out. */
  seed: number;
  /** How many histories at most. */
  tries: number;
  /** After so many milliseconds what was found counts, or nothing. */
  patience: number;
}

/** So many are made short; the shortest of them counts. */
const mostFound = 8;
/** After the first one others are looked for as long again, and at least as many tries as this. */
const leastMore = 200;

/**
 * A shortest history on which two rule sets give different cover, gaps or minutes: invented ones are tried, steered by
 * what the rule sets say differently, and those that tell them apart are made as short as they go. It begins with a
 * registration, unless the rule sets only differ for those of whom nobody knows who may pay.
 *
 * @throws RangeError when a rule set reads more parameters than the engine can
 */
export function findWitness(a: RuleSet, b: RuleSet, options: SearchOptions): WitnessSearch {
  if (sameMeaning(a, b)) return { outcome: 'same-meaning' };
  const [one, other] = [compileRuleSet(a), compileRuleSet(b)];
  if (differenceOf(one, rulesAtPricesOf(other, one)).isNone) return { outcome: 'same-cover' };
  const tellsApart = (history: History): boolean => {
    const under = timelinesOf(history, one, other);
    return under !== null && visible(under.a) !== visible(under.b);
  };
  const differs = whatDiffers(a, b);
  const { tried, found } = search(differs, tellsApart, options);
  const odd = (history: History): number => oddity(history, differs);
  const [shortest] = found
    .map((history) => shorten(history, (next) => odd(next) <= odd(history) && tellsApart(next)))
    .sort((one, other) => odd(one) - odd(other) || byShortness(one, other));
  if (!shortest) return { outcome: 'not-found', tried };
  return {
    outcome: 'found',
    tried,
    witness: { events: [...shortest], ...timelinesOf(shortest, one, other)! },
  };
}

function search(
  differs: WhatDiffers,
  tellsApart: (history: History) => boolean,
  { seed, tries, patience }: SearchOptions,
): { tried: number; found: History[] } {
  const found: History[] = [];
  let tried = 0;
  let enough = Infinity;
  const goesOn = fc.property(steeredHistories(differs), (history) => {
    tried += 1;
    if (tellsApart(history)) found.push(history);
    if (found.length === 1) enough = Math.min(enough, 2 * tried + leastMore);
    return found.length < mostFound && tried < enough;
  });
  fc.check(goesOn, { seed, numRuns: tries, endOnFailure: true, interruptAfterTimeLimit: patience });
  return { tried, found };
}

/**
 * What makes a history less of an example, however short: not knowing from the first day who may pay, and a municipality that decides on
 * what the Wmo never pays. Where no other history tells two rule sets apart, such a one does.
 */
function oddity(history: History, { decidedLocally }: WhatDiffers): number {
  const odd = history
    .filter(({ type }) => type === 'wmo-decision-issued')
    .flatMap(({ services }) => services as Service[])
    .filter((service) => !decidedLocally.includes(service));
  return odd.length + (isRegisteredFirst(history) ? 0 : 1);
}

function isRegisteredFirst(history: History): boolean {
  const first = firstDayOf(history);
  return history.some(
    (event) =>
      event.type === 'client-registered' &&
      ['municipality', 'insurer', 'careOffice'].every((field) => event[field] !== undefined) &&
      firstDayOf([event]) === first,
  );
}

/** `null` for what cannot be told as a history. */
function timelinesOf(
  history: History,
  one: CompiledRuleSet,
  other: CompiledRuleSet,
): Pick<Witness, 'a' | 'b'> | null {
  const { events, problems } = eventsOf(history);
  if (problems.length > 0) return null;
  const instant = Math.max(0, ...events.map(({ recordedAt }) => recordedAt));
  const facts = foldJourney(events, instant);
  const under = (rules: CompiledRuleSet): CoverageTimeline =>
    timelineOf('client', facts, rules, { instant, position: '0' });
  return { a: under(one), b: under(other) };
}

/** What a case can say of a timeline: rows without reasons. */
function visible({ cover, gaps, minutes }: CoverageTimeline): string {
  return JSON.stringify([
    cover.map(({ service, firstDay, lastDay, funder, share, kind, rule, provider }) => [
      service,
      firstDay,
      lastDay,
      funder,
      share,
      kind,
      rule,
      provider,
    ]),
    gaps.map(({ service, firstDay, lastDay, reason }) => [service, firstDay, lastDay, reason]),
    minutes.map(({ service, day, provider, subject, funded, overCap, outside }) => [
      service,
      day,
      provider,
      subject,
      funded,
      overCap,
      outside,
    ]),
  ]);
}

/** Fewest events, then the fewest words; the texts decide between equals, so that the order of finding does not. */
function byShortness(a: History, b: History): number {
  const [textA, textB] = [JSON.stringify(a), JSON.stringify(b)];
  return a.length - b.length || textA.length - textB.length || (textA < textB ? -1 : textA > textB ? 1 : 0);
}

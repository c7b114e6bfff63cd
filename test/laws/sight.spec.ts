import type { Asker } from '@domeinbrug/access';
import { compileRuleSet, determineCoverage } from '@domeinbrug/coverage';
import { foldJourney, type Journey, type JourneyEvent } from '@domeinbrug/journey';
import type { RuleSet } from '@domeinbrug/rules';
import { seeTimeline } from '@domeinbrug/sight';
import { services } from '@domeinbrug/terms';
import fc from 'fast-check';
import { codes } from './event-drafts.js';
import { histories, type History } from './histories.js';
import { ruleSets } from './rule-sets.js';
import { sightLaws } from './sight-laws.js';
import { clinics, isAllOwn, sourceOf, type Read } from './what-may-be-seen.js';

/** Nobody sees a day, row or reason beyond its own: the pure cut. `sight-through-http` asks a running service. */

/** Of each history every asker reads once: 8 of each. */
const runs = Number(process.env.LAWS_RUNS ?? 300);
const seed = Number(process.env.LAWS_SEED ?? 20240304);
jest.setTimeout(600_000);

const unknownProvider = '99999999';
const askers: Asker[] = [
  ['municipality', codes.municipalities[0]],
  ['municipality', codes.municipalities[1]],
  ['insurer', codes.insurers[0]],
  ['insurer', codes.insurers[1]],
  ['care-office', codes.careOffices[0]],
  ['provider', codes.providers[0]],
  ['provider', codes.providers[1]],
  ['provider', unknownProvider],
].map(([kind, code]) => ({ kind, code, scopes: [], purpose: 'care' }) as unknown as Asker);

const senders = [
  ...askers.map(sourceOf),
  'urn:nld:agb:06290000:systeem:epd',
  'urn:nld:oin:00000003123456780000:systeem:ciz',
];

/** Everybody has told of something: each original gets a sender of its own, and what revises it the same. */
function toldByMany({ events, knownAt }: History): History {
  const senderOf = (id: string): string => senders[Number(/\d+/.exec(id)?.[0] ?? 0) % senders.length]!;
  return {
    knownAt,
    events: events.map((event) => {
      const target = targetOf(event);
      if (!target) return { ...event, source: senderOf(event.id) };
      const moved = { ...target, source: senderOf(target.id) };
      const data =
        event.type === 'event-corrected'
          ? { ...event.data, corrects: moved }
          : { ...event.data, retracts: moved };
      return { ...event, source: moved.source, data } as unknown as JourneyEvent;
    }),
  };
}

function targetOf(event: JourneyEvent): { source: string; id: string } | null {
  if (event.type === 'event-corrected') return event.data.corrects;
  return event.type === 'event-retracted' ? event.data.retracts : null;
}

function reads(history: History, ruleSet: RuleSet): Read[] {
  const { events, knownAt } = toldByMany(history);
  const journey = { clientId: 'client0001', events } as Journey;
  const rules = compileRuleSet(ruleSet);
  const at = { instant: knownAt, position: '1' };
  const facts = foldJourney(events, knownAt);
  const whole = determineCoverage(journey, rules, at);
  const nothing = { ...whole, cover: [], gaps: [], minutes: [], findings: [] };
  return askers.map((asker) => ({
    asker,
    ruleSet,
    journey,
    facts,
    whole,
    seen: seeTimeline(asker, whole, { journey, rules, knownAt: at }) ?? nothing,
  }));
}

function forEachRead(check: (read: Read) => void): void {
  fc.assert(
    fc.property(histories, ruleSets, (history, ruleSet) => {
      for (const read of reads(history, ruleSet)) if (!isAllOwn(read)) check(read);
    }),
    { numRuns: runs, seed },
  );
}

it.each(sightLaws)('%s', (_name, check) => forEachRead(check));

it('tells nobody but the clinic and who pays it which clinic it was', () => {
  const inHospital = (event: JourneyEvent): JourneyEvent =>
    event.type === 'stay-started' || event.type === 'stay-ended'
      ? ({ ...event, data: { ...event.data, kind: 'hospital' } } as JourneyEvent)
      : event;
  const inPsychiatry = (event: JourneyEvent): JourneyEvent => {
    const hospital = inHospital(event);
    return hospital === event
      ? event
      : ({ ...hospital, data: { ...hospital.data, kind: 'mental-health' } } as JourneyEvent);
  };
  const isCare = (row: { service: string }): boolean => clinics.includes(row.service);
  fc.assert(
    fc.property(histories, ruleSets, (history, ruleSet) => {
      fc.pre(history.events.every(({ type }) => type !== 'event-corrected'));
      const hospital = reads({ ...history, events: history.events.map(inHospital) }, ruleSet);
      const psychiatry = reads({ ...history, events: history.events.map(inPsychiatry) }, ruleSet);
      hospital.forEach((read, at) => {
        const other = psychiatry[at]!;
        const isConcerned = [read, other].some(
          (each) =>
            isAllOwn(each) || [...each.seen.cover, ...each.seen.gaps, ...each.seen.minutes].some(isCare),
        );
        if (!isConcerned) expect(other.seen).toEqual(read.seen);
      });
    }),
    { numRuns: runs, seed },
  );
});

it('shows nothing to those who have no care and no cover', () => {
  forEachRead(({ asker, seen }) => {
    if (asker.code !== unknownProvider) return;
    expect([seen.cover, seen.gaps, seen.minutes]).toEqual([[], [], []]);
  });
  expect(services.filter((service) => clinics.includes(service))).toHaveLength(clinics.length);
});

import { compileRuleSet, determineCoverage, gapReasons, type CoverageTimeline } from '@domeinbrug/coverage';
import {
  mayNotSend,
  organisationOf,
  readEnvelope,
  toNewEvent,
  type IdentifiedEvent,
} from '@domeinbrug/intake';
import { journeyEventOf, type JourneyEvent, streamOfClient } from '@domeinbrug/journey';
import { loadRuleSets, windowKinds } from '@domeinbrug/rules';
import { tryParseInstant } from '@domeinbrug/calendar';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { population } from './fill-folder.js';
import { historyOf } from './person.js';

const rules = join(__dirname, '../../../../rules');
const loaded = loadRuleSets(
  readdirSync(rules).map((name) => ({ name, text: readFileSync(join(rules, name), 'utf8') })),
);

const read = historyOf(population).map(({ recordedat, ...envelope }) => ({
  recordedAt: tryParseInstant(recordedat)!,
  event: readEnvelope(envelope),
}));

function journeys(): Map<string, JourneyEvent[]> {
  const byClient = new Map<string, JourneyEvent[]>();
  for (const { event, recordedAt } of read) {
    const identified = event as IdentifiedEvent;
    const stored = { ...toNewEvent(identified, { organisation: 'test' }), recordedAt };
    const events = byClient.get(identified.clientId) ?? [];
    byClient.set(identified.clientId, [...events, journeyEventOf(stored)]);
  }
  return byClient;
}

function timelines(): CoverageTimeline[] {
  if (!loaded.ok) throw new Error('The shipped rule sets cannot be read.');
  const compiled = loaded.value.ruleSets.map(compileRuleSet);
  return [...journeys()].flatMap(([clientId, events]) =>
    compiled.map((ruleSet) =>
      determineCoverage({ clientId, events }, ruleSet, { instant: Date.UTC(2026, 0), position: '0' }),
    ),
  );
}

describe('the invented population', () => {
  it('tells nothing that a door would refuse', () => {
    for (const { event } of read) {
      if (Array.isArray(event)) throw new Error(JSON.stringify(event));
      expect(mayNotSend(organisationOf(event.source)!, event.type)).toBeUndefined();
    }
  });

  it('is told of in the order in which it became known, and each person has a stream', () => {
    const moments = read.map(({ recordedAt }) => recordedAt);
    expect(moments).toEqual([...moments].sort((a, b) => a - b));
    expect(new Set(population.map(({ clientId }) => streamOfClient(clientId))).size).toBe(population.length);
  });

  it('has late and corrected knowledge', () => {
    const types = read.map(({ event }) => (event as IdentifiedEvent).type);
    expect(types).toEqual(expect.arrayContaining(['event-corrected', 'event-retracted']));
  });

  it('shows every kind of cover and every reason of a gap that the shipped rule sets give', () => {
    const seen = new Set<string>();
    for (const { cover, gaps } of timelines()) {
      cover.forEach(({ kind }) => seen.add(kind));
      gaps.forEach(({ reason }) => seen.add(reason));
    }
    const all = ['regular', 'retained', 'joint', ...windowKinds, ...gapReasons];
    // No shipped rule set has a run-up, a bridge between two laws, or a refusal of one funder.
    const notShipped = ['lead-in', 'continuity', 'refused'];
    expect([...seen].sort()).toEqual(all.filter((each) => !notShipped.includes(each)).sort());
  });
});

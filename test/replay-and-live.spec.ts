import { ArchiveReader, ArchiveWriter } from '@domeinbrug/archive';
import { parseDay } from '@domeinbrug/calendar';
import { clipTimeline, compileRuleSet, determineCoverage } from '@domeinbrug/coverage';
import { eventTypeOf, foldJourney, type JourneyEvent } from '@domeinbrug/journey';
import { journeyOf, type ReplayQuestion } from '@domeinbrug/replay';
import { loadRuleSets } from '@domeinbrug/rules';
import { readdirSync, readFileSync } from 'node:fs';
import { tellPerson } from '../apps/cli/src/generate/population.js';

/** A client inside a replay and the same client asked live get the same rows: law 10, over an invented population. */

const people = 10_000;
const told = { firstDay: parseDay('2022-01-01'), lastDay: parseDay('2025-12-31') };
const period = { from: parseDay('2015-01-01'), until: parseDay('2030-01-01') };
const days = { firstDay: '2015-01-01', lastDay: '2029-12-31' };
const knownAt = { instant: Date.UTC(2026, 0, 1), position: String(people) };
jest.setTimeout(600_000);

const folder = new URL('../rules/', import.meta.url);
const loaded = loadRuleSets(
  readdirSync(folder).map((name) => ({ name, text: readFileSync(new URL(name, folder), 'utf8') })),
);
if (!loaded.ok) throw new Error(loaded.problems[0]!.message);
const { ruleSets } = loaded.value;

const journeys: JourneyEvent[][] = [];
const writer = ArchiveWriter.empty();
beforeAll(() => {
  for (let number = 0; number < people; number++) {
    const events = tellPerson(23, number, told).told.map(({ recordedAt, line }) => {
      const { source, id, type, data } = JSON.parse(line) as Record<string, string>;
      return { source, id, type: eventTypeOf(type!), recordedAt, data } as unknown as JourneyEvent;
    });
    journeys.push(events);
    const at = { position: String(number + 1), recordedAt: knownAt.instant };
    writer.apply(at, `client${number}`, foldJourney(events, knownAt.instant));
    writer.commit(at);
  }
});
afterAll(() => writer.close());

it.each(ruleSets.map((ruleSet) => [ruleSet.id, ruleSet] as const))(
  'gives 10,000 clients of a replay the rows of their live answers under %s',
  (_, ruleSet) => {
    const reader = new ArchiveReader(writer.shared());
    const rules = compileRuleSet(ruleSet);
    const question = { baseline: ruleSet, alternative: ruleSet, period, privacy: 'none' } as ReplayQuestion;
    for (const [number, events] of journeys.entries()) {
      const client = reader.numberOf(`client${number}`);
      const replayed =
        client === undefined ? [] : journeyOf('', reader.factsAt(client, 'now'), question).baseline;
      const live = clipTimeline(determineCoverage({ clientId: 'x', events }, rules, knownAt), days).cover;
      const bare = live.map(({ because: _why, ...row }) => row);
      expect(sorted(replayed)).toEqual(sorted(bare));
    }
  },
);

function sorted(rows: readonly object[]): string[] {
  return rows.map((row) => JSON.stringify(Object.entries(row).sort())).sort();
}

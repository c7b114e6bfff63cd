// Measures the heart over the people of the demo, each again and again: `npm run build && node test/bench/engine.mjs`.
// `fold` = events to facts; `cover` = facts to pieces under a rule set; `determine` = both, with rows and reasons.
import { readdirSync, readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { population } from '../../dist/apps/cli/src/demo/fill-folder.js';
import { historyOf } from '../../dist/apps/cli/src/demo/person.js';
import { compileRuleSet, coverFacts, determineCoverage } from '../../dist/libs/coverage/src/index.js';
import { eventTypeOf, foldJourney } from '../../dist/libs/journey/src/index.js';
import { loadRuleSets } from '../../dist/libs/rules/src/index.js';

const seconds = 2;
const journeys = journeysOf(historyOf(population));
const events = journeys.reduce((sum, journey) => sum + journey.events.length, 0);
const knownAt = { instant: Date.UTC(2030, 0, 1), position: '1' };
const nothing = { piece() {}, minutes() {}, finding() {} };
console.log(
  `${journeys.length} people, ${(events / journeys.length).toFixed(1)} events each; clients a second:`,
);
const folded = journeys.map((journey) => foldJourney(journey.events, knownAt.instant));
report('fold', () => journeys.forEach((journey) => foldJourney(journey.events, knownAt.instant)));
for (const name of ['sharp-cut', 'six-weeks']) {
  const rules = compileRuleSet(ruleSets().find(({ id }) => id === name));
  report(`cover ${name}`, () => folded.forEach((facts) => coverFacts(facts, rules, nothing)));
  report(`determine ${name}`, () =>
    journeys.forEach((journey) => determineCoverage(journey, rules, knownAt)),
  );
}

function report(name, round) {
  const until = performance.now() + 500;
  while (performance.now() < until) round();
  const started = performance.now();
  let rounds = 0;
  while (performance.now() < started + seconds * 1_000) {
    round();
    rounds += 1;
  }
  const perSecond = (rounds * journeys.length) / ((performance.now() - started) / 1_000);
  console.log(`${name.padEnd(22)} ${Math.round(perSecond).toLocaleString('en')}`);
}

function ruleSets() {
  const folder = new URL('../../rules/', import.meta.url);
  const texts = readdirSync(folder).map((name) => ({
    name,
    text: readFileSync(new URL(name, folder), 'utf8'),
  }));
  return loadRuleSets(texts).value.ruleSets;
}

function journeysOf(envelopes) {
  const clients = new Map();
  for (const { source, id, type, recordedat, data } of envelopes) {
    const { bsn, clientId, ...rest } = data;
    const client = bsn ?? clientId;
    if (!clients.has(client)) clients.set(client, { clientId: client, events: [] });
    clients
      .get(client)
      .events.push({ source, id, type: eventTypeOf(type), recordedAt: Date.parse(recordedat), data: rest });
  }
  return [...clients.values()];
}

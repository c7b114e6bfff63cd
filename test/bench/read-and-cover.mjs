// Measures what a replay does for each client, on one thread: reading the facts from an archive, covering them under
// a rule set, booking the days: `npm run build && node test/bench/read-and-cover.mjs [clients]`. Best of five rounds.
// 10,000 invented people are folded first, untimed; each is written under as many pseudonyms as make up the clients.
import { performance } from 'node:perf_hooks';
import { ArchiveReader, ArchiveWriter } from '../../dist/libs/archive/src/index.js';
import { parseDay } from '../../dist/libs/calendar/src/index.js';
import { compileRuleSet, coverFacts } from '../../dist/libs/coverage/src/index.js';
import { services } from '../../dist/libs/terms/src/index.js';
import { foldedPeople, people, pseudonym, shippedRules } from './invented-people.mjs';

const rounds = 5;
const ruleSets = ['sharp-cut', 'six-weeks', 'six-weeks-with-aftercare', 'municipal-run-out'];
const period = { from: parseDay('2022-01-01'), until: parseDay('2026-01-01') };
const copies = Math.max(1, Math.round(Number(process.argv[2] ?? 200_000) / people));

const folded = lastOfEach(foldedPeople());
tellMix(folded);
const reader = new ArchiveReader(archiveOf(folded).shared());
const clients = reader.clients;
console.log(`${clients.toLocaleString('en')} clients; clients a second on one thread, best of ${rounds}:`);
report('read', (client) => reader.factsAt(client, 'now'));
for (const name of ruleSets) {
  const rules = compileRuleSet(shippedRules(name));
  const nothing = { piece() {}, minutes() {}, finding() {} };
  report(`read and covered, ${name}`, (client) => coverFacts(reader.factsAt(client, 'now'), rules, nothing));
  const booking = bookingSink();
  report(`  and booked, ${name}`, (client) => coverFacts(reader.factsAt(client, 'now'), rules, booking));
}

/** What everybody comes to: only the facts after the last event are read as of now. */
function lastOfEach(steps) {
  const last = new Map();
  for (const { client, facts } of steps) last.set(client, facts);
  return [...last.values()];
}

function archiveOf(people) {
  const writer = ArchiveWriter.empty();
  for (let copy = 0; copy < copies; copy++) {
    const moment = { position: String(copy + 1), recordedAt: 0 };
    people.forEach((facts, client) => writer.apply(moment, pseudonym(copy * people.length + client), facts));
    writer.commit(moment);
  }
  return writer;
}

/** Days in a period by service and kind of payer: the least that a sum over clients can be. */
function bookingSink() {
  const kinds = ['municipality', 'insurer', 'care-office', 'pool'];
  const days = new Float64Array(services.length * kinds.length);
  return {
    piece(_evaluation, service, from, until, { payments }) {
      const length = Math.min(until, period.until) - Math.max(from, period.from);
      if (length <= 0) return;
      for (const { funderKind } of payments)
        days[service * kinds.length + kinds.indexOf(funderKind)] += length;
    },
    minutes() {},
    finding() {},
  };
}

function tellMix(all) {
  const lists = Object.entries(all[0]).filter(([, list]) => Array.isArray(list));
  const countOf = (facts, name) => facts[name].length;
  const kinds = lists
    .map(([name]) => name)
    .filter((name) => !['events', 'state', 'pools', 'findings'].includes(name));
  const count = all.reduce(
    (sum, facts) => sum + kinds.reduce((of, name) => of + countOf(facts, name), facts.death ? 1 : 0),
    0,
  );
  const share = (has) => `${((100 * all.filter(has).length) / all.length).toFixed(0)}%`;
  console.log(`${(count / all.length).toFixed(1)} facts a client; share of clients with`);
  console.log(
    [...kinds.map((name) => `${name} ${share((facts) => countOf(facts, name) > 0)}`)]
      .concat(`death ${share(({ death }) => death !== null)}`)
      .join(', '),
  );
}

function report(what, visit) {
  let best = Infinity;
  for (let round = 0; round < rounds; round++) {
    const started = performance.now();
    for (let client = 0; client < clients; client++) visit(client);
    best = Math.min(best, performance.now() - started);
  }
  console.log(`${what.padEnd(45)} ${Math.round(clients / (best / 1_000)).toLocaleString('en')}`);
}

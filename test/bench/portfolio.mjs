// Measures what is asked over all clients of a funder: `npm run build && node test/bench/portfolio.mjs [clients]`.
// The archive holds 10,000 invented people, each under as many pseudonyms as make up the clients; questions are
// answered on the reader's thread, as in the service.
import { performance } from 'node:perf_hooks';
import { ArchiveReader, ArchiveWriter } from '../../dist/libs/archive/src/index.js';
import { parseDay } from '../../dist/libs/calendar/src/index.js';
import { wholeCover } from '../../dist/libs/coverage/src/index.js';
import { startPortfolioReader } from '../../dist/libs/portfolio/src/index.js';
import { foldedPeople, people, pseudonym, shippedRules } from './invented-people.mjs';

const copies = Math.max(1, Math.round(Number(process.argv[2] ?? 200_000) / people));
const steps = foldedPeople();
const writer = ArchiveWriter.empty();
const moments = writeAll();
const reader = startPortfolioReader(() => writer.shared());
const [sharp, six] = ['sharp-cut', 'six-weeks'].map(shippedRules);
const year = { ...wholeCover, from: parseDay('2025-01-01'), until: parseDay('2026-01-01') };
const day = { ...wholeCover, from: parseDay('2025-03-01'), until: parseDay('2025-03-02') };
const viewAt = ({ position, recordedAt }, ruleSet = six) => ({
  at: { instant: recordedAt, position },
  ruleSet,
});
const now = viewAt(moments.at(-1));
const lastDayOfYear = Date.UTC(2025, 0, 1);
const yearAgo = viewAt(moments.findLast(({ recordedAt }) => recordedAt < lastDayOfYear));

// The first question of a funder puts its clients in order; the thread and the rules are warm after it.
for (const funder of [largest('insured', 'insurer'), largest('homes', 'municipality')]) {
  const page = { after: '', limit: 100 };
  const first = await measured(() => reader.totals(now, { funder, scope: day }));
  const [level, code] = funder.split(':');
  const candidates = [...new ArchiveReader(writer.shared()).candidates({ level, code: Number(code) })].length;
  console.log(
    `\n${funder}: ${candidates.toLocaleString('en')} candidates, ${first.found.clients.toLocaleString('en')} on ` +
      `one day; first question ${first.ms} ms`,
  );
  for (const [when, view] of [
    ['now', now],
    ['as known a year ago', yearAgo],
  ]) {
    await report(`totals of a day, ${when}`, () => reader.totals(view, { funder, scope: day }));
    await report(`totals of a year, ${when}`, () => reader.totals(view, { funder, scope: year }));
    await report(`page of 100 clients, ${when}`, () => reader.clients(view, { funder, scope: year }, page));
    await report(`overlaps of a year, totals, ${when}`, () =>
      reader.overlapTotals(view, { funder, scope: year }),
    );
  }
  await report('settlement of a year, between two moments', () =>
    reader.settlement(yearAgo, now, { funder, scope: year }),
  );
  await report('settlement of a year, between two rule sets as well', () =>
    reader.settlement(viewAt(yearAgo.at, sharp), now, { funder, scope: year }),
  );
}
await reader.close();
await writer.close();

function writeAll() {
  let position = 0;
  const written = [];
  for (const { client, recordedAt, facts } of steps) {
    for (let copy = 0; copy < copies; copy++) {
      position += 1;
      writer.apply({ position: String(position), recordedAt }, pseudonym(client * copies + copy), facts);
    }
    const moment = { position: String(position), recordedAt };
    writer.commit(moment);
    written.push(moment);
  }
  console.log(`${(people * copies).toLocaleString('en')} clients, ${position.toLocaleString('en')} events`);
  return written;
}

/** The organisation that most people were with. */
function largest(line, level) {
  const counts = new Map();
  for (const { facts } of steps)
    for (const { code } of facts[line]) counts.set(code, (counts.get(code) ?? 0) + 1);
  const [[code]] = [...counts].sort((a, b) => b[1] - a[1]);
  return `${level}:${String(code).padStart(4, '0')}`;
}

async function measured(work) {
  const started = performance.now();
  const found = await work();
  return { found, ms: (performance.now() - started).toFixed(0) };
}

/** The middle of three. */
async function report(what, work) {
  const all = [];
  for (let time = 0; time < 3; time++) all.push(Number((await measured(work)).ms));
  console.log(`${what}: ${all.sort((a, b) => a - b)[1]} ms`);
}

// Asks hand-written SQL what the engine says: npm run check:second-opinion [-- generated clients, default 20000]
// Compares every cell of the cube, and every client's days, for five rule sets on three kinds of people.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatDay, parseDay } from '../../../dist/libs/calendar/src/index.js';
import { differencesOf } from './compare.mjs';
import { installDrivers } from './drivers.mjs';
import { openDuckDb } from './duckdb.mjs';
import { exportFacts } from './export-facts.mjs';
import { demoPeople, generatedPeople, peopleOfTheLaws } from './populations.mjs';
import { openPostgres } from './postgres.mjs';

const [generated = '20000', ofTheLaws = '5000'] = process.argv.slice(2);
const ruleSets = ['sharp-cut', 'six-weeks', 'six-weeks-with-aftercare', 'municipal-run-out', 'until-delivery'];
/** Wide enough for the dated cells of the table and for every history of the laws. */
const period = { from: parseDay('2015-01-01'), until: parseDay('2028-01-01') };
const shown = 10;

installDrivers();
const populations = {
  'generated people': generatedPeople(Number(generated)),
  'people of the demo': demoPeople(),
  'random histories of the laws': await peopleOfTheLaws(Number(ofTheLaws)),
};
let differing = 0;
for (const [name, reader] of Object.entries(populations)) {
  const folder = mkdtempSync(join(tmpdir(), 'second-opinion-'));
  try {
    exportFacts(reader, folder);
    for (const [engine, open] of [['DuckDB', openDuckDb], ['PostgreSQL', openPostgres]]) {
      const database = await open(folder);
      try {
        for (const ruleSet of ruleSets) await compare(name, reader, engine, database, ruleSet);
      } finally {
        await database.close();
      }
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}
process.exitCode = differing === 0 ? 0 : 1;

async function compare(name, reader, engine, database, ruleSet) {
  await database.ask(ruleSet, period);
  const { cells, days, different } = await differencesOf(reader, database, ruleSet, period);
  const of = `${reader.clients.toLocaleString('en')} ${name} under ${ruleSet}`;
  if (different.length === 0) {
    console.log(`${engine} and the engine agree on ${of}: ${days.toLocaleString('en')} days in ${cells.toLocaleString('en')} cells of funder, service, kind and month.`);
    return;
  }
  differing += 1;
  console.log(`${engine} and the engine differ on ${of}, ${formatDay(period.from)} up to ${formatDay(period.until)}, in ${different.length} places; the first are:`);
  for (const line of different.slice(0, shown)) console.log(`  ${line}`);
}

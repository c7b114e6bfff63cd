// Asks hand-written SQL what the engine says: npm run check:second-opinion [-- generated clients [random histories]].
// Compares each client's days and each cell of funder, service, kind and month, on DuckDB and on PostgreSQL.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatDay, parseDay } from '../../../dist/libs/calendar/src/index.js';
import { differencesFrom, engineAnswer } from './compare.mjs';
import { installDrivers } from './drivers.mjs';
import { openDuckDb } from './duckdb.mjs';
import { exportFacts } from './export-facts.mjs';
import { demoPeople, generatedPeople, peopleOfTheLaws } from './populations.mjs';
import { openPostgres } from './postgres.mjs';

const [generated = '20000', ofTheLaws = '5000'] = process.argv.slice(2);
const asked = ['sharp-cut', 'six-weeks'];
/** These come with it: other lengths of the windows that the two hold already, and another reading of one cell. */
const alike = ['six-weeks-with-aftercare', 'municipal-run-out', 'until-delivery'];
/** Wide enough for the dated cells of the table and for every history of the laws. */
const period = { from: parseDay('2015-01-01'), until: parseDay('2028-01-01') };
const shown = 10;

installDrivers();
const populations = [
  { name: 'generated people', reader: generatedPeople(Number(generated)), ruleSets: asked },
  { name: 'people of the demo', reader: demoPeople(), ruleSets: [...asked, ...alike] },
  {
    name: 'random histories of the laws',
    reader: await peopleOfTheLaws(Number(ofTheLaws)),
    ruleSets: [...asked, ...alike],
  },
];
let differing = 0;
for (const population of populations) await checkPopulation(population);
console.log(
  differing === 0 ? 'The second opinion is the same.' : `The second opinion differs ${differing} times.`,
);
process.exitCode = differing === 0 ? 0 : 1;

async function checkPopulation({ name, reader, ruleSets }) {
  const answers = ruleSets.map((ruleSet) => [ruleSet, engineAnswer(reader, ruleSet, period)]);
  const folder = mkdtempSync(join(tmpdir(), 'second-opinion-'));
  try {
    exportFacts(reader, folder);
    for (const [database, open] of [
      ['DuckDB', openDuckDb],
      ['PostgreSQL', openPostgres],
    ]) {
      await askDatabase(database, await open(folder), answers, `${count(reader.clients)} ${name}`);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function askDatabase(name, database, answers, people) {
  try {
    for (const [ruleSet, answer] of answers) {
      await database.ask(ruleSet, period);
      report(name, `${people} under ${ruleSet}`, answer, await differencesFrom(answer, database));
    }
  } finally {
    await database.close();
  }
}

function report(database, question, { days, cells }, differences) {
  if (differences.length === 0) {
    console.log(`${database} agrees on ${question}: ${count(days)} days in ${count(cells.size)} cells.`);
    return;
  }
  differing += 1;
  const range = `${formatDay(period.from)} up to ${formatDay(period.until)}`;
  console.log(
    `${database} differs on ${question}, ${range}, in ${differences.length} places; the first are:`,
  );
  for (const line of differences.slice(0, shown)) console.log(`  ${line}`);
}

function count(number) {
  return number.toLocaleString('en');
}

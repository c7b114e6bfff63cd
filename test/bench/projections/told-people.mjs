import { tellPerson } from '../../../dist/apps/cli/src/generate/population.js';
import { importNdjson } from '../../../dist/apps/cli/src/import/import-ndjson.js';
import { pseudonyms } from '../pseudonyms.mjs';
import { parseDay } from '../../../dist/libs/calendar/src/index.js';

/** Lays the people’s history into a log, in the order in which it became known; how many events it has. */
export async function tellPeople(log, people) {
  const period = { firstDay: parseDay('2022-01-01'), lastDay: parseDay('2025-12-31') };
  const told = Array.from({ length: people }, (_, number) => tellPerson(1, number, period).told).flat();
  told.sort((a, b) => a.recordedAt - b.recordedAt);
  async function* lines() {
    for (const { line } of told) yield `${line}\n`;
  }
  for await (const { rejects } of importNdjson(lines(), log, { pseudonyms, history: true })) {
    if (rejects.length > 0) throw new Error(JSON.stringify(rejects[0]));
  }
  console.log(
    `${told.length.toLocaleString('en')} events of ${people.toLocaleString('en')} people, ${(told.length / people).toFixed(1)} each`,
  );
  return told.length;
}

// Invented people for the benchmarks that are about facts: folded once, written under as many pseudonyms as are asked.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { tellPerson } from '../../dist/apps/cli/src/generate/population.js';
import { parseDay } from '../../dist/libs/calendar/src/index.js';
import { eventTypeOf, foldJourney } from '../../dist/libs/journey/src/index.js';
import { loadRuleSets } from '../../dist/libs/rules/src/index.js';

export const people = 10_000;

/** The facts of each person after each event, in the order of recording. */
export function foldedPeople() {
  const period = { firstDay: parseDay('2022-01-01'), lastDay: parseDay('2025-12-31') };
  const all = [];
  for (let client = 0; client < people; client++) {
    const events = [];
    for (const { recordedAt, line } of tellPerson(1, client, period).told) {
      const { source, id, type, data } = JSON.parse(line);
      events.push({ source, id, type: eventTypeOf(type), recordedAt, data });
      all.push({ client, recordedAt, facts: { ...foldJourney(events, recordedAt), state: [], events: [] } });
    }
  }
  return all.sort((a, b) => a.recordedAt - b.recordedAt);
}

/** 26 letters of base32, as the product makes them. */
export function pseudonym(number) {
  const digest = createHash('md5').update(String(number)).digest();
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...digest].map((byte) => byte.toString(2).padStart(8, '0')).join('') + '00';
  return bits.match(/.{5}/g).reduce((text, five) => text + letters[parseInt(five, 2)], '');
}

export function shippedRules(wanted) {
  const rules = new URL('../../rules/', import.meta.url);
  const texts = readdirSync(rules).map((name) => ({
    name,
    text: readFileSync(new URL(name, rules), 'utf8'),
  }));
  return loadRuleSets(texts).value.ruleSets.find(({ id }) => id === wanted);
}

import { readFileSync, readdirSync } from 'node:fs';
import { ArchiveWriter, type ArchiveShared } from '@domeinbrug/archive';
import { parseDay } from '@domeinbrug/calendar';
import { eventTypeOf, foldJourney, type JourneyEvent } from '@domeinbrug/journey';
import { loadRuleSets, type RuleSet } from '@domeinbrug/rules';
import { tellPerson } from '../apps/cli/src/generate/population.js';

/** Invented people, and the rule sets that they are replayed under. */

export const people = 3_000;
export const told = { firstDay: parseDay('2022-01-01'), lastDay: parseDay('2025-12-31') };
export const period = { from: parseDay('2023-01-01'), until: parseDay('2026-01-01') };

const folder = new URL('../rules/', import.meta.url);
const loaded = loadRuleSets(
  readdirSync(folder).map((name) => ({ name, text: readFileSync(new URL(name, folder), 'utf8') })),
);
if (!loaded.ok) throw new Error(loaded.problems[0]!.message);
export const shipped = (wanted: string): RuleSet => loaded.value.ruleSets.find(({ id }) => id === wanted)!;

/** Clients of an archive, in the order in which they are given. */
export function archiveOf(numbers: readonly number[]): ArchiveShared {
  const writer = ArchiveWriter.empty();
  numbers.forEach((number, place) => {
    const events = tellPerson(5, number, told).told.map(({ recordedAt, line }) => {
      const { source, id, type, data } = JSON.parse(line) as Record<string, string>;
      return { source, id, type: eventTypeOf(type!), recordedAt, data } as unknown as JourneyEvent;
    });
    const at = { position: String(place + 1), recordedAt: told.lastDay };
    writer.apply(at, `client${number}`, foldJourney(events, Number.MAX_SAFE_INTEGER));
    writer.commit(at);
  });
  return writer.shared();
}

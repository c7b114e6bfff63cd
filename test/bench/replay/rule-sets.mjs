import { readdirSync, readFileSync } from 'node:fs';
import { loadRuleSets, readRuleSet } from '../../../dist/libs/rules/src/index.js';

const folder = new URL('../../../rules/', import.meta.url);
const texts = readdirSync(folder).map((name) => ({
  name,
  text: readFileSync(new URL(name, folder), 'utf8'),
}));
const catalogue = loadRuleSets(texts).value;

export const shipped = catalogue.ruleSets;

export function named(id) {
  return shipped.find((ruleSet) => ruleSet.id === id);
}

/** Six dated overrides on levels, and both payers on the first day of a new regime: what costs most to read. */
export function withOverrides() {
  const { ruleSet, problems } = readRuleSet(
    {
      base: 'six-weeks',
      parameters: {
        transitionDay: { national: { '2015-01-01': 'both' } },
        handoverLength: {
          insurer: { 3311: { '2024-07-01': 28 }, 3332: { '2025-01-01': 56 } },
          'care-office': { 5515: { '2024-01-01': 35 }, 5506: { '2025-07-01': 0 } },
        },
        vacancyLength: { 'care-office': { 5515: { '2024-10-01': 7 } } },
        cleaningUnderModular: { municipality: { '0363': { '2024-04-01': 'wmo' } } },
      },
    },
    catalogue,
    { inline: true },
  );
  if (!ruleSet) throw new Error(JSON.stringify(problems));
  return ruleSet;
}

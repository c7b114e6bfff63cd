import { caseRunner, readCases, runExamples } from '@domeinbrug/cases';
import { loadRuleSets } from '@domeinbrug/rules';
import { readdirSync, readFileSync } from 'node:fs';

const read = (folder: string) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => ({ name, text: readFileSync(`${folder}/${name}`, 'utf8') }));

const loaded = loadRuleSets(read('rules'));
if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
const catalogue = loaded.value;

describe('journeys: what must come out of real situations', () => {
  const runner = caseRunner(catalogue);

  it.each(read('test/journeys'))('$name', ({ name, text }) => {
    const { cases, problems } = readCases(name, text);
    expect(problems).toEqual([]);
    expect(cases).toHaveLength(1);
    expect(runner.run(cases[0]!.case).failures).toEqual([]);
  });
});

describe('examples of the shipped rule sets', () => {
  it.each(catalogue.ruleSets)('$id', (ruleSet) => {
    const results = runExamples(ruleSet, catalogue);
    expect(results.length).toBeGreaterThan(0);
    expect(results.flatMap(({ failures }) => failures)).toEqual([]);
  });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  addRuleSet,
  emptyCatalogue,
  parametersRead,
  readRuleSet,
  type RuleSetCatalogue,
  type RuleSetReading,
} from './index.js';

const shipped = catalogueOf('sharp-cut.yaml');

function catalogueOf(name: string): RuleSetCatalogue {
  const text = readFileSync(join(__dirname, '../../../rules', name), 'utf8');
  const added = addRuleSet(emptyCatalogue, readRuleSet(text, emptyCatalogue).ruleSet!);
  if (!added.ok) throw new Error(name);
  return added.value;
}

function over(text: object): RuleSetReading {
  return readRuleSet({ base: 'sharp-cut', ...text }, shipped, { inline: true });
}

function warnings(text: object): [string, string][] {
  const { problems, warnings: found } = over(text);
  expect(problems).toEqual([]);
  return found.map(({ code, path }) => [code, path]);
}

describe('a warning', () => {
  test('for a parameter that no rule reads', () => {
    const extra = { extra: { unit: 'days', national: { '2015-01-01': 1 } } };
    expect(warnings({ parameters: extra })).toEqual([['parameter-unread', 'parameters.extra']]);
    expect(warnings({ parameters: extra, windows: [{ id: 'run-out', length: '$extra' }] })).toEqual([
      ['parameter-unread', 'parameters.runOutLength'],
    ]);
  });

  test('for wmoStops where it can stop nothing', () => {
    const services = ['household-help', 'guidance', 'day-activities', 'respite-care'];
    const row = ['wmo', 'none', 'none', 'none', 'none', 'none', 'none', 'none'];
    const cover = Object.fromEntries(services.map((service) => [service, row]));
    expect(warnings({ cover })).toEqual([
      ['parameter-unread', 'parameters.wmoStops'],
      ['parameter-unread', 'parameters.cleaningUnderModular'],
    ]);
  });

  test('for a window that opens at a death and is paid by the day', () => {
    const { warnings: found } = over({ windows: [{ id: 'aftercare', payer: 'per-day' }] });
    expect(found).toEqual([
      expect.objectContaining({ code: 'window-pays-no-day', path: 'windows.aftercare' }),
    ]);
    expect(found[0]!.message).toContain('Write payer: at-trigger.');
  });

  test('for a code that nobody has', () => {
    const municipality = { '363': { '2024-01-01': 7 }, '0363': { '2024-01-01': 7 } };
    expect(warnings({ parameters: { runOutLength: { municipality } } })).toEqual([
      ['code-matches-nobody', 'parameters.runOutLength.municipality["363"]'],
    ]);
  });
});

test('the parameters that a determination can read', () => {
  const { ruleSet } = over({});
  expect([...parametersRead(ruleSet!)].sort()).toEqual(Object.keys(ruleSet!.parameters).sort());
});

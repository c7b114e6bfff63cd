import { compileRuleSet, type CompiledRuleSet } from '@domeinbrug/coverage';
import {
  findRuleSet,
  loadRuleSets,
  readRuleSet,
  type RuleSet,
  type RuleSetCatalogue,
} from '@domeinbrug/rules';

/**
 * A small rule set of our own for tests: every kind of cell, every parameter that the engine reads by name, and no
 * window. A test lays its own parameters, rows and windows over it.
 */
const plainText = `
schema: domeinbrug/rule-set/1
id: plain
version: "1"
title: plain
status: hypothetical
source: for tests
parameters:
  undelivered: { unit: choice, allowed: { oneOf: [strict, until-delivery, wlz-pays] }, national: { 2015-01-01: strict } }
  wmoStops: { unit: choice, allowed: { oneOf: [at-entitlement, at-delivery] }, national: { 2015-01-01: at-entitlement } }
  transitionDay: { unit: choice, allowed: { oneOf: [new-domain, both] }, national: { 2015-01-01: new-domain } }
  carerMinutes: { unit: choice, allowed: { oneOf: [funded, outside] }, national: { 2015-01-01: outside } }
  hospitalAbsenceDays: { unit: days, allowed: { min: 0, max: 365 }, national: { 2015-01-01: 91 } }
  leaveAbsenceDays: { unit: days, allowed: { min: 0, max: 365 }, national: { 2015-01-01: 42 } }
  teamUnderModular: { unit: choice, allowed: { oneOf: [zvw, wlz, none, ended] }, national: { 2015-01-01: none } }
cover:
  columns:            [outside, entitled, modular, personal-budget, full-package, part-time-residence, residence, residence-with-treatment]
  guidance:           [wmo, undelivered, wlz, wlz, wlz, wlz, absorbed, absorbed]
  household-help:     [wmo, undelivered, wmo, wlz, wlz, wlz, absorbed, absorbed]
  respite-care:       [wmo, undelivered, wlz, wlz, wlz, absorbed, absorbed, absorbed]
  mobility-aid:       [wmo, wmo, wmo, wmo, wmo, wmo, wmo, wlz]
  home-adaptation:    [wmo, wmo, wmo, wmo, wmo, wmo, ended, ended]
  district-nursing:   [zvw, undelivered, wlz, wlz, wlz, wlz, absorbed, absorbed]
  case-management:    [zvw, zvw, zvw, zvw, wlz, zvw, ended, ended]
  specific-treatment: [zvw, undelivered, wlz, none, wlz, wlz, wlz, wlz]
  geriatric-team-care: [zvw, none, $teamUnderModular, none, wlz, none, absorbed, absorbed]
  hospital-care:      [zvw, zvw, zvw, zvw, zvw, zvw, zvw, zvw]
  mental-health-care: [zvw, zvw, zvw, zvw, zvw, zvw, zvw, wlz]
  short-stay:         [zvw, none, none, none, none, none, none, none]
  residence:          [none, none, none, none, none, wlz, wlz, wlz]
`;

const catalogue = loaded();

function loaded(): RuleSetCatalogue {
  const read = loadRuleSets([{ name: 'plain.yaml', text: plainText }]);
  if (!read.ok) throw new Error(read.problems.map(({ path, message }) => `${path}: ${message}`).join('\n'));
  return read.value;
}

/** What a test lays over the plain rules, in the words of a rule-set file. */
export interface Overlay {
  parameters?: Record<string, unknown>;
  cover?: Record<string, string[]>;
  windows?: Record<string, unknown>[];
  prices?: Record<string, unknown>;
}

export function ruleSetWith(overlay: Overlay = {}): RuleSet {
  const { ruleSet, problems } = readRuleSet({ base: 'plain', ...overlay }, catalogue, { inline: true });
  if (!ruleSet) throw new Error(problems.map(({ path, message }) => `${path}: ${message}`).join('\n'));
  return ruleSet;
}

export function rulesWith(overlay: Overlay = {}): CompiledRuleSet {
  return compileRuleSet(ruleSetWith(overlay));
}

/** The plain rules, one parameter with another national value. */
export function rulesWhere(name: string, value: string | number): CompiledRuleSet {
  return rulesWith({ parameters: { [name]: { national: { '2015-01-01': value } } } });
}

export const plainRules = (): CompiledRuleSet => compileRuleSet(findRuleSet(catalogue, 'plain')!);

/** A whole window from the few keys that a test is about; otherwise six weeks of case management after an admission. */
export function windowWith(keys: Record<string, unknown> = {}): Record<string, unknown> {
  const window: Record<string, unknown> = {
    id: 'six-weeks',
    kind: 'handover',
    trigger: 'admission',
    length: { days: 42 },
    services: ['case-management'],
    ...keys,
  };
  return 'pays' in window || 'phases' in window ? window : { ...window, pays: [{ law: 'zvw', share: 100 }] };
}

/** The plain rules and one window. */
export function rulesWithWindow(
  keys: Record<string, unknown> = {},
  parameters: Record<string, unknown> = {},
): CompiledRuleSet {
  return rulesWith({ windows: [windowWith(keys)], parameters });
}

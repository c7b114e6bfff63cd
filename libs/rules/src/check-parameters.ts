import { fixedParameters, type FixedParameter } from './fixed-parameters.js';
import { own, suggestion } from './names.js';
import type { DraftValues, Overlaid } from './overlay.js';
import type { ParsedRuleSet } from './parsed-rule-set.js';
import type { Path, ProblemReport } from './problem.js';
import { placedValues } from './read-dated-values.js';
import type { Parameter, ParameterValue, Unit } from './rule-set.js';

/** Units, national values, and every value against what is allowed, of parameters and prices. */
export function checkParameters(over: ParsedRuleSet, all: Overlaid, report: ProblemReport): void {
  for (const [name, parameter] of Object.entries(all.parameters)) {
    const path = ['parameters', name];
    const others = Object.keys(all.parameters).filter((other) => other !== name);
    if (!isWhole(parameter, path, others, over, report)) continue;
    const whole = { ...parameter, allowed: parameter.allowed ?? null };
    if (!allowedFits(whole, path, report)) continue;
    checkValues(whole, path, report);
    const fixed = own(fixedParameters, name);
    if (fixed) checkFixed(whole, fixed, path, report);
  }
  for (const [service, price] of Object.entries(all.prices)) {
    isWhole(price, ['prices', service], [], over, report);
  }
}

function isWhole(
  values: DraftValues,
  path: Path,
  others: readonly string[],
  over: ParsedRuleSet,
  report: ProblemReport,
): values is DraftValues & Pick<Parameter, 'unit'> {
  const refused = (key: string): boolean =>
    over.removed.some((at) => at[0] === path[0] && at[1] === path[1] && at[2] === key);
  const name = String(path[1]);
  if (!values.unit && !refused('unit')) {
    const base = over.base === null ? '' : ` The base has no ${name}.${suggestion(name, others)}`;
    report.add(
      path,
      'missing-key',
      `unit is missing.${base} Write the unit of the values, such as unit: days.`,
    );
  }
  if (values.national.length === 0 && !refused('national')) {
    report.add(
      path,
      'national-missing',
      'There is no national value, and that is what counts where no other level has one. Write national: { 2015-01-01: … }.',
    );
  }
  return values.unit !== undefined;
}

function allowedFits({ allowed, unit }: Parameter, path: Path, report: ProblemReport): boolean {
  if (allowed === null) return true;
  const at = [...path, 'allowed'];
  if ('oneOf' in allowed) {
    const strange = allowed.oneOf.filter((value) => !fitsUnit(unit, value));
    if (strange.length === 0) return true;
    report.add(
      at,
      'wrong-value',
      `${strange.map(shown).join(', ')}: a value in ${unit} is ${unitWords[unit]}.`,
    );
    return false;
  }
  if (unit === 'choice' || unit === 'boolean') {
    report.add(
      at,
      'wrong-value',
      `A ${unit} has no range. Write the values that may be chosen: { oneOf: [...] }.`,
    );
    return false;
  }
  if (allowed.min > allowed.max) {
    report.add(at, 'wrong-value', `min ${allowed.min} is above max ${allowed.max}. Turn them round.`);
    return false;
  }
  return true;
}

function checkValues(parameter: Parameter, path: Path, report: ProblemReport): void {
  for (const { path: place, value } of placedValues(parameter)) {
    if (value === null) continue;
    if (!fitsUnit(parameter.unit, value)) {
      report.add(
        [...path, ...place],
        'wrong-value',
        `${shown(value)} is not a value in ${parameter.unit}. Write ${unitWords[parameter.unit]}.`,
      );
    } else if (!isAllowed(parameter.allowed, value)) {
      report.add(
        [...path, ...place],
        'value-not-allowed',
        `${shown(value)} is outside what is allowed. ${allowedWords(parameter.allowed, value)}`,
      );
    }
  }
}

function checkFixed(parameter: Parameter, fixed: FixedParameter, path: Path, report: ProblemReport): void {
  const name = String(path[1]);
  if (parameter.unit !== fixed.unit) {
    report.add(
      [...path, 'unit'],
      'wrong-value',
      `${name} has a meaning of its own and is in ${fixed.unit}. Write unit: ${fixed.unit}.`,
    );
    return;
  }
  const { choices } = fixed;
  if (!choices) return;
  for (const { path: place, value } of placedValues(parameter)) {
    if (value === null || !isAllowed(parameter.allowed, value) || choices.includes(String(value))) continue;
    report.add(
      [...path, ...place],
      'value-not-allowed',
      `${shown(value)} has no meaning for ${name}. ${allowedWords({ oneOf: [...choices] }, value)}`,
    );
  }
}

/** Whether a value is one of those that may be set; a range counts in steps from its lower end. */
export function isAllowed(allowed: Parameter['allowed'], value: ParameterValue): boolean {
  if (allowed === null) return true;
  if ('oneOf' in allowed) return allowed.oneOf.includes(value);
  if (typeof value !== 'number' || value < allowed.min || value > allowed.max) return false;
  const steps = (value - allowed.min) / allowed.step;
  return Math.abs(steps - Math.round(steps)) < 1e-9;
}

/** What may be written instead of a value that is not allowed. */
export function allowedWords(allowed: Parameter['allowed'], value: ParameterValue): string {
  if (allowed === null) return '';
  if ('oneOf' in allowed) {
    const known = allowed.oneOf.map(String);
    return `${suggestion(String(value), known).trimStart()} Write one of: ${known.join(', ')}.`.trimStart();
  }
  const steps = allowed.step === 1 ? '' : ` in steps of ${allowed.step}`;
  return `Write a number from ${allowed.min} to ${allowed.max}${steps}.`;
}

/** What a value in a unit is, in words. */
export const unitWords: Record<Unit, string> = {
  days: 'a whole number, 0 or more',
  weeks: 'a whole number, 0 or more',
  months: 'a whole number, 0 or more',
  minutes: 'a whole number, 0 or more',
  'cent-per-day': 'whole cents, 0 or more',
  'cent-per-hour': 'whole cents, 0 or more',
  percent: 'a number from 0 to 100',
  choice: 'a word',
  boolean: 'true or false',
};

/** Whether a value is one in that unit. */
export function fitsUnit(unit: Unit, value: ParameterValue): boolean {
  if (unit === 'boolean') return typeof value === 'boolean';
  if (unit === 'choice') return typeof value === 'string';
  if (typeof value !== 'number' || value < 0) return false;
  return unit === 'percent' ? value <= 100 : Number.isInteger(value);
}

function shown(value: ParameterValue): string {
  return JSON.stringify(value);
}

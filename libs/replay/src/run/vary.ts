import {
  allowedWords,
  fitsUnit,
  isAllowed,
  parametersRead,
  unitWords,
  type Parameter,
  type RuleSet,
} from '@domeinbrug/rules';
import type { Vary } from './replay-question.js';

/** A sweep over more values than this tells no more and takes long. */
export const mostValues = 400;

/** Why there is nothing to vary, and what to write instead. */
export interface VaryProblem {
  code: 'unknown-parameter' | 'wrong-value' | 'value-not-allowed';
  message: string;
}

/** What to vary, or why not. */
export type VaryReading = { ok: true; value: Vary } | { ok: false; problem: VaryProblem };

const numberForm = String.raw`\d+(?:\.\d+)?`;
const rangeForm = new RegExp(
  `^(${numberForm})\\s*\\.\\.\\s*(${numberForm})(?:\\s+step\\s+(${numberForm}))?$`,
);
const listForm = new RegExp(`^${numberForm}(?:\\s*,\\s*${numberForm})*$`);

/**
 * The values that a parameter is to take one after the other, in its unit.
 *
 * @param written `0..182 step 7` (both ends included; the step is the parameter's own where none is named), or single
 *   values, `0, 28, 42`
 * @param alternative whose parameter it is; each value must be one that it allows
 */
export function readVary(parameter: string, written: string, alternative: RuleSet): VaryReading {
  const known = numbersOf(alternative);
  const found = known.find(([name]) => name === parameter)?.[1];
  if (!found) return refusal('unknown-parameter', unknownWords(parameter, alternative, known));
  const values = valuesOf(written.trim(), found);
  if (typeof values === 'string') return refusal('wrong-value', values);
  const strange = values.find((value) => !fitsUnit(found.unit, value));
  if (strange !== undefined)
    return refusal('wrong-value', `${strange} is no value in ${found.unit}: write ${unitWords[found.unit]}.`);
  const outside = values.find((value) => !isAllowed(found.allowed, value));
  if (outside !== undefined)
    return refusal(
      'value-not-allowed',
      `${parameter} ${outside} is outside what is allowed. ${allowedWords(found.allowed, outside)}`,
    );
  return { ok: true, value: { parameter, values } };
}

function refusal(code: VaryProblem['code'], message: string): VaryReading {
  return { ok: false, problem: { code, message } };
}

/** Parameters that a rule reads and that are numbers: varying another one changes nothing. */
function numbersOf(ruleSet: RuleSet): [string, Parameter][] {
  const read = parametersRead(ruleSet);
  return Object.entries(ruleSet.parameters).filter(
    ([name, { unit }]) => read.has(name) && unit !== 'choice' && unit !== 'boolean',
  );
}

function unknownWords(
  parameter: string,
  { id, parameters }: RuleSet,
  known: readonly [string, Parameter][],
): string {
  const why = !Object.hasOwn(parameters, parameter)
    ? `${id} has no parameter ${parameter}`
    : `${parameter} of ${id} ${['choice', 'boolean'].includes(parameters[parameter]!.unit) ? 'is no number' : 'is read by no rule'}`;
  return `${why}. Name one of: ${known.map(([name]) => name).join(', ') || 'none, it has no number to vary'}.`;
}

/** Ascending, each once; a sentence when the text is no range and no list. */
function valuesOf(written: string, { allowed }: Parameter): number[] | string {
  const range = rangeForm.exec(written);
  if (range) {
    const [from, to] = [Number(range[1]), Number(range[2])];
    const step = Number(range[3] ?? (allowed && 'step' in allowed ? allowed.step : 1));
    if (from > to) return `${from} is above ${to}. Write the lower end first: ${to}..${from}.`;
    if (step === 0) return 'A step of 0 never ends. Write a step above 0.';
    const count = Math.floor((to - from) / step + 1e-9) + 1;
    if (count > mostValues) return tooMany(count);
    return Array.from({ length: count }, (_, at) => Number((from + at * step).toFixed(6)));
  }
  if (!listForm.test(written))
    return `"${written.slice(0, 80)}" is no range of numbers. Write 0..182 step 7, or single values: 0, 28, 42.`;
  const values = [...new Set(written.split(',').map(Number))].sort((a, b) => a - b);
  return values.length > mostValues ? tooMany(values.length) : values;
}

function tooMany(count: number): string {
  return `That is ${count} values. Write at most ${mostValues}, with a greater step.`;
}

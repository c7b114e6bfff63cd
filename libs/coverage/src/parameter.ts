import { OPEN_END, type Day } from '@domeinbrug/calendar';
import { NONE } from '@domeinbrug/journey';
import type { DatedValue, Parameter, ParameterValue, Unit } from '@domeinbrug/rules';
import { levels, type Level } from '@domeinbrug/terms';

/** Who the client's organisations are on a day; codes as numbers, NONE where unknown. */
export type Codes = Record<Exclude<Level, 'national'>, number>;

/** A dated parameter, ready to be read: levels with values only, the most specific first. */
export interface CompiledParameter {
  name: string;
  unit: Unit;
  /** Its bit in masks of parameters read; 0 for a default that no rule set declares. */
  bit: number;
  local: { level: Exclude<Level, 'national'>; byCode: Map<number, readonly DatedValue[]> }[];
  national: readonly DatedValue[];
  /** The greatest number among all values; 0 for choices. */
  greatest: number;
  /** What it says on each day to everybody; `null` where that depends on the day or on a code. */
  always: Reading | null;
}

/** What a parameter says on a day. */
export interface Reading {
  value: ParameterValue;
  level: Level;
  code: number;
  since: Day;
  /** The first later day on which, with the same codes, it may say something else. */
  until: Day;
}

export function compileParameter(
  name: string,
  parameter: Omit<Parameter, 'allowed'>,
  bit: number,
): CompiledParameter {
  const local = levels
    .filter((level) => level !== 'national')
    .map((level) => ({ level, byCode: byNumber(parameter.local[level]) }))
    .filter(({ byCode }) => byCode.size > 0);
  const all = [parameter.national, ...local.flatMap(({ byCode }) => [...byCode.values()])].flat();
  const numbers = all.map(({ value }) => (typeof value === 'number' ? value : 0));
  const { unit, national } = parameter;
  const [{ value, since }] = national as [DatedValue];
  const isConstant = local.length === 0 && national.length === 1;
  return {
    name,
    unit,
    bit,
    local,
    national,
    greatest: Math.max(0, ...numbers),
    always: isConstant ? { value: value!, level: 'national', code: NONE, since, until: OPEN_END } : null,
  };
}

function byNumber(byCode: Record<string, readonly DatedValue[]>): Map<number, readonly DatedValue[]> {
  return new Map(Object.entries(byCode).map(([code, values]) => [Number(code), values]));
}

/**
 * The first level that has a value for the day wins; `null` hands on to the next. National is never null, and
 * before its first date the first value holds.
 */
export function readParameter(parameter: CompiledParameter, codes: Codes, day: Day): Reading {
  let until = OPEN_END;
  for (const { level, byCode } of parameter.local) {
    const values = byCode.get(codes[level]);
    if (!values) continue;
    const at = latestAt(values, day);
    until = Math.min(until, values[at + 1]?.since ?? OPEN_END);
    const dated = values[at];
    if (dated && dated.value !== null)
      return { value: dated.value, level, code: codes[level], since: dated.since, until };
  }
  const at = latestAt(parameter.national, day);
  const dated = parameter.national[Math.max(at, 0)]!;
  const next = parameter.national[Math.max(at, 0) + 1]?.since ?? OPEN_END;
  return {
    value: dated.value!,
    level: 'national',
    code: NONE,
    since: dated.since,
    until: Math.min(until, next),
  };
}

/** The place of the latest value that holds on the day; -1 when all begin later. */
function latestAt(values: readonly DatedValue[], day: Day): number {
  let at = values.length - 1;
  while (at >= 0 && values[at]!.since > day) at--;
  return at;
}

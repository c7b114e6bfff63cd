import type { Day } from '@domeinbrug/calendar';
import type { DatedValue, Parameter, ParameterValue, RuleSet } from '@domeinbrug/rules';
import { levels, type Level, type Service } from '@domeinbrug/terms';
import type { DayState } from './day-states.js';
import type { Fact, Facts } from './fact-types.js';
import { latestBegun } from './lines.js';

export interface Value {
  value: ParameterValue;
  level: Level;
}

/** Reads a parameter for a service on a day. */
export type ReadParameter = (name: string, service: Service, day: Day) => Value;

export function parameterReader(
  ruleSet: RuleSet,
  facts: Facts,
  stateOn: (day: Day) => DayState,
): ReadParameter {
  return (name, service, day) => {
    const parameter = ruleSet.parameters[name];
    if (!parameter) throw new Error(`The rule set has no parameter "${name}"; declare it under parameters.`);
    return firstLevelWithValue(parameter, day, codesOn(facts, stateOn(day), service, day));
  };
}

/** The codes by which a parameter is looked up: those of the client on that day. */
function codesOn(
  facts: Facts,
  state: DayState,
  service: Service,
  day: Day,
): Record<Exclude<Level, 'national'>, string | null> {
  return {
    provider: providerOf(facts, state, service, day),
    insurer: state.insurer,
    municipality: state.municipality,
    'care-office': state.careOffice,
  };
}

/** Who provides a service on a day: by its latest begun claim or stay, lapsed or not; residence by the delivery. */
export function providerOf(facts: Facts, state: DayState, service: Service, day: Day): string | null {
  if (service === 'residence') return state.delivery?.provider ?? null;
  const claims = facts.claims.filter((claim) => claim.service === service);
  const stays = facts.stays.filter((stay) => stay.service === service);
  return latestBegun<Fact & { provider: string | null }>([...claims, ...stays], day)?.provider ?? null;
}

/** From the most special level to the national one: the first that has a value that day. */
function firstLevelWithValue(
  parameter: Parameter,
  day: Day,
  codes: Record<Exclude<Level, 'national'>, string | null>,
): Value {
  for (const level of levels) {
    if (level === 'national') continue;
    const code = codes[level];
    const value = code === null ? null : valueOn(parameter.local[level][code] ?? [], day);
    if (value !== null) return { value, level };
  }
  return { value: nationalOn(parameter, day), level: 'national' };
}

/** The last value since on or before the day; `null` before the first date and where the level hands on. */
function valueOn(values: readonly DatedValue[], day: Day): ParameterValue | null {
  let current: DatedValue | null = null;
  for (const value of values) {
    if (value.since <= day && (!current || value.since > current.since)) current = value;
  }
  return current?.value ?? null;
}

/** Nationally the first value also holds before its date. */
function nationalOn(parameter: Parameter, day: Day): ParameterValue {
  const first = Math.min(...parameter.national.map(({ since }) => since));
  const value = valueOn(parameter.national, Math.max(day, first));
  if (value === null) throw new Error('A national value is never null; give each date a value.');
  return value;
}

import type { DatedValue, Length, Parameter, RuleSet, Window } from '@domeinbrug/rules';

/** The rule set with every window of no length at all. */
export function withZeroLengths(ruleSet: RuleSet): RuleSet {
  return withLengths(ruleSet, () => 0);
}

/** The rule set with every length longer: by so many days, and lengths in weeks or months by one more of these. */
export function lengthened(ruleSet: RuleSet, days: number): RuleSet {
  return withLengths(ruleSet, (count, unit) => count + (unit === 'days' ? days : 1));
}

/**
 * Of a lead-in with phases each day's payers depend on the length, and so does `claimWithin` on the days of
 * an earlier window that opens once or continues: what is longer may then pay elsewhere. Law 6 leaves these out.
 */
export function withoutPhasedLeadIns(ruleSet: RuleSet): RuleSet {
  const windows = ruleSet.windows.map((window, index): Window => {
    const earlier = ruleSet.windows.slice(0, index);
    const phases = window.side === 'before' ? window.phases.slice(-1) : window.phases;
    const leansOnOther = earlier.some(
      ({ repeat, services }) => repeat !== 'restart' && services.some((service) => asks(window, service)),
    );
    return {
      ...window,
      phases,
      repeat: leansOnOther && window.repeat === 'restart' ? 'once' : window.repeat,
    };
  });
  return { ...ruleSet, windows };
}

function asks({ requires, services }: Window, service: Window['services'][number]): boolean {
  if (!requires.claimWithin) return false;
  return requires.claimWithin.service ? requires.claimWithin.service === service : services.includes(service);
}

type Unit = 'days' | 'weeks' | 'months';

function withLengths(ruleSet: RuleSet, change: (count: number, unit: Unit) => number): RuleSet {
  const asLengths = ruleSet.windows.flatMap(({ length }) =>
    'parameter' in length ? [length.parameter] : [],
  );
  const parameters = Object.fromEntries(
    Object.entries(ruleSet.parameters).map(([name, parameter]) => [
      name,
      asLengths.includes(name) ? changedParameter(parameter, change) : parameter,
    ]),
  );
  const windows = ruleSet.windows.map((window) => ({
    ...window,
    length: changedLength(window.length, change),
  }));
  return { ...ruleSet, parameters, windows };
}

function changedLength(length: Length, change: (count: number, unit: Unit) => number): Length {
  if ('days' in length) return { days: change(length.days, 'days') };
  if ('weeks' in length) return { weeks: change(length.weeks, 'weeks') };
  if ('months' in length) return { months: change(length.months, 'months') };
  return length;
}

function changedParameter(parameter: Parameter, change: (count: number, unit: Unit) => number): Parameter {
  const unit = parameter.unit as Unit;
  const changed = (values: DatedValue[]): DatedValue[] =>
    values.map(({ since, value }) => ({
      since,
      value: typeof value === 'number' ? change(value, unit) : value,
    }));
  const local = Object.fromEntries(
    Object.entries(parameter.local).map(([level, byCode]) => [
      level,
      Object.fromEntries(Object.entries(byCode).map(([code, values]) => [code, changed(values)])),
    ]),
  ) as Parameter['local'];
  return { ...parameter, national: changed(parameter.national), local };
}

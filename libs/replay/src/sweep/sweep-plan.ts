import type { RuleSet, Window } from '@domeinbrug/rules';
import type { Vary } from '../run/replay-question.js';

/**
 * How a sweep is computed. `histogram`: one pass at the greatest length gives all lengths, each paid day booked with its
 * distance from the window's first day. `footprint`: every value is evaluated, for the clients who read the parameter.
 */
export type SweepPlan = { method: 'histogram'; window: string; daysAUnit: number } | { method: 'footprint' };

/** A rule set in which a parameter has one value, everywhere and at all times. */
export function ruleSetAt(ruleSet: RuleSet, parameter: string, value: number): RuleSet {
  const declared = ruleSet.parameters[parameter]!;
  const local = Object.fromEntries(
    Object.keys(declared.local).map((level) => [level, {}]),
  ) as typeof declared.local;
  const fixed = { ...declared, national: [{ since: declared.national[0]!.since, value }], local };
  return { ...ruleSet, parameters: { ...ruleSet.parameters, [parameter]: fixed } };
}

/**
 * The histogram is exact where a longer window adds days at its end and changes nothing else: the parameter is the
 * length of one window, in days or weeks, opened once and read at the trigger; no other rule reads the parameter, no
 * other window can depend on what this one pays, and no price does.
 */
export function sweepPlan(ruleSet: RuleSet, { parameter }: Vary): SweepPlan {
  const footprint: SweepPlan = { method: 'footprint' };
  const { unit } = ruleSet.parameters[parameter]!;
  const [window, ...more] = ruleSet.windows.filter((each) => readsAsLength(each, parameter));
  if (!window || more.length > 0 || (unit !== 'days' && unit !== 'weeks')) return footprint;
  const isPlain = window.repeat === 'once' && window.parametersAs === 'at-trigger' && window.side === 'after';
  const isApart =
    !isReadElsewhere(ruleSet, parameter) &&
    !ruleSet.windows.some((other) => mayDependOn(ruleSet, other, window)) &&
    window.services.every((service) => !ruleSet.prices[service]);
  return isPlain && isApart
    ? { method: 'histogram', window: window.id, daysAUnit: unit === 'weeks' ? 7 : 1 }
    : footprint;
}

function readsAsLength({ length }: Window, parameter: string): boolean {
  return 'parameter' in length && length.parameter === parameter;
}

/** In a cell, as a number of days before a trigger, or by the engine itself. */
function isReadElsewhere({ cover, windows }: RuleSet, parameter: string): boolean {
  const inCell = Object.values(cover).some((row) => row.includes(`$${parameter}`));
  const inRequirement = windows.some(({ requires: { claimWithin } }) => {
    const days = claimWithin?.days;
    return typeof days === 'object' && days.parameter === parameter;
  });
  return inCell || inRequirement || ['hospitalAbsenceDays', 'leaveAbsenceDays'].includes(parameter);
}

/** A later window that names a service of this one, or one that looks at what this one paid. */
function mayDependOn(ruleSet: RuleSet, other: Window, window: Window): boolean {
  if (other === window || !canEverPay(ruleSet, other)) return false;
  const { windows } = ruleSet;
  const isLater = windows.indexOf(other) > windows.indexOf(window);
  const sought = other.requires.claimWithin?.service;
  return (
    isLater && [...other.services, ...(sought ? [sought] : [])].some((each) => window.services.includes(each))
  );
}

function canEverPay({ parameters }: RuleSet, { length }: Window): boolean {
  if (!('parameter' in length)) return true;
  const { national, local } = parameters[length.parameter]!;
  const everywhere = Object.values(local).flatMap((byCode) => Object.values(byCode).flat());
  return [...national, ...everywhere].some(({ value }) => Number(value) > 0);
}

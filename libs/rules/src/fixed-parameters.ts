import type { Unit } from './rule-set.js';

/** A parameter that the determination of cover reads by its name, whatever the table and the windows say. */
export interface FixedParameter {
  unit: Unit;
  /** The words it may have; `null` for a number. */
  choices: readonly string[] | null;
}

/** What each means stands in `docs/rules.md`. Every other parameter is read only where a cell or a window names it. */
export const fixedParameters: Readonly<Record<string, FixedParameter>> = {
  undelivered: { unit: 'choice', choices: ['strict', 'until-delivery', 'wlz-pays'] },
  wmoStops: { unit: 'choice', choices: ['at-entitlement', 'at-delivery'] },
  transitionDay: { unit: 'choice', choices: ['new-domain', 'both'] },
  carerMinutes: { unit: 'choice', choices: ['funded', 'outside'] },
  hospitalAbsenceDays: { unit: 'days', choices: null },
  leaveAbsenceDays: { unit: 'days', choices: null },
};

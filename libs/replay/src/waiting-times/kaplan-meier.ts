/**
 * Who still waits has waited for some time, and leaving them out would make every wait look short. Kaplan and Meier
 * ("Nonparametric estimation from incomplete observations", 1958) let them count for as long as they were seen.
 */

/** Three years. Longer waits are known to be longer, and not by how much. */
export const LONGEST_DAYS = 1_095;

/** Waits by their length in days, 0 through {@link LONGEST_DAYS}, and in the last place those that are longer. */
export interface WaitCounts {
  /** Of those that came to what was waited for. */
  events: ArrayLike<number>;
  /** Of those that had not come to it when they were last seen: that long at least. */
  censored: ArrayLike<number>;
}

/** The share that waits longer than so many days, 0 to 1, for as many days as that can be told. */
export type SurvivalCurve = readonly number[];

/** The curve ends where nobody is left under observation, unless by then nobody waits any more. */
export function survivalCurve({ events, censored }: WaitCounts): SurvivalCurve {
  let seen = 0;
  for (let day = 0; day <= LONGEST_DAYS + 1; day++) seen += events[day]! + censored[day]!;
  const curve: number[] = [];
  let waiting = 1;
  for (let day = 0; day <= LONGEST_DAYS && (seen > 0 || waiting === 0); day++) {
    if (seen > 0) waiting *= 1 - events[day]! / seen;
    curve.push(waiting);
    seen -= events[day]! + censored[day]!;
  }
  return curve;
}

/** What is left of a share after multiplications that each round; far below one client in ten million. */
const ROUNDING = 1e-9;

/** The first day by which that share of all waits is over; `null` when the curve does not get there. */
export function dayBy(curve: SurvivalCurve, share: number): number | null {
  const day = curve.findIndex((waiting) => waiting <= 1 - share + ROUNDING);
  return day < 0 ? null : day;
}

/** The share that waits longer than so many days, to four decimals; `null` when the curve does not get there. */
export function shareOver(curve: SurvivalCurve, days: number): number | null {
  const waiting = curve[days];
  return waiting === undefined ? null : Math.round(waiting * 10_000) / 10_000;
}

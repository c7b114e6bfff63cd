import { organisationCode } from '@domeinbrug/coverage';
import type { Cells } from '../cells.js';
import type { SliceState } from '../run/replay-slice.js';

/**
 * Covered handover days per admission: what a region gives its residents to hand over. Both are of the period: days of
 * windows that opened before it count nowhere, and days after it are not seen.
 */
export interface HandoverByRegion {
  regions: {
    /** Care office; `null` where it is unknown. */
    region: string | null;
    /** In the period. */
    admissions: number;
    baseline: HandoverDays;
    alternative: HandoverDays;
  }[];
  /** Of days per admission over the regions; `null` without any. */
  spread: Record<'baseline' | 'alternative', { lowest: number; highest: number; difference: number } | null>;
}

/** With the table that it was made of: what is hidden is found there. */
export interface HandoverFigures extends HandoverByRegion {
  cells: Cells;
}

export interface HandoverDays {
  days: number;
  /** Distinct, with such a day. */
  clients: number;
  /** Two decimals. */
  perAdmission: number;
}

/** @param handovers days of handover windows by the region of their first day */
export function handoverOf(slices: readonly SliceState[], handovers: Cells): HandoverFigures {
  const regions = [...admissionsOf(slices)]
    .sort(([a], [b]) => a - b)
    .map(([code, admissions]) => {
      const region = organisationCode(code);
      const row = handovers.rows.find(({ labels }) => labels[0] === region);
      const told = ({ days, clients } = { days: 0, clients: 0 }): HandoverDays => ({
        days,
        clients,
        perAdmission: rounded(days / admissions),
      });
      return {
        region,
        admissions,
        baseline: told(row?.baseline),
        alternative: told(row?.alternative),
      };
    });
  return { regions, spread: spreadOf(regions), cells: handovers };
}

export function spreadOf(regions: HandoverByRegion['regions']): HandoverByRegion['spread'] {
  const between = (all: readonly number[]): HandoverByRegion['spread']['baseline'] => {
    if (all.length === 0) return null;
    const [lowest, highest] = [Math.min(...all), Math.max(...all)];
    return { lowest, highest, difference: rounded(highest - lowest) };
  };
  return {
    baseline: between(regions.map(({ baseline }) => baseline.perAdmission)),
    alternative: between(regions.map(({ alternative }) => alternative.perAdmission)),
  };
}

function admissionsOf(slices: readonly SliceState[]): Map<number, number> {
  const admissions = new Map<number, number>();
  for (const slice of slices) {
    for (let at = 0; at < slice.admissions.length; at += 2) {
      const region = slice.admissions[at]!;
      admissions.set(region, (admissions.get(region) ?? 0) + slice.admissions[at + 1]!);
    }
  }
  return admissions;
}

/** Two decimals. */
function rounded(days: number): number {
  return Math.round(days * 100) / 100;
}

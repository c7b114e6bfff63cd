import { organisationCode } from '@domeinbrug/coverage';
import type { Cells } from '../cells.js';
import type { SliceState } from '../run/replay-slice.js';

/** Covered handover days per admission: what a region gives its residents to hand over. */
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

export interface HandoverDays {
  days: number;
  /** Two decimals. */
  perAdmission: number;
}

/** @param kinds days by kind of cover and region */
export function handoverOf(slices: readonly SliceState[], kinds: Cells): HandoverByRegion {
  const regions = [...admissionsOf(slices)]
    .sort(([a], [b]) => a - b)
    .map(([code, admissions]) => {
      const region = organisationCode(code);
      const row = kinds.rows.find(({ labels }) => labels[0] === 'handover' && labels[1] === region);
      const told = (days = 0): HandoverDays => ({ days, perAdmission: rounded(days / admissions) });
      return {
        region,
        admissions,
        baseline: told(row?.baseline.days),
        alternative: told(row?.alternative.days),
      };
    });
  return { regions, spread: spreadOf(regions) };
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

function rounded(days: number): number {
  return Math.round(days * 100) / 100;
}

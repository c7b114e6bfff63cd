import type { AlignedAdmissions } from '../results/aligned-admissions.js';
import { guarded } from './guarded.js';
import type { PrivacyRule } from './privacy-rule.js';

/** Clients by day around their admission as they may leave; `null` where they are too few. */
export interface GuardedAligned {
  days: number[];
  clients: (number | null)[];
  baseline: Record<string, (number | null)[]>;
  alternative: Record<string, (number | null)[]>;
}

export function guardAligned(aligned: AlignedAdmissions, privacy: PrivacyRule): GuardedAligned {
  const told = (counts: readonly number[]): (number | null)[] =>
    counts.map((count) => guarded(count, privacy));
  const lanes = (all: Record<string, number[]>): Record<string, (number | null)[]> =>
    Object.fromEntries(Object.entries(all).map(([lane, counts]) => [lane, told(counts)]));
  return {
    days: aligned.days,
    clients: told(aligned.clients),
    baseline: lanes(aligned.baseline),
    alternative: lanes(aligned.alternative),
  };
}
